import { ContainerModule } from 'inversify';
import type { AvatarServices } from '../../adapters/telegram/avatar-services.js';
import { createTelegramTransport } from '../../adapters/telegram/telegram-transport.js';
import { identify, services as s } from '../identifiers.js';
import { trainingServices as t } from '../training-identifiers.js';
import { ownerServices as o } from './owner-module.js';

const avatarServices = identify<AvatarServices>('AvatarServices');

/** The Telegram bot, against Telegram itself or the sandbox's stand-in. */
export const telegramModule = new ContainerModule(({ bind }) => {
  bind(avatarServices).toResolvedValue(
    (
      startDraft,
      updateAvatarDraft,
      addPhotos,
      sortPhotos,
      requestTraining,
      cancelTraining,
      updateAvatar,
      deleteAvatar,
      loraFiles,
      describeStoredData,
      exportUserData,
      deleteUser,
    ) => ({
      startDraft,
      updateAvatarDraft,
      addPhotos,
      sortPhotos,
      requestTraining,
      cancelTraining,
      updateAvatar,
      deleteAvatar,
      loraFiles,
      describeStoredData,
      exportUserData,
      deleteUser,
    }),
    [
      t.startDraft,
      t.updateAvatarDraft,
      t.addPhotos,
      t.sortPhotos,
      t.requestTraining,
      t.cancelTraining,
      t.updateAvatar,
      o.deleteAvatar,
      o.loraFiles,
      o.describeStoredData,
      o.exportUserData,
      o.deleteUser,
    ],
  );
  bind(s.telegram)
    .toResolvedValue(
      (
        resources,
        registry,
        database,
        media,
        disk,
        policy,
        trainingPolicy,
        clock,
        ids,
        log,
        metrics,
        requestGeneration,
        cancelGeneration,
        requestUpscale,
        promptAssistant,
        avatarServices,
      ) => {
        const { config, telegramAccount } = resources;
        if (telegramAccount === null) throw new Error('there is no Telegram to talk to');
        return createTelegramTransport({
          token: telegramAccount.token,
          apiUrl: telegramAccount.url,
          // The stand-in is on this machine: it need not call us through the internet.
          publicUrl: config.telegram.token === null ? null : config.publicUrl,
          messagesPerSecond: config.telegram.messagesPerSecond,
          // A worker counts itself; a process that only talks is one more.
          sharedBy: async () => (await registry.countAlive()) + (config.roles.has('worker') ? 0 : 1),
          filesDir: config.telegram.filesDir,
          downloadLimit: config.telegram.downloadLimit,
          uploadLimit: config.telegram.uploadLimit,
          workerId: resources.workerId,
          database,
          media,
          disk,
          policy,
          trainingPolicy,
          clock,
          ids,
          log,
          metrics,
          requestGeneration,
          cancelGeneration,
          requestUpscale,
          promptAssistant,
          ...avatarServices,
        });
      },
      [
        s.resources,
        s.workerRegistry,
        s.database,
        s.media,
        s.disk,
        s.policy,
        t.policy,
        s.clock,
        s.ids,
        s.log,
        s.metrics,
        s.requestGeneration,
        s.cancelGeneration,
        s.requestUpscale,
        s.promptAssistant,
        avatarServices,
      ],
    )
    .inSingletonScope();
  bind(s.transport).toService(s.telegram);
});
