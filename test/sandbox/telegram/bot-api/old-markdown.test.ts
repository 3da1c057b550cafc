import { expect, test } from 'vitest';
import { aLocalTelegram, anApi } from '../a-local-telegram.js';

async function anApiWithChat() {
  const telegram = await aLocalTelegram();
  telegram.drive.start(1);
  return anApi(telegram);
}

/** Text and, of each entity, type, offset, length and what else it has. */
const cases: [source: string, text: string, ...entities: object[]][] = [
  [
    '*bold* _italic_ `code`',
    'bold italic code',
    { type: 'bold', offset: 0, length: 4 },
    { type: 'italic', offset: 5, length: 6 },
    { type: 'code', offset: 12, length: 4 },
  ],
  ['snake\\_case and 2 \\* 2', 'snake_case and 2 * 2'],
  ['a.b! (c) - #1 ~x~ |y|', 'a.b! (c) - #1 ~x~ |y|'],
  ['*a _b_ c*', 'a _b_ c', { type: 'bold', offset: 0, length: 7 }],
  ['*a \\* b', 'a \\ b', { type: 'bold', offset: 0, length: 3 }],
  ['a\\b', 'a\\b'],
  [
    '🎨 [here](https://x.org/a_b) now',
    '🎨 here now',
    { type: 'text_link', offset: 3, length: 4, url: 'https://x.org/a_b' },
  ],
  ['[x.org]', 'x.org', { type: 'text_link', offset: 0, length: 5, url: 'http://x.org' }],
  ['[nowhere](x)', 'nowhere'],
  ['```js\nlet a_b = 1;```', 'let a_b = 1;', { type: 'pre', offset: 0, length: 12, language: 'js' }],
  ['```\nline```', 'line', { type: 'pre', offset: 0, length: 4 }],
  ['```word```', 'word', { type: 'pre', offset: 0, length: 4 }],
  ['**', ''],
];

test.each(cases)('%j is read as Telegram reads it', async (source, text, ...entities) => {
  const api = await anApiWithChat();
  const sent = api.sendMessage(1, source, { parse_mode: 'Markdown' });
  if (text === '') await expect(sent).rejects.toThrow('Bad Request: text must be non-empty');
  else expect(await sent).toMatchObject({ text, ...(entities.length === 0 ? {} : { entities }) });
});

test.each([
  ['snake_case', 5],
  ['я *bold', 3],
  ['[text](https://x.org) `a', 22],
  ['a ```x', 2],
  ['[x', 0],
])('%j is not closed at byte %i', async (source, offset) => {
  const api = await anApiWithChat();
  await expect(api.sendMessage(1, source, { parse_mode: 'Markdown' })).rejects.toMatchObject({
    error_code: 400,
    description: `Bad Request: can't parse entities: Can't find end of the entity starting at byte offset ${offset}`,
  });
});
