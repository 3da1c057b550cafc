import type { MiddlewareFn } from 'grammy';
import type { User as TelegramUser } from 'grammy/types';
import { mayEnter } from '../../../application/account/access.js';
import { welcome } from '../../../application/account/welcome.js';
import { noPreferences, type Preferences } from '../../../application/ports/stores/preference-store.js';
import { DomainError } from '../../../domain/errors.js';
import { type UserId, userId } from '../../../domain/ids.js';
import type { BotContext } from '../bot-context.js';
import type { TelegramDependencies } from '../telegram-dependencies.js';
import { type Language, languageOf, type Translator } from '../wording/translator.js';

/** Lets in who may come in, makes a new person known, and finds the language they read. */
export const knowUser =
  (
    dependencies: TelegramDependencies,
    textsIn: (language: Language) => Translator,
  ): MiddlewareFn<BotContext> =>
  async (context, next) => {
    const { from } = context;
    if (from === undefined || from.is_bot) return;
    const id = userId(String(from.id));
    const isWelcome = mayEnter(dependencies.policy, id);
    const preferences = isWelcome ? await introduce(dependencies, id, from) : null;
    const language = languageOf(preferences?.language, from.language_code);
    context.user = { id, texts: textsIn(language), preferences: preferences ?? noPreferences };
    if (!isWelcome) throw new DomainError({ code: 'not_allowed' });
    await next();
  };

async function introduce(
  { database, policy, clock }: TelegramDependencies,
  id: UserId,
  from: TelegramUser,
): Promise<Preferences> {
  const { users, preferences } = database.stores;
  const displayName = [from.first_name, from.last_name].filter(Boolean).join(' ');
  const [known, chosen] = await Promise.all([users.find(id), preferences.of(id)]);
  if (known === null || known.displayName !== displayName)
    await database.transaction((stores) =>
      welcome(stores, id, policy, clock.now(), { displayName, language: from.language_code }),
    );
  return chosen;
}
