import type { Page } from 'playwright-core';

/** Roles that a person acts on: each needs a name that a screen reader can say. */
const ACTED_ON = ['button', 'textbox', 'checkbox', 'radio', 'link', 'combobox', 'dialog', 'region', 'log'];

interface AccessibleNode {
  readonly ignored: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}

/** What Chromium hands to assistive technology: controls and landmarks by role and name. */
export async function accessibleControls(page: Page): Promise<{ role: string; name: string }[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as { nodes: AccessibleNode[] };
  await session.detach();
  return nodes
    .filter(({ ignored, role }) => !ignored && ACTED_ON.includes(role?.value ?? ''))
    .map(({ role, name }) => ({ role: role?.value ?? '', name: name?.value.trim() ?? '' }));
}

export interface Contrast {
  readonly text: string;
  readonly ratio: number;
}

/** The contrast of every visible text with what is behind it (WCAG 2.2, 1.4.3). What is disabled need not be readable. */
export function contrasts(page: Page): Promise<Contrast[]> {
  return page.evaluate(() => {
    type Colour = readonly [red: number, green: number, blue: number, alpha: number];
    const parse = (colour: string): Colour => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
      return [red, green, blue, alpha];
    };
    const over = (top: Colour, below: Colour): Colour => {
      const mix = (at: 0 | 1 | 2): number => top[at] * top[3] + below[at] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const background = (element: Element | null): Colour => {
      if (element === null) return [255, 255, 255, 1];
      const own = parse(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own : over(own, background(element.parentElement));
    };
    const luminance = ([red, green, blue]: Colour): number => {
      const part = (value: number): number => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      };
      return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
    };
    const ownText = (element: Element): string => {
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value;
      const parts = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      return parts
        .map(({ textContent }) => textContent?.trim() ?? '')
        .join(' ')
        .trim();
    };
    return [...document.querySelectorAll('body *')]
      .filter((element) => ownText(element) !== '' && element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => element.closest('script, template, :disabled, [aria-disabled=true]') === null)
      .map((element) => {
        const below = background(element);
        const [one, other] = [luminance(over(parse(getComputedStyle(element).color), below)), luminance(below)];
        return { text: ownText(element), ratio: (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05) };
      });
  });
}

/** Visible buttons and fields that are smaller than 24 by 24 CSS pixels (WCAG 2.2, 2.5.8). */
export function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, input:not([type=checkbox], [type=radio]), textarea, a[href]')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return width < 24 || height < 24;
      })
      .map((element) => element.outerHTML),
  );
}
