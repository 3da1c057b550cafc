import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { aBrowser, aPage, screenshot } from '../sandbox/telegram/a-browser.js';
import { startService } from '../support/spawned.js';

/** Buttons and words of the results, which tell them from everything else that the bot says. */
const resultMark = /seed/;

/** The built program in sandbox mode, in a folder and on a port of its own. Returns where its chat is. */
export async function aProduct(variables: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aisha-browser-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const service = await startService(
    { DATA_DIR: folder, SANDBOX_IMAGE_MILLISECONDS: '500', LOG_LEVEL: 'warn', ...variables },
    folder,
  );
  onTestFinished(async () => {
    expect(await service.stop()).toBe(0);
  });
  return `http://localhost:${service.port()}/sandbox/`;
}

/** One person's chat with the bot in a page of its own. Person 1 speaks English, person 2 Russian. */
export async function aChat(
  browser: Browser,
  url: string,
  { person = 1, ...options }: BrowserContextOptions & { person?: 1 | 2 } = {},
): Promise<Chat> {
  const { page, problems } = await aPage(browser, `${url}#person-${person}`, {
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    ...options,
  });
  onTestFinished(() => expect(problems, 'what the page complained about').toEqual([]));
  return new Chat(page);
}

/** The product with one person's chat open and started. */
export async function aStartedChat(
  options: { person?: 1 | 2; variables?: Readonly<Record<string, string>> } = {},
) {
  const url = await aProduct(options.variables);
  const browser = await aBrowser();
  const chat = await aChat(browser, url, { person: options.person ?? 1 });
  await chat.start();
  return { url, browser, chat };
}

/** What a person sees and does in a chat. */
export class Chat {
  constructor(readonly page: Page) {}

  async start(): Promise<void> {
    await this.page.getByRole('button', { name: /^(Start|Старт)$/ }).click();
    await this.answer(/TOK|avatar|аватар/).waitFor();
  }

  /** The bot speaks Russian from now on. */
  async switchToRussian(): Promise<void> {
    await this.say('/settings');
    await this.tap('Language: English');
    await this.button('Язык: русский').waitFor();
  }

  async say(text: string): Promise<void> {
    const input = this.page.getByLabel(/^(Message|Сообщение)$/);
    await input.fill(text);
    await input.press('Enter');
  }

  /** The bot's newest message with these words. */
  answer(words: string | RegExp): Locator {
    return this.page.locator('article.is-other').filter({ hasText: words }).last();
  }

  /** All results: pictures, albums or files that were made for a prompt. */
  results(): Locator {
    return this.page
      .locator('article.is-other')
      .filter({ has: this.page.locator('.tile') })
      .filter({ hasText: resultMark });
  }

  /** Waits for so many results; returns the newest. */
  async result(count = 1): Promise<Locator> {
    await expect.poll(() => this.results().count(), { timeout: 30_000, interval: 50 }).toBe(count);
    return this.results().last();
  }

  /** Taps the newest button with this label, e.g. `/^🎲/`. */
  async tap(label: string | RegExp): Promise<void> {
    await this.button(label).click();
  }

  button(label: string | RegExp): Locator {
    return this.page.locator('.inline-button').filter({ hasText: label }).last();
  }

  /** Labels of the buttons under a message, row by row as one list. */
  buttons(message: Locator): Promise<string[]> {
    return message.locator('.inline-button').allInnerTexts();
  }

  /** The short word that answers a tap. */
  async toast(words: string | RegExp): Promise<void> {
    await this.page.getByRole('status').filter({ hasText: words }).waitFor();
  }

  /** Asks for the balance; returns its words. */
  async balance(): Promise<string> {
    const balances = this.page
      .locator('article.is-other')
      .filter({ hasText: /Enlarging one|Увеличить одно/ });
    const before = await balances.count();
    await this.say('/balance');
    await expect.poll(() => balances.count(), { timeout: 15_000 }).toBe(before + 1);
    return wordsOf(balances.last());
  }

  async shot(name: string): Promise<void> {
    // Pictures that slide in or load late are no part of what is judged.
    await this.page.waitForTimeout(300);
    await screenshot(this.page, name, 'product');
  }
}

/** All words of a message, its time too. */
export async function wordsOf(message: Locator): Promise<string> {
  return (await message.textContent()) ?? '';
}
