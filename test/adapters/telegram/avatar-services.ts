import { ZipArchiveWriter } from '../../../src/adapters/archives/zip-archive-writer.js';
import { ZipPhotoArchives } from '../../../src/adapters/archives/zip-photo-archives.js';
import { SharpPhotoJudge } from '../../../src/adapters/photos/sharp-photo-judge.js';
import type { AvatarServices } from '../../../src/adapters/telegram/avatar-services.js';
import type { TelegramDependencies } from '../../../src/adapters/telegram/telegram-dependencies.js';
import { AddPhotos } from '../../../src/application/avatars/add-photos.js';
import { LoraFiles } from '../../../src/application/avatars/lora-files.js';
import { SortPhotos } from '../../../src/application/avatars/sort-photos.js';
import { StartDraft } from '../../../src/application/avatars/start-draft.js';
import { UpdateAvatar } from '../../../src/application/avatars/update-avatar.js';
import { UpdateAvatarDraft } from '../../../src/application/avatars/update-avatar-draft.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { DeleteUser } from '../../../src/application/personal-data/delete-user.js';
import { ExportUserData } from '../../../src/application/personal-data/export-user-data.js';
import { DescribeStoredData } from '../../../src/application/personal-data/stored-data.js';
import { CancelTraining } from '../../../src/application/training/cancel-training.js';
import { RequestTraining } from '../../../src/application/training/request-training.js';

/** The real use cases; only fal's shelf for weights is none. */
export function avatarServicesOf({
  database,
  media,
  clock,
  ids,
  policy,
  trainingPolicy,
  log,
}: Pick<
  TelegramDependencies,
  'database' | 'media' | 'clock' | 'ids' | 'policy' | 'trainingPolicy' | 'log'
>): AvatarServices {
  const library = { publish: async (mediaKey: string) => `https://v3.fal.media/files/${mediaKey}` };
  return {
    startDraft: new StartDraft({ database, clock, ids, policy }),
    updateAvatarDraft: new UpdateAvatarDraft({ database, clock }),
    addPhotos: new AddPhotos({
      database,
      judge: new SharpPhotoJudge(),
      archives: new ZipPhotoArchives(),
      media,
      clock,
      ids,
    }),
    sortPhotos: new SortPhotos({ database, media }),
    requestTraining: new RequestTraining({ database, clock, ids, policy, trainingPolicy }),
    cancelTraining: new CancelTraining({ database, clock }),
    updateAvatar: new UpdateAvatar({ database, clock }),
    deleteAvatar: new DeleteAvatar({ database, media, clock }),
    loraFiles: new LoraFiles({ database, media, library, clock, ids, policy }),
    describeStoredData: new DescribeStoredData({ database, policy: trainingPolicy }),
    exportUserData: new ExportUserData({ database, media, archives: new ZipArchiveWriter(), log }),
    deleteUser: new DeleteUser({ database, media, clock, ids, log }),
  };
}
