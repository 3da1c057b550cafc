import type { JobHandlers } from '../adapters/queue/job-runner.js';
import type { AddPhotos } from '../application/add-photos.js';
import type { CancelTraining } from '../application/cancel-training.js';
import type { ExpireDrafts } from '../application/expire-drafts.js';
import type { KeepImportedWeights } from '../application/keep-imported-weights.js';
import type { AvatarTrainer } from '../application/ports/avatar-trainer.js';
import type { ImageDownloads } from '../application/ports/image-downloads.js';
import type { WeightsLibrary } from '../application/ports/weights-library.js';
import type { PurgeCounts } from '../application/purge-counts.js';
import type { PurgePhotos } from '../application/purge-photos.js';
import type { PurgeReplacedWeights } from '../application/purge-replaced-weights.js';
import type { PurgeStrays } from '../application/purge-strays.js';
import type { WeightsRenewal } from '../application/renew-weights.js';
import type { RequestTraining } from '../application/request-training.js';
import type { SortPhotos } from '../application/sort-photos.js';
import type { StartDraft } from '../application/start-draft.js';
import type { TellTrainingProgress } from '../application/tell-training-progress.js';
import type { TendAvatar } from '../application/tend-avatar.js';
import type { TendDraft } from '../application/tend-draft.js';
import type { TrainingPolicy } from '../application/training-policy.js';
import type { TrainingWatch } from '../application/training-watch.js';
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
  tendDraft: identify<TendDraft>('TendDraft'),
  tendAvatar: identify<TendAvatar>('TendAvatar'),
  addPhotos: identify<AddPhotos>('AddPhotos'),
  sortPhotos: identify<SortPhotos>('SortPhotos'),
  requestTraining: identify<RequestTraining>('RequestTraining'),
  cancelTraining: identify<CancelTraining>('CancelTraining'),
  purgeReplacedWeights: identify<PurgeReplacedWeights>('PurgeReplacedWeights'),
  purgePhotos: identify<PurgePhotos>('PurgePhotos'),
  expireDrafts: identify<ExpireDrafts>('ExpireDrafts'),
  purgeCounts: identify<PurgeCounts>('PurgeCounts'),
  keepImportedWeights: identify<KeepImportedWeights>('KeepImportedWeights'),
  purgeStrays: identify<PurgeStrays>('PurgeStrays'),
  handlers: identify<Pick<JobHandlers, TrainingTask>>('training handlers'),
} as const;
