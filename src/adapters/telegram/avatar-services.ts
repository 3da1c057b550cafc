import type { AddPhotos } from '../../application/avatars/add-photos.js';
import type { LoraFiles } from '../../application/avatars/lora-files.js';
import type { SortPhotos } from '../../application/avatars/sort-photos.js';
import type { StartDraft } from '../../application/avatars/start-draft.js';
import type { UpdateAvatar } from '../../application/avatars/update-avatar.js';
import type { UpdateAvatarDraft } from '../../application/avatars/update-avatar-draft.js';
import type { DeleteAvatar } from '../../application/personal-data/delete-avatar.js';
import type { DeleteUser } from '../../application/personal-data/delete-user.js';
import type { ExportUserData } from '../../application/personal-data/export-user-data.js';
import type { DescribeStoredData } from '../../application/personal-data/stored-data.js';
import type { CancelTraining } from '../../application/training/cancel-training.js';
import type { RequestTraining } from '../../application/training/request-training.js';

/** What people do with avatars of their own and with what is stored of them. */
export interface AvatarServices {
  readonly startDraft: StartDraft;
  readonly updateAvatarDraft: UpdateAvatarDraft;
  readonly addPhotos: AddPhotos;
  readonly sortPhotos: SortPhotos;
  readonly requestTraining: RequestTraining;
  readonly cancelTraining: CancelTraining;
  readonly updateAvatar: UpdateAvatar;
  readonly deleteAvatar: DeleteAvatar;
  readonly loraFiles: LoraFiles;
  readonly describeStoredData: DescribeStoredData;
  readonly exportUserData: ExportUserData;
  readonly deleteUser: DeleteUser;
}
