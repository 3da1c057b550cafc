import type { HttpBindings } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { AnswerOnce } from '../../application/account/keys/answer-once.js';
import type { AuthenticateApiKey } from '../../application/account/keys/authenticate-api-key.js';
import type { ChangeAvatar } from '../../application/avatars/change-avatar.js';
import type { ChooseFace } from '../../application/avatars/choose-face.js';
import type { SendPhotos } from '../../application/avatars/photos/send-photos.js';
import type { SortPhotos } from '../../application/avatars/photos/sort-photos.js';
import type { StartDraft } from '../../application/avatars/start-draft.js';
import type { DescribePresets } from '../../application/composer/describe-presets.js';
import type { ChangeImage } from '../../application/gallery/change-image.js';
import type { ListImages } from '../../application/gallery/list-images.js';
import type { CancelGeneration } from '../../application/generation/cancel-generation.js';
import type { FollowGenerations } from '../../application/generation/follow-generations.js';
import type { RepeatGeneration } from '../../application/generation/repeats/repeat-generation.js';
import type { RequestVariation } from '../../application/generation/repeats/request-variation.js';
import type { RequestGeneration } from '../../application/generation/request-generation.js';
import type { RequestUpscale } from '../../application/generation/request-upscale.js';
import type { AddHook } from '../../application/hooks/add-hook.js';
import type { ListHooks } from '../../application/hooks/list-hooks.js';
import type { RemoveHook } from '../../application/hooks/remove-hook.js';
import type { TestHook } from '../../application/hooks/test-hook.js';
import type { DescribeAccount } from '../../application/payments/describe-account.js';
import type { DeleteAvatar } from '../../application/personal-data/delete-avatar.js';
import type { SecretDigest } from '../../application/ports/api/secret-digest.js';
import type { Logger } from '../../application/ports/logger.js';
import type { MediaStore } from '../../application/ports/media-store.js';
import type { WayInDatabase } from '../../application/ports/stores/way-in-database.js';
import type { CancelTraining } from '../../application/training/cancel-training.js';
import type { OrderTraining } from '../../application/training/order-training.js';
import type { ShowProof } from '../../application/training/show-proof.js';
import type { ListEndpoints } from '../../application/upkeep/list-endpoints.js';
import type { ApiKey } from '../../domain/api-key.js';
import type { PhotoWarning } from '../../domain/avatar/photo.js';
import type { PresetName } from '../../domain/generation/preset.js';

/** A preset in words, in English. */
export interface PresetTexts {
  readonly name: string;
  readonly description: string;
}

/** What the chat calls things, in English. */
export interface EnglishTexts {
  preset(preset: PresetName): PresetTexts;
  photoWarning(warning: PhotoWarning): string;
}

/** What the API is made of. */
export interface ApiServices {
  readonly database: WayInDatabase;
  readonly authenticate: AuthenticateApiKey;
  readonly answerOnce: AnswerOnce;
  readonly requestGeneration: RequestGeneration;
  readonly repeatGeneration: RepeatGeneration;
  readonly requestVariation: RequestVariation;
  readonly requestUpscale: RequestUpscale;
  readonly cancelGeneration: CancelGeneration;
  readonly listImages: ListImages;
  readonly changeImage: ChangeImage;
  readonly describePresets: DescribePresets;
  readonly texts: EnglishTexts;
  readonly describeAccount: DescribeAccount;
  readonly listEndpoints: ListEndpoints;
  readonly addHook: AddHook;
  readonly listHooks: ListHooks;
  readonly removeHook: RemoveHook;
  readonly testHook: TestHook;
  readonly startDraft: StartDraft;
  readonly sendPhotos: SendPhotos;
  readonly sortPhotos: SortPhotos;
  readonly chooseFace: ChooseFace;
  readonly orderTraining: OrderTraining;
  readonly cancelTraining: CancelTraining;
  readonly showProof: ShowProof;
  readonly changeAvatar: ChangeAvatar;
  readonly deleteAvatar: DeleteAvatar;
  readonly media: Pick<MediaStore, 'bytes' | 'read' | 'link'>;
  /** Whether programs may be sent to the store for a picture, where it has addresses. */
  readonly imageLinks: boolean;
  readonly follow: FollowGenerations;
  readonly secretDigest: SecretDigest;
  readonly log: Logger;
  /** Of one key, in this process. */
  readonly requestsPerMinute: number;
}

/** What a route finds in its context. */
export interface ApiEnv {
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: { readonly key: ApiKey };
}

export type Api = OpenAPIHono<ApiEnv>;
