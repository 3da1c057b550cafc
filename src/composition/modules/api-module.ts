import { ContainerModule } from 'inversify';
import { createApi } from '../../adapters/api/create-api.js';
import { AnswerOnce } from '../../application/account/keys/answer-once.js';
import { AuthenticateApiKey } from '../../application/account/keys/authenticate-api-key.js';
import { BrowseGallery } from '../../application/gallery/browse-gallery.js';
import { CancelGeneration } from '../../application/generation/cancel-generation.js';
import { FollowGenerations } from '../../application/generation/follow-generations.js';
import { RequestGeneration } from '../../application/generation/request-generation.js';
import { AddHook } from '../../application/hooks/add-hook.js';
import { ListHooks } from '../../application/hooks/list-hooks.js';
import { RemoveHook } from '../../application/hooks/remove-hook.js';
import { TestHook } from '../../application/hooks/test-hook.js';
import { make } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/** What programs ask over HTTP. What they are told stands with the other ways in. */
export const apiModule = new ContainerModule(({ bind }) => {
  make(
    bind,
    s.api,
    ({ resources: { config }, ...services }) =>
      createApi({ ...services, requestsPerMinute: config.apiRequestsPerMinute }),
    {
      ...parts('resources', 'database', 'media', 'secretDigest', 'log'),
      authenticate: AuthenticateApiKey,
      answerOnce: AnswerOnce,
      requestGeneration: RequestGeneration,
      cancelGeneration: CancelGeneration,
      browseGallery: BrowseGallery,
      follow: FollowGenerations,
      addHook: AddHook,
      listHooks: ListHooks,
      removeHook: RemoveHook,
      testHook: TestHook,
    },
  );
});
