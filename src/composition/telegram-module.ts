import { ContainerModule } from 'inversify';
import { createTelegramTransport } from '../adapters/telegram/telegram-transport.js';
import { services as s } from './identifiers.js';

/** The Telegram bot, against Telegram itself or the sandbox's stand-in. */
export const telegramModule = new ContainerModule(({ bind }) => {
  bind(s.telegram)
    .toResolvedValue(
      (
        resources,
        database,
        media,
        policy,
        clock,
        ids,
        log,
        requestGeneration,
        cancelGeneration,
        requestUpscale,
        promptAssistant,
      ) => {
        const { config, localTelegram } = resources;
        return createTelegramTransport({
          token: localTelegram?.token ?? config.telegram.token ?? '',
          apiUrl: localTelegram?.url ?? config.telegram.apiUrl,
          // The stand-in is on this machine: it need not call us through the internet.
          publicUrl: localTelegram === null ? config.publicUrl : null,
          messagesPerSecond: config.telegram.messagesPerSecond,
          database,
          media,
          policy,
          clock,
          ids,
          log,
          requestGeneration,
          cancelGeneration,
          requestUpscale,
          promptAssistant,
        });
      },
      [
        s.resources,
        s.database,
        s.media,
        s.policy,
        s.clock,
        s.ids,
        s.log,
        s.requestGeneration,
        s.cancelGeneration,
        s.requestUpscale,
        s.promptAssistant,
      ],
    )
    .inSingletonScope();
  bind(s.transport).toService(s.telegram);
});
