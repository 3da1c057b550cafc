import type { JobHandlers } from '../adapters/queue/job-runner.js';
import type { AddPhotos } from '../application/avatars/add-photos.js';
import type { KeepImportedWeights } from '../application/avatars/keep-imported-weights.js';
import type { PurgePhotos } from '../application/avatars/purge-photos.js';
import type { PurgeReplacedWeights } from '../application/avatars/purge-replaced-weights.js';
import type { SortPhotos } from '../application/avatars/sort-photos.js';
import type { StartDraft } from '../application/avatars/start-draft.js';
import type { UpdateAvatar } from '../application/avatars/update-avatar.js';
import type { UpdateAvatarDraft } from '../application/avatars/update-avatar-draft.js';
import type { WeightsRenewal } from '../application/generation/renew-weights.js';
import type { TrainingPolicy } from '../application/policy/training-policy.js';
import type { AvatarTrainer } from '../application/ports/avatar-trainer.js';
import type { ImageDownloads } from '../application/ports/image-downloads.js';
import type { WeightsLibrary } from '../application/ports/weights-library.js';
import type { CancelTraining } from '../application/training/cancel-training.js';
import type { RequestTraining } from '../application/training/request-training.js';
import type { TellTrainingProgress } from '../application/training/tell-training-progress.js';
import type { TrainingWatch } from '../application/training/training-watch.js';
import type { ExpireDrafts } from '../application/upkeep/expire-drafts.js';
import type { PurgeCounts } from '../application/upkeep/purge-counts.js';
import type { PurgeOrphans } from '../application/upkeep/purge-orphans.js';
import { identify } from './identifiers.js';

type TrainingTask = Extract<keyof JobHandlers, `${string}training${string}` | 'make-proof' | 'keep-weights'>;

/** Avatars from photos: everything that is bound for them, and the handlers of their jobs. */
export const trainingServices = {
  policy: identify<TrainingPolicy>('TrainingPolicy'),
  trainer: identify<AvatarTrainer>('AvatarTrainer'),
  weightsLibrary: identify<WeightsLibrary>('WeightsLibrary'),
  weightsDownloads: identify<ImageDownloads>('weights downloads'),
  renewal: identify<WeightsRenewal>('WeightsRenewal'),
  /** To be stopped before the database is closed. */
  watch: identify<TrainingWatch>('TrainingWatch'),
  tellProgress: identify<TellTrainingProgress>('TellTrainingProgress'),
  startDraft: identify<StartDraft>('StartDraft'),
  updateAvatarDraft: identify<UpdateAvatarDraft>('UpdateAvatarDraft'),
  updateAvatar: identify<UpdateAvatar>('UpdateAvatar'),
  addPhotos: identify<AddPhotos>('AddPhotos'),
  sortPhotos: identify<SortPhotos>('SortPhotos'),
  requestTraining: identify<RequestTraining>('RequestTraining'),
  cancelTraining: identify<CancelTraining>('CancelTraining'),
  purgeReplacedWeights: identify<PurgeReplacedWeights>('PurgeReplacedWeights'),
  purgePhotos: identify<PurgePhotos>('PurgePhotos'),
  expireDrafts: identify<ExpireDrafts>('ExpireDrafts'),
  purgeCounts: identify<PurgeCounts>('PurgeCounts'),
  keepImportedWeights: identify<KeepImportedWeights>('KeepImportedWeights'),
  purgeOrphans: identify<PurgeOrphans>('PurgeOrphans'),
  handlers: identify<Pick<JobHandlers, TrainingTask>>('training handlers'),
} as const;
