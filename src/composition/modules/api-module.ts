import { ContainerModule } from 'inversify';
import { createApi } from '../../adapters/api/create-api.js';
import { englishTexts } from '../../adapters/telegram/wording/english-texts.js';
import { AnswerOnce } from '../../application/account/keys/answer-once.js';
import { AuthenticateApiKey } from '../../application/account/keys/authenticate-api-key.js';
import { ChangeAvatar } from '../../application/avatars/change-avatar.js';
import { ChooseFace } from '../../application/avatars/choose-face.js';
import { SendPhotos } from '../../application/avatars/photos/send-photos.js';
import { SortPhotos } from '../../application/avatars/photos/sort-photos.js';
import { StartDraft } from '../../application/avatars/start-draft.js';
import { DescribePresets } from '../../application/composer/describe-presets.js';
import { ChangeImage } from '../../application/gallery/change-image.js';
import { ListImages } from '../../application/gallery/list-images.js';
import { CancelGeneration } from '../../application/generation/cancel-generation.js';
import { FollowGenerations } from '../../application/generation/follow-generations.js';
import { RepeatGeneration } from '../../application/generation/repeats/repeat-generation.js';
import { RequestVariation } from '../../application/generation/repeats/request-variation.js';
import { RequestGeneration } from '../../application/generation/request-generation.js';
import { RequestUpscale } from '../../application/generation/request-upscale.js';
import { AddHook } from '../../application/hooks/add-hook.js';
import { ListHooks } from '../../application/hooks/list-hooks.js';
import { RemoveHook } from '../../application/hooks/remove-hook.js';
import { TestHook } from '../../application/hooks/test-hook.js';
import { DescribeAccount } from '../../application/payments/describe-account.js';
import { DeleteAvatar } from '../../application/personal-data/delete-avatar.js';
import { CancelTraining } from '../../application/training/cancel-training.js';
import { OrderTraining } from '../../application/training/order-training.js';
import { ShowProof } from '../../application/training/show-proof.js';
import { ListEndpoints } from '../../application/upkeep/list-endpoints.js';
import { make } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/** What programs ask over HTTP. What they are told stands with the other ways in. */
export const apiModule = new ContainerModule(({ bind }) => {
  make(
    bind,
    s.api,
    ({ resources: { config }, ...services }) =>
      createApi({
        ...services,
        texts: englishTexts(),
        requestsPerMinute: config.apiRequestsPerMinute,
        imageLinks: config.apiImageLinks,
      }),
    {
      ...parts('resources', 'database', 'media', 'secretDigest', 'log'),
      authenticate: AuthenticateApiKey,
      answerOnce: AnswerOnce,
      requestGeneration: RequestGeneration,
      repeatGeneration: RepeatGeneration,
      requestVariation: RequestVariation,
      requestUpscale: RequestUpscale,
      cancelGeneration: CancelGeneration,
      listImages: ListImages,
      changeImage: ChangeImage,
      follow: FollowGenerations,
      describePresets: DescribePresets,
      describeAccount: DescribeAccount,
      listEndpoints: ListEndpoints,
      startDraft: StartDraft,
      sendPhotos: SendPhotos,
      sortPhotos: SortPhotos,
      chooseFace: ChooseFace,
      orderTraining: OrderTraining,
      cancelTraining: CancelTraining,
      showProof: ShowProof,
      changeAvatar: ChangeAvatar,
      deleteAvatar: DeleteAvatar,
      addHook: AddHook,
      listHooks: ListHooks,
      removeHook: RemoveHook,
      testHook: TestHook,
    },
  );
});
