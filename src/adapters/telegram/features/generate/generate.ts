import type { Message } from 'grammy/types';
import { checkTypedRequest } from '../../../../application/composer/typed-request.js';
import type { PendingReply } from '../../../../application/ports/stores/chat/pending-reply-store.js';
import { DomainError } from '../../../../domain/errors.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { textTo } from '../../middleware/addressed.js';
import { originOf } from '../../middleware/one-tap.js';
import { say } from '../../replies.js';
import { FormScreens } from './form-screens.js';
import { readPrompt } from './prompt-options.js';
import { UnpaidPrompts } from './unpaid-prompts.js';

/** Telegram cuts at 4096 characters, but a client may prefer a space before it. */
const cutFrom = 4000;

/** A picture for a prompt: `/generate <prompt>`, the prompt alone, or the guided screen. */
export const generateFeature: Feature = (composer, services) => {
  const formScreens = new FormScreens(services);

  composer.command('generate', async (context) => {
    if (context.match.trim() !== '' && context.message !== undefined)
      return generate(services, formScreens, context, context.message, context.match);
    const start = { kind: 'new', prompt: null } as const;
    await formScreens.open(
      context,
      await services.openForm.execute(start, { owner: context.user.id, origin: originOf(context) }),
    );
  });
  composer.on('message:text', async (context, next) => {
    if (context.message.text.startsWith('/')) return next();
    await generate(services, formScreens, context, context.message);
  });
};

/** Makes a picture of what was said in a message, of all of it unless `text` says which part. */
export async function generate(
  services: BotServices,
  formScreens: FormScreens,
  context: BotContext,
  said: Message,
  text = textTo(context, said),
): Promise<void> {
  try {
    await make(services, formScreens, context, said, text);
  } catch (error) {
    // The person may edit the message to put it right.
    if (error instanceof DomainError) await new UnpaidPrompts(services).remember(context, {});
    throw error;
  }
}

async function make(
  services: BotServices,
  formScreens: FormScreens,
  context: BotContext,
  message: Message,
  text: string,
): Promise<void> {
  const { user, chat } = context;
  if (chat === undefined) return;
  if ([...(message.text ?? '')].length >= cutFrom) return refuseCutText(services, context);
  const origin = originOf(context, message);
  const typed = readPrompt(text);
  const { prompt, preset, avatar, overrides } = typed;
  const { preferences } = user;
  if (typed.problems.length > 0)
    await checkTypedRequest(
      services.database.stores,
      user.id,
      { ...typed, preset: preset ?? preferences.preset ?? undefined },
      services.clock.now(),
    );
  const isPlain = preset === undefined && avatar === undefined && Object.keys(overrides).length === 0;
  if (isPlain && preferences.promptHelp !== 'off') {
    const start = { kind: 'new', prompt, preferred: 'defaults' } as const;
    const form = await services.openForm.execute(start, { owner: user.id, origin });
    return formScreens.open(context, form, { improve: preferences.promptHelp });
  }
  const request = {
    avatar,
    preset: preset ?? preferences.preset ?? undefined,
    prompt,
    overrides: {
      // A ratio that was chosen for other presets may not exist on this one.
      ...(preset === undefined ? { aspectRatio: preferences.aspectRatio ?? undefined } : {}),
      count: preferences.count ?? undefined,
      ...overrides,
    },
  };
  const requestKey = `${services.source}:${chat.id}:${message.message_id}`;
  const generation = await services.requestGeneration.execute(request, {
    owner: user.id,
    origin,
    requestKey,
  });
  await services.progress.begin(generation);
}

/** Telegram splits a long text: no piece is the whole prompt, so none is used. */
async function refuseCutText({ database, clock }: BotServices, context: BotContext): Promise<void> {
  const { id: owner, texts } = context.user;
  const chat = String(context.chat?.id ?? owner);
  const subject = `cut ${context.message?.date ?? 0}`;
  await database.stores.pendingReplies.expect({ owner, chat, kind: 'rest-of-text', subject }, clock.now());
  await say(context, texts.html('text-was-cut'));
}

/** Pieces arrive right after each other; what comes later is a new text. Seconds. */
const piecesFollowWithin = 2;

/** Whether a text is only what was left of the one that was refused as too long. */
export function isRestOfText({ date }: Pick<Message, 'date'>, { subject }: PendingReply): boolean {
  const [, cutAt] = subject.split(' ').map(Number);
  return cutAt !== undefined && date - cutAt <= piecesFollowWithin;
}
