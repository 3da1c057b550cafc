import type { MiddlewareFn } from 'grammy';
import { attempt } from '../../../application/input/deferred-refusal.js';
import { noPreferences } from '../../../application/ports/stores/preference-store.js';
import { userId } from '../../../domain/ids.js';
import type { BotContext } from '../bot-context.js';
import type { BotServices } from '../bot-services.js';
import { type Language, languageOf, type Translator } from '../wording/translator.js';

/** Lets in who may come in, makes a new person known, and finds the language they read. */
export const knowUser =
  (
    { admitUser }: Pick<BotServices, 'admitUser'>,
    textsIn: (language: Language) => Translator,
  ): MiddlewareFn<BotContext> =>
  async (context, next) => {
    const { from } = context;
    if (from === undefined || from.is_bot) return;
    const id = userId(String(from.id));
    const displayName = [from.first_name, from.last_name].filter(Boolean).join(' ');
    const admitted = await attempt(() =>
      admitUser.execute({ id, displayName, language: from.language_code }),
    );
    const preferences = 'value' in admitted ? admitted.value : noPreferences;
    const language = languageOf(preferences.language, from.language_code);
    context.user = { id, texts: textsIn(language), preferences };
    if ('refused' in admitted) throw admitted.refused;
    await next();
  };
