import { describe, expect, test } from 'vitest';
import type { GenerationForm } from '../../../src/application/ports/stores/form-store.js';
import { type AvatarId, avatarId, userId } from '../../../src/domain/ids.js';
import type { MessageView } from '../../../src/sandbox/telegram/driver/message-view.js';
import { aTraining } from '../../support/builders/a-training.js';
import { givenGeneration } from '../../support/builders/given.js';
import { longAgo, nextUuid, secondsLater } from '../../support/builders/ids.js';
import { aBot, aPainter } from './a-bot.js';

const owner = userId('1');
const offer = '🎨 What you wrote earlier';
const origin = { transport: 'telegram', address: { chat: 1, message: null, language: 'en' } };
const labels = ({ buttons }: MessageView) => buttons.flat().map(({ text }) => text);
const has =
  (words: string) =>
  ({ text }: MessageView) =>
    text?.includes(words) ?? false;

/** Somebody whose first avatar is ready. */
async function anOwner() {
  const bot = await aBot();
  const avatar = await aPainter(bot);
  const { drive } = bot.telegram;
  drive.start(1);
  await drive.waitForMessage(1, has('Hello'));
  const says = (changes: Partial<GenerationForm> = {}) =>
    bot.database.stores.forms.save({
      ...{
        id: nextUuid(),
        owner,
        prompt: 'a knight',
        suggestion: null,
        overrides: {},
        picture: null,
        recipe: null,
        origin,
      },
      choices: { avatar: null, preset: 'balanced', aspectRatio: null, count: 1 },
      createdAt: longAgo,
      ...changes,
    });
  const draws = (by: AvatarId, seconds: number) =>
    givenGeneration(bot.database.stores, { owner, avatar: by, createdAt: secondsLater(seconds) });
  /** Is told so; the message. */
  const ready = async (): Promise<MessageView> => {
    const before = drive.lastMessage(1)?.id ?? 0;
    const training = aTraining({ status: 'ready', owner, avatar: avatar.id, origin });
    const report = await bot.transport.deliver({ kind: 'avatar-ready', training, avatar });
    if (report.kind === 'sent') await report.tidyUp?.();
    return drive.waitForMessage(1, (message) => message.id > before && has('is ready')(message));
  };
  const isOffered = async () => labels(await ready()).includes(offer);
  return { bot, avatar, says, draws, ready, isOffered };
}

describe('when a first avatar is ready', () => {
  test('what was written before is offered, and not again once it was made', async () => {
    const { bot, says, ready } = await anOwner();
    await says();
    const { drive } = bot.telegram;
    const first = await ready();
    await drive.tap(1, first.id, offer);
    const form = await drive.waitForMessage(1, has('A new picture'));
    await drive.tap(1, form.id, labels(form).find((label) => label.startsWith('🎨 Generate')) ?? '');
    await bot.finish();
    expect(bot.generator.bought).toHaveLength(1);
    // Told once more after a crash.
    const again = await ready();
    expect(labels(again)).not.toContain(offer);
    expect(again.text).not.toContain('a knight');
  });

  test('its own pictures, as those of its proof sheet, make nothing old', async () => {
    const { avatar, says, draws, isOffered } = await anOwner();
    await says();
    await draws(avatar.id, 60);
    expect(await isOffered()).toBe(true);
  });

  test('what was written before the pictures of an earlier avatar is old', async () => {
    const { says, draws, isOffered } = await anOwner();
    await says();
    await draws(avatarId(nextUuid()), 60);
    expect(await isOffered()).toBe(false);
    await says({ prompt: 'a lighthouse', createdAt: secondsLater(120) });
    expect(await isOffered()).toBe(true);
  });

  test('what was written for an earlier avatar is not offered', async () => {
    const { says, isOffered } = await anOwner();
    await says({
      choices: { avatar: avatarId(nextUuid()), preset: 'balanced', aspectRatio: null, count: 1 },
    });
    expect(await isOffered()).toBe(false);
  });
});
