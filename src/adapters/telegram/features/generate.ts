import { Composer } from 'grammy';
import type { BotContext } from '../bot-context.js';
import { originAt, transportName } from '../delivery/job-address.js';
import { wordsTo } from '../middleware/addressed.js';
import { say } from '../speaking.js';
import type { Toolbox } from '../toolbox.js';

/** A picture for a prompt: `/generate <prompt>`, or the prompt alone. */
export function generateFeature(toolbox: Toolbox): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  composer.command('generate', async (context) => {
    const prompt = context.match.trim();
    if (prompt === '') return void (await say(context, context.caller.words.html('generate-how')));
    await request(toolbox, context, prompt);
  });
  composer.on('message:text', async (context, next) => {
    if (context.message.text.startsWith('/')) return next();
    await request(toolbox, context, wordsTo(context));
  });
  return composer;
}

/** Telegram cuts at 4096, but a client may prefer a space before it. */
const cutFrom = 4000;

async function request(toolbox: Toolbox, context: BotContext, prompt: string): Promise<void> {
  const { caller, message, chat } = context;
  if (message === undefined || chat === undefined) return;
  if ([...(message.text ?? '')].length >= cutFrom)
    return void (await say(context, caller.words.html('text-was-cut')));
  const { preset, aspectRatio, count, notifications } = caller.preferences;
  const generation = await toolbox.requestGeneration.execute({
    owner: caller.id,
    preset: preset ?? undefined,
    prompt,
    overrides: { aspectRatio: aspectRatio ?? undefined, count: count ?? undefined },
    origin: originAt({
      chat: chat.id,
      message: message.message_id,
      language: caller.words.language,
      quiet: !notifications,
    }),
    requestKey: `${transportName}:${toolbox.source}:${chat.id}:${message.message_id}`,
  });
  await toolbox.progress.begin(generation);
}
