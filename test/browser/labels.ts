import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '../../src/adapters/telegram/wording/translator.js';

interface Label {
  readonly text: string;
  readonly isCut: boolean;
}

/** Runs in the page, which speaks JavaScript and has a document. */
const watching = `{
  const seen = new Map();
  window.seenLabels = seen;
  const measure = () => {
    for (const label of document.querySelectorAll('.button-label')) {
      const isCut = label.scrollWidth > label.clientWidth;
      seen.set(label.textContent, isCut || (seen.get(label.textContent) ?? false));
    }
  };
  const changes = { childList: true, subtree: true, characterData: true };
  new MutationObserver(() => requestAnimationFrame(measure)).observe(document.body, changes);
}`;

/**
 * Measures every label that any keyboard of the chat shows from now on, also those whose message changes or goes. Returns
 * what was seen.
 */
export async function watchLabels(page: Page): Promise<() => Promise<Label[]>> {
  await page.evaluate(watching);
  return () => page.evaluate('[...seenLabels].map(([text, isCut]) => ({ text, isCut }))');
}

/** Shows these labels in rows as the chat shows a keyboard, under its newest message that has one. */
export async function showRows(page: Page, rows: readonly (readonly string[])[]): Promise<void> {
  await page.evaluate(`{
    const made = (name, className, children) => {
      const element = Object.assign(document.createElement(name), { className });
      element.append(...children);
      return element;
    };
    const button = (text) => made('button', 'inline-button', [made('span', 'button-label', [text])]);
    const keyboard = made(
      'div',
      'inline-keyboard',
      ${JSON.stringify(rows)}.map((row) => made('div', 'keyboard-row', row.map(button))),
    );
    [...document.querySelectorAll('.inline-keyboard')].at(-1).after(keyboard);
  }`);
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** Phones draw emoji in colour, and wider than letters: without such a font a measurement says nothing. */
export async function expectColourEmoji(page: Page): Promise<void> {
  const isColoured = await page.evaluate(`{
    const drawing = document.createElement('canvas').getContext('2d');
    drawing.font = '20px ' + getComputedStyle(document.body).fontFamily;
    drawing.fillText('🎲', 0, 24);
    const { data } = drawing.getImageData(0, 0, 30, 30);
    data.some((value, index) => index % 4 === 0 && value !== data[index + 1]);
  }`);
  expect(isColoured, 'a colour emoji font, e.g. Debian’s fonts-noto-color-emoji').toBe(true);
}

/** What a label of each button's text looks like, by its key. Ticks before it and prices after it may be added. */
export function buttonPatterns(language: Language): Map<string, RegExp> {
  const source = readFileSync(join(import.meta.dirname, `../../assets/locales/${language}.ftl`), 'utf8');
  const found = source.matchAll(/^((?:button|settings)-[\w-]+|ratio-of-preset) = (.*(?:\n[ }].*)*)/gm);
  return new Map(
    [...found]
      .filter(([, key]) => key !== 'settings-title')
      .map(([, key = '', text = '']) => {
        const [first = ''] = text.split('\n');
        const line = first.startsWith('{') ? (/\*\[other\] (.*)/.exec(text)?.[1] ?? first) : first;
        const words = line.split(/\{.*?(?:\}|->|$)/).map((part) => part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'));
        return [key, new RegExp(`^(?:\\S{1,2} )?${words.join('.*')}(?: · .*)?$`, 'u')];
      }),
  );
}
