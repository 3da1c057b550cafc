import { mkdir } from 'node:fs/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

/** `CHROMIUM` names another browser than Debian's. */
export const chromiumPath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Screenshots go into folders under this one; git ignores it. */
const screenshots = 'screenshots';

export async function aBrowser(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  onTestFinished(() => browser.close());
  return browser;
}

export const desktop: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** A page on the web chat; anything it complains about fails the test when `problems` is looked at. */
export async function aPage(browser: Browser, url: string, options: BrowserContextOptions = desktop) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(url);
  return { page, problems };
}

export async function screenshot(page: Page, name: string, folder = 'web-chat'): Promise<void> {
  await mkdir(`${screenshots}/${folder}`, { recursive: true });
  await page.screenshot({ path: `${screenshots}/${folder}/${name}.png` });
}
