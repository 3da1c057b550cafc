import { Composer } from 'grammy';
import type { BotContext } from '../bot-context.js';
import { say } from '../speaking.js';
import { asCourtesy } from '../telegram-errors.js';
import type { Toolbox } from '../toolbox.js';

/** What no feature wanted: a word of help instead of silence. */
export function anythingElseFeature(_: Toolbox): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.on('callback_query', async (context) => {
    const text = context.caller.words.plain('dead-button');
    await asCourtesy(() => context.answerCallbackQuery({ text, show_alert: true }));
  });
  composer.on('message:text', (context) => say(context, context.caller.words.html('unknown-command')));
  composer.on(
    [
      'message:sticker',
      'message:voice',
      'message:audio',
      'message:video',
      'message:video_note',
      'message:animation',
      'message:contact',
      'message:location',
      'message:poll',
      'message:dice',
      'message:photo',
      'message:document',
    ],
    (context) => say(context, context.caller.words.html('unknown-content')),
  );
  return composer;
}
