import type { AddPhotos } from '../../application/add-photos.js';
import type { CancelTraining } from '../../application/cancel-training.js';
import type { DeleteAvatar } from '../../application/delete-avatar.js';
import type { DeleteUser } from '../../application/delete-user.js';
import type { ExportUserData } from '../../application/export-user-data.js';
import type { LoraFiles } from '../../application/lora-files.js';
import type { RequestTraining } from '../../application/request-training.js';
import type { SortPhotos } from '../../application/sort-photos.js';
import type { StartDraft } from '../../application/start-draft.js';
import type { DescribeStoredData } from '../../application/stored-data.js';
import type { TendAvatar } from '../../application/tend-avatar.js';
import type { TendDraft } from '../../application/tend-draft.js';

/** What people do with avatars of their own and with what is stored of them. */
export interface AvatarServices {
  readonly startDraft: StartDraft;
  readonly tendDraft: TendDraft;
  readonly addPhotos: AddPhotos;
  readonly sortPhotos: SortPhotos;
  readonly requestTraining: RequestTraining;
  readonly cancelTraining: CancelTraining;
  readonly tendAvatar: TendAvatar;
  readonly deleteAvatar: DeleteAvatar;
  readonly loraFiles: LoraFiles;
  readonly describeStoredData: DescribeStoredData;
  readonly exportUserData: ExportUserData;
  readonly deleteUser: DeleteUser;
}
