import type { Api } from 'grammy';
import type { HookOwnerChannel } from '../../../application/ports/hooks/hook-owner-channel.js';
import type { DeliveryReport } from '../../../application/ports/transport.js';
import type { EventHook } from '../../../domain/hooks/event-hook.js';
import { asMessage } from '../replies.js';
import type { TelegramDependencies } from '../telegram-dependencies.js';
import { delivering } from '../telegram-errors.js';
import { type Language, languageOf, type Translator } from '../wording/translator.js';

interface Parts extends Pick<TelegramDependencies, 'database'> {
  readonly api: Api;
  readonly textsIn: (language: Language) => Translator;
}

/** Tells people of their webhooks in their own chat: the program behind them may hear nothing any more. */
export class TelegramHookChannel implements HookOwnerChannel {
  constructor(private readonly parts: Parts) {}

  async tellSwitchedOff({ owner, ...hook }: EventHook): Promise<Pick<DeliveryReport, 'kind'>> {
    const { api, database, textsIn } = this.parts;
    const { preferences, users } = database.stores;
    const [chosen, known] = await Promise.all([preferences.of(owner), users.find(owner)]);
    const texts = textsIn(languageOf(chosen.language, known?.language ?? undefined));
    const text =
      hook.lastTrouble === 'answered_410'
        ? texts.html('webhook-gone', { url: hook.url })
        : texts.html('webhook-switched-off', { url: hook.url, since: hook.failingSince ?? hook.createdAt });
    return delivering(() => api.sendMessage(Number(owner), text.source, asMessage([])));
  }
}
