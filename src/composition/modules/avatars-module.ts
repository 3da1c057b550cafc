import { ContainerModule } from 'inversify';
import { AddAvatar } from '../../application/avatars/add-avatar.js';
import { ChangeAvatar } from '../../application/avatars/change-avatar.js';
import { ChooseFace } from '../../application/avatars/choose-face.js';
import { CoachFaces } from '../../application/avatars/coach-faces.js';
import { ImportAvatars } from '../../application/avatars/import-avatars.js';
import { KeepImportedWeights } from '../../application/avatars/keep-imported-weights.js';
import { LoraFiles } from '../../application/avatars/lora-files.js';
import { AddPhotos } from '../../application/avatars/photos/add-photos.js';
import { AdmitPhotos } from '../../application/avatars/photos/admit-photos.js';
import { PurgePhotos } from '../../application/avatars/photos/purge-photos.js';
import { SendPhotos } from '../../application/avatars/photos/send-photos.js';
import { SortPhotos } from '../../application/avatars/photos/sort-photos.js';
import { PurgeReplacedWeights } from '../../application/avatars/purge-replaced-weights.js';
import { StartDraft } from '../../application/avatars/start-draft.js';
import { UpdateAvatar } from '../../application/avatars/update-avatar.js';
import { UpdateAvatarDraft } from '../../application/avatars/update-avatar-draft.js';
import { WeightsLook } from '../../application/avatars/weights-look.js';
import { DiskSpace } from '../../application/policy/disk-space.js';
import { build } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/** Avatars: made of photos, brought by address or as files, and looked after. */
export const avatarsModule = new ContainerModule(({ bind }) => {
  build(bind, StartDraft, parts('database', 'clock', 'ids', 'policy'));
  build(bind, UpdateAvatarDraft, parts('database', 'clock'));
  build(bind, UpdateAvatar, parts('database', 'clock'));
  build(bind, ChangeAvatar, parts('database'));
  build(bind, AdmitPhotos, parts('database', 'clock', 'policy'));
  build(bind, CoachFaces, { ...parts('database', 'media'), faces: s.faceFinder });
  build(bind, AddPhotos, {
    ...parts('database', 'media', 'clock', 'ids'),
    judge: s.photoJudge,
    archives: s.photoArchives,
    coach: CoachFaces,
  });
  build(bind, SendPhotos, { ...parts('database', 'clock', 'policy'), addPhotos: AddPhotos });
  build(bind, SortPhotos, parts('database', 'media'));
  build(bind, ChooseFace, {
    ...parts('database', 'media', 'ids'),
    faces: s.faceFinder,
    cutter: s.pictureCutter,
    judge: s.photoJudge,
    composer: s.proofComposer,
  });
  build(bind, WeightsLook, { downloads: s.weightsDownloads });
  build(bind, AddAvatar, { ...parts('database', 'clock', 'ids', 'policy'), look: WeightsLook });
  build(bind, ImportAvatars, { ...parts('database', 'clock', 'ids', 'policy'), look: WeightsLook });
  build(bind, LoraFiles, parts('database', 'media', 'library', 'clock', 'ids', 'policy'));
  build(bind, KeepImportedWeights, {
    ...parts('database', 'media', 'clock', 'log'),
    downloads: s.weightsDownloads,
    disk: DiskSpace,
  });
  build(bind, PurgePhotos, { ...parts('database', 'media', 'clock', 'log'), policy: s.trainingPolicy });
  build(bind, PurgeReplacedWeights, {
    ...parts('database', 'media', 'clock', 'log'),
    policy: s.trainingPolicy,
  });
});
