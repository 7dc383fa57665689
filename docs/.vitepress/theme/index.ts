import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import LiveDemo from './LiveDemo.vue';
import PackageSizes from './PackageSizes.vue';
import './site.css';

/** The default theme, with readable code and the demo of the home page. */
const theme: Theme = {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component('LiveDemo', LiveDemo);
    app.component('PackageSizes', PackageSizes);
  },
};
export default theme;
