import { createHash } from 'node:crypto';
import type { Message } from 'grammy/types';
import { checkTypedRequest } from '../../../../application/composer/typed-request.js';
import type { PendingReply } from '../../../../application/ports/stores/chat/pending-reply-store.js';
import { DomainError } from '../../../../domain/errors.js';
import { checkPrompt } from '../../../../domain/generation/prompt.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { textTo } from '../../middleware/addressed.js';
import { originOf } from '../../middleware/one-tap.js';
import { say } from '../../replies.js';
import { Offers, smallTalkOf } from '../offers.js';
import { Questions } from '../questions.js';
import { wayOn } from '../way-on.js';
import { FormScreens } from './form-screens.js';
import { isPlain, readPrompt } from './prompt-options.js';
import { UnpaidPrompts } from './unpaid-prompts.js';

/** Telegram cuts at 4096 characters, but a client may prefer a space before it. */
const cutFrom = 4000;

/** A picture for a prompt: `/generate <prompt>`, the prompt alone, or the guided screen. */
export const generateFeature: Feature = (composer, services) => {
  const offers = new Offers(services);
  composer.command('generate', async (context) => {
    if (context.match.trim() !== '' && context.message !== undefined)
      return generate(services, context, context.message, { text: context.match });
    const start = { kind: 'new', prompt: null } as const;
    const by = { owner: context.user.id, origin: originOf(context) };
    await new FormScreens(services).open(context, await services.openForm.execute(start, by));
  });
  composer.on('message:text', async (context, next) => {
    if (context.message.text.startsWith('/')) return next();
    const smallTalk = smallTalkOf(textTo(context));
    if (smallTalk !== null) return offers.answerSmallTalk(context, context.message, smallTalk);
    await generate(services, context, context.message);
  });
};

interface Wanted {
  /** The part of what was said that is the prompt. */
  readonly text?: string;
  /** Credits on a button that the person has tapped: nothing is asked any more, and it costs no more than these. */
  readonly agreed?: number | undefined;
}

/** Makes a picture of what was said in a message, of all of it unless `text` says which part. */
export async function generate(
  services: BotServices,
  context: BotContext,
  said: Message,
  { text = textTo(context, said), agreed }: Wanted = {},
): Promise<void> {
  try {
    await make(services, context, said, text, agreed);
  } catch (error) {
    // The person may edit the message to put it right.
    if (error instanceof DomainError) await new UnpaidPrompts(services).remember(context, {});
    if (error instanceof DomainError && error.code === 'no_avatar') await keep(services, context, said, text);
    throw error;
  }
}

/** What is asked for before there is an avatar is kept in a form, and offered when there is one. */
async function keep(services: BotServices, context: BotContext, said: Message, text: string): Promise<void> {
  const { prompt } = readPrompt(text);
  if (checkPrompt(prompt).length > 0) return;
  const by = { owner: context.user.id, origin: originOf(context, said) };
  await services.openForm.execute({ kind: 'new', prompt }, by);
}

async function make(
  services: BotServices,
  context: BotContext,
  message: Message,
  text: string,
  agreed: number | undefined,
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
  if (isPlain(typed) && preferences.promptHelp !== 'off') {
    const start = { kind: 'new', prompt } as const;
    const form = await services.openForm.execute(start, { owner: user.id, origin });
    return new FormScreens(services).open(context, form, preferences.promptHelp);
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
  const asked = { owner: user.id, origin, form: uuidNamed(requestKey), agreed, preferences };
  const question = await services.askFirst.execute(request, asked);
  if (question !== null) return new FormScreens(services).ask(context, question, message);
  const by = { owner: user.id, origin, requestKey, agreed };
  await services.progress.begin(await services.requestGeneration.execute(request, by));
}

/** The same text has the same id, so that a message which is dealt with again after a crash asks about the same form. */
function uuidNamed(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}

/** Telegram splits a long text: no piece is the whole prompt, so none is used. */
async function refuseCutText(services: BotServices, context: BotContext): Promise<void> {
  const subject = `cut ${context.message?.date ?? 0}`;
  await new Questions(services).expect(context, { kind: 'rest-of-text', subject });
  await say(context, context.user.texts.html('text-was-cut'), wayOn(context, false));
}

/** Pieces arrive right after each other; what comes later is a new text. Seconds. */
const piecesFollowWithin = 2;

/** Whether a text is only what was left of the one that was refused as too long. */
export function isRestOfText({ date }: Pick<Message, 'date'>, { subject }: PendingReply): boolean {
  const [, cutAt] = subject.split(' ').map(Number);
  return cutAt !== undefined && date - cutAt <= piecesFollowWithin;
}
