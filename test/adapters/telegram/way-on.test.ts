import { expect, test } from 'vitest';
import { loadTexts } from '../../../src/adapters/telegram/wording/translator.js';
import { aBot, aPainter } from './a-bot.js';

const english = loadTexts()('en');
const person = 1;

/** What the answer to each of these offers first. */
async function offered(drive: Awaited<ReturnType<typeof aBot>>['telegram']['drive']): Promise<string[]> {
  const first: string[] = [];
  for (const command of ['/presets', '/cancel', '/nonsense']) {
    const [said] = drive.sendText(person, command);
    const answer = await drive.waitForMessage(person, ({ id }) => id > (said?.id ?? 0));
    first.push(answer.buttons[0]?.[0]?.text ?? 'nothing');
  }
  return first;
}

test('who has no avatar is led to making one, who has one to a picture', async () => {
  const bot = await aBot();
  const { drive } = bot.telegram;
  drive.start(person);
  expect(await offered(drive)).toEqual(Array(3).fill(english.plain('button-make-avatar')));
  await aPainter(bot, person);
  expect(await offered(drive)).toEqual(Array(3).fill(english.plain('button-use-avatar')));
});
