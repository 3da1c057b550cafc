import { ContainerModule } from 'inversify';
import { TelegramMoneyChannel } from '../../adapters/telegram/delivery/money/telegram-money-channel.js';
import { TelegramHookChannel } from '../../adapters/telegram/delivery/telegram-hook-channel.js';
import { TelegramMessenger } from '../../adapters/telegram/delivery/telegram-messenger.js';
import { tellOfCase } from '../../adapters/telegram/features/admin/case-outcome.js';
import { starsApi, TelegramStars } from '../../adapters/telegram/payments/telegram-stars.js';
import { createTelegramTransport } from '../../adapters/telegram/telegram-transport.js';
import { telegramUseCases } from '../../adapters/telegram/use-cases.js';
import { loadTexts } from '../../adapters/telegram/wording/translator.js';
import { DiskSpace } from '../../application/policy/disk-space.js';
import { make } from '../build.js';
import { parts, services as s } from '../identifiers.js';
import { wayIn } from '../way-in.js';

/** The Telegram bot, against Telegram itself or the sandbox's stand-in. */
export const telegramModule = new ContainerModule(({ bind }) => {
  make(
    bind,
    s.payments,
    ({ resources: { telegramAccount } }) => {
      if (telegramAccount === null) throw new Error('there is no Telegram to talk to');
      return new TelegramStars(starsApi(telegramAccount));
    },
    parts('resources'),
  );
  make(
    bind,
    s.messenger,
    ({ resources: { telegramAccount, config }, database }) => {
      if (telegramAccount === null) throw new Error('there is no Telegram to talk to');
      return new TelegramMessenger({
        api: starsApi(telegramAccount),
        database,
        supportContact: config.supportContact,
        textsIn: loadTexts(),
      });
    },
    parts('resources', 'database'),
  );
  make(
    bind,
    s.hookOwnerChannel,
    ({ resources: { telegramAccount }, database }) => {
      if (telegramAccount === null) throw new Error('there is no Telegram to talk to');
      return new TelegramHookChannel({ api: starsApi(telegramAccount), database, textsIn: loadTexts() });
    },
    parts('resources', 'database'),
  );
  make(
    bind,
    s.caseChannel,
    ({ resources: { telegramAccount }, database }) => {
      if (telegramAccount === null) throw new Error('there is no Telegram to talk to');
      const services = { database, uploads: starsApi(telegramAccount), textsIn: loadTexts() };
      return { tell: (decided) => tellOfCase(services, decided) };
    },
    parts('resources', 'database'),
  );
  make(
    bind,
    s.moneyChannel,
    ({ resources: { telegramAccount, config }, database, sales }) => {
      if (telegramAccount === null) throw new Error('there is no Telegram to talk to');
      const { supportContact } = config;
      const api = starsApi(telegramAccount);
      return new TelegramMoneyChannel({ api, database, sales, supportContact, textsIn: loadTexts() });
    },
    parts('resources', 'database', 'sales'),
  );
  make(
    bind,
    s.telegram,
    ({ resources, registry, ...found }) => {
      const { config, telegramAccount } = resources;
      if (telegramAccount === null) throw new Error('there is no Telegram to talk to');
      return createTelegramTransport({
        ...found,
        token: telegramAccount.token,
        apiUrl: telegramAccount.url,
        // The stand-in is on this machine: it need not call us through the internet.
        publicUrl: config.telegram.token === null ? null : config.publicUrl,
        sendsAtOnce: config.telegram.sendsAtOnce,
        messagesPerSecond: config.telegram.messagesPerSecond,
        // A worker counts itself; a process that only talks is one more.
        sharedBy: async () => (await registry.countAlive()) + (config.roles.has('worker') ? 0 : 1),
        examples: resources.examples,
        supportContact: config.supportContact,
        filesDir: config.telegram.filesDir,
        downloadLimit: config.telegram.downloadLimit,
        uploadLimit: config.telegram.uploadLimit,
        workerId: resources.workerId,
      });
    },
    {
      ...telegramUseCases,
      ...parts(
        'resources',
        'database',
        'media',
        'proofComposer',
        'contactSheet',
        'policy',
        'trainingPolicy',
        'sales',
        'payments',
        'clock',
        'ids',
        'log',
        'metrics',
      ),
      disk: DiskSpace,
      registry: s.workerRegistry,
    },
  );
  make(bind, s.broadcastChannel, ({ telegram }) => telegram.broadcasts, parts('telegram'));
  wayIn(bind, s.telegram);
});
