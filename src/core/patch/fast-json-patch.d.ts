// fast-json-patch without what watches and compares documents, which nobody here needs. It has its types under another name.
declare module 'fast-json-patch/module/core.mjs' {
  export { applyOperation } from 'fast-json-patch';
}
