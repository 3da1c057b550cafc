import { describe, expect, it } from 'vitest';
import { ideasOf, promptIdeas } from '../../../src/adapters/telegram/wording/prompt-ideas.js';
import { languages } from '../../../src/adapters/telegram/wording/translator.js';
import { avatarTypes } from '../../../src/domain/avatar/avatar-type.js';
import { checkPrompt } from '../../../src/domain/generation/prompt.js';
import { userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aBot, aPainter } from './a-bot.js';

const has =
  (words: string) =>
  ({ text }: MessageView) =>
    text?.includes(words) ?? false;

/** Two stand in a row on a phone. */
const titleLetters = 16;

describe.each(avatarTypes.flatMap((type) => languages.map((language) => [type, language] as const)))(
  'ideas for a %s avatar in %s',
  (type, language) => {
    const ideas = promptIdeas(type, language);

    it('are forty, each once', () => {
      expect(ideas).toHaveLength(40);
      for (const field of ['title', 'prompt'] as const)
        expect(new Set(ideas.map((idea) => idea[field].toLowerCase())).size, field).toBe(40);
    });

    it('are prompts that can be ordered, with titles that fit a phone', () => {
      for (const { title, prompt } of ideas) {
        expect(checkPrompt(prompt), prompt).toEqual([]);
        expect(prompt).toBe(prompt.trim());
        expect([...title].length, title).toBeLessThanOrEqual(titleLetters);
      }
    });

    it('hold no trigger word and no option', () => {
      for (const { prompt } of ideas) expect(prompt).not.toMatch(/\b(TOK|ARTST|STYLE)\b|--|—/i);
    });

    it('are written in that language', () => {
      const script =
        language === 'ru' ? /^[\p{Script=Cyrillic}\d\s\p{P}]+$/u : /^[\p{Script=Latin}\d\s\p{P}]+$/u;
      for (const { title, prompt } of ideas) expect(`${title} ${prompt}`).toMatch(script);
    });
  },
);

it('are others for another form, and the same when it is shown again', () => {
  const of = (form: string) => ideasOf(form, 'portrait', 'en', 7);
  expect(new Set(of('one')).size).toBe(7);
  expect(of('one')).toEqual(of('one'));
  expect(of('one')).not.toEqual(of('two'));
});

it('a tap on an idea orders nothing: it fills the screen, whose button has the price', async () => {
  const bot = await aBot();
  await aPainter(bot);
  const { drive } = bot.telegram;
  drive.sendText(1, '/generate');
  const screen = await drive.waitForMessage(1, has('or tap an idea'));
  const ideas = screen.buttons.flat().filter(({ data }) => data?.startsWith('wT:'));
  expect(ideas).toHaveLength(7);
  expect(ideas.at(-1)?.text).toBe('🎲 Surprise me');
  const first = promptIdeas('portrait', 'en').find(({ title }) => title === ideas[0]?.text);
  await drive.tap(1, screen.id, ideas[0]?.data ?? '');
  const filled = await drive.waitForMessage(1, has(first?.prompt ?? 'an idea'));
  expect(filled.id).toBe(screen.id);
  expect(filled.buttons.flat().map(({ text }) => text)).toContain(
    '🎨 Generate · 5\u00a0credits · ~25\u00a0s',
  );
  expect(await bot.database.stores.generations.list({ limit: 1 })).toEqual([]);
  expect(await bot.database.stores.pendingReplies.list(userId('1'), '1')).toEqual([]);
});

it.each([
  ['a style', 'artistic', 'en'],
  ['a style in Russian', 'artistic', 'ru'],
  ['a person in Russian', 'portrait', 'ru'],
] as const)('are six of %s, and a surprise that is another of them', async (_, type, language) => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  // The second person of the local Telegram reads Russian.
  const person = language === 'ru' ? 2 : 1;
  await aPainter(bot, person, { type });
  drive.sendText(person, '/generate');
  const screen = await drive.waitForMessage(person, ({ buttons }) =>
    buttons.flat().some(({ data }) => data?.startsWith('wT:')),
  );
  const offered = screen.buttons.flat().filter(({ data }) => data?.startsWith('wT:'));
  const all = promptIdeas(type, language);
  const shown = offered.slice(0, 6).map(({ text }) => text);
  expect(all.map(({ title }) => title)).toEqual(expect.arrayContaining(shown));
  expect(new Set(shown).size).toBe(6);
  await drive.tap(person, screen.id, offered[6]?.data ?? '');
  const others = all.filter(({ title }) => !shown.includes(title));
  const filled = await drive.waitForMessage(person, ({ text }) =>
    others.some(({ prompt }) => text?.includes(prompt)),
  );
  expect(filled.id).toBe(screen.id);
});
