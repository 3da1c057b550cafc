import type { MiddlewareFn } from 'grammy';
import { attempt } from '../../../application/input/deferred-refusal.js';
import { noPreferences } from '../../../application/ports/stores/preference-store.js';
import { type UserId, userId } from '../../../domain/ids.js';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import { takeAppeal } from '../features/account/appeal.js';
import { type Language, languageOf, type Translator } from '../wording/translator.js';
import { isOpenToAll } from './open-to-all.js';

/** Lets in who may come in, makes a new person known, and finds the language they read. */
export const knowUser =
  (
    services: Pick<BotServices, 'admitUser' | 'appealBlock' | 'database'>,
    textsIn: (language: Language) => Translator,
  ): MiddlewareFn<BotContext> =>
  async (context, next) => {
    // Whoever presses Stop is not named: it is who the private chat is with.
    const from = context.from ?? context.stoppedMessageGeneration?.chat;
    if (from === undefined || ('is_bot' in from && from.is_bot)) return;
    const spoken = context.from?.language_code;
    const id = userId(String(from.id));
    const displayName = [from.first_name, from.last_name].filter(Boolean).join(' ');
    const came = { invitedBy: inviter(context), link: accessLink(context) };
    const isReachable = context.chat?.type === 'private';
    const visitor = { id, displayName, language: spoken, isReachable, ...came };
    const admitted = await attempt(() => services.admitUser.execute(visitor));
    const preferences = 'value' in admitted ? admitted.value : noPreferences;
    const language = languageOf(preferences.language, spoken);
    context.user = { id, texts: textsIn(language), preferences };
    if ('refused' in admitted && !isOpenToAll(context)) {
      const isBlocked = admitted.refused.refusal.code === 'person_blocked';
      if (isBlocked && (await takeAppeal(services, context))) return;
      throw admitted.refused;
    }
    await next();
  };

/** Whose link a start came by. */
function inviter({ message }: BotContext): UserId | undefined {
  const [, id] = /^\/start(?:@\w+)? ref_([1-9]\d{0,19})$/.exec(message?.text ?? '') ?? [];
  return id === undefined ? undefined : userId(id);
}

/** What stood in the access link that a start came by. */
const accessLink = ({ message }: BotContext): string | undefined =>
  /^\/start(?:@\w+)? invite_([\w-]{1,57})$/.exec(message?.text ?? '')?.[1];
