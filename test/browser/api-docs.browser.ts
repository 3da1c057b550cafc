import { expect, it, onTestFinished } from 'vitest';
import { aBrowser, phone, screenshot } from '../sandbox/telegram/a-browser.js';
import { aProduct } from './a-chat.js';

it.each([
  ['desktop', { viewport: { width: 1280, height: 900 } }],
  ['phone', phone],
])('shows what there is to ask, on a %s, and asks no other host', async (size, options) => {
  const { origin } = new URL(await aProduct());
  const browser = await aBrowser();
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
      foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${origin}/docs`);
  const order = page.locator('.opblock-summary').filter({ hasText: 'Order pictures' });
  await order.click();
  await page.getByText('golden hour').first().waitFor();
  await screenshot(page, `api-docs-${size}`);
  const widths = await page.evaluate('[document.documentElement.scrollWidth, window.innerWidth]');
  const [content = 0, window = 0] = widths as number[];
  expect(content, 'what a person has to scroll sideways').toBeLessThanOrEqual(window);
  expect({ foreign, complaints }).toEqual({ foreign: [], complaints: [] });
});
