import { Composer } from 'grammy';
import type { GalleryItem } from '../../../../application/ports/stores/gallery-store.js';
import { DomainError } from '../../../../domain/errors.js';
import type { Generation } from '../../../../domain/generation/generation.js';
import { presetsFor } from '../../../../domain/generation/routing.js';
import type { GenerationId, UserId } from '../../../../domain/ids.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import * as buttons from '../../buttons/job-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import {
  albumImageKeyboard,
  presetKeyboard,
  resultKeyboard,
  undoKeyboard,
} from '../../delivery/results/result-keyboard.js';
import { oncePerTap, originOf } from '../../middleware/one-tap.js';
import { showKeyboard } from '../../replies.js';

/** What can be done with a result, for ever and by its owner only. */
export function resultButtonsFeature(services: BotServices): Composer<BotContext> {
  const composer = new Composer<BotContext>();
  const { database, clock, policy, repeatGeneration, requestUpscale, progress } = services;

  const jobOf = async (owner: UserId, id: GenerationId): Promise<Generation> => {
    const job = await database.stores.generations.findOwned(owner, id);
    if (job === null) throw new DomainError({ code: 'not_found', what: 'generation' });
    return job;
  };
  const imageOf = async (owner: UserId, id: string): Promise<GalleryItem> => {
    const [item] = await database.stores.gallery.some(owner, [id]);
    if (item === undefined) throw new DomainError({ code: 'not_found', what: 'image' });
    return item;
  };
  /** All images of the job that are still there. */
  const imagesOf = async (job: Generation): Promise<GalleryItem[]> => {
    const rows = await database.stores.images.ofGeneration(job.id);
    const items = await database.stores.gallery.some(
      job.owner,
      rows.map(({ id }) => id),
    );
    return items.sort((one, other) => one.position - other.position);
  };
  const isAlbum = async (job: Generation): Promise<boolean> =>
    (await database.stores.images.ofGeneration(job.id)).length > 1;
  /** Under a picture of its own stand all buttons; under an album those of the one that was picked. */
  const showImage = async (context: BotContext, item: GalleryItem): Promise<void> => {
    const { texts } = context.user;
    const job = await jobOf(item.owner, item.generation);
    await showKeyboard(
      context,
      (await isAlbum(job))
        ? albumImageKeyboard(job, item, await imagesOf(job), texts, policy)
        : resultKeyboard(job, [item], texts, policy),
    );
  };

  onButton(composer, buttons.varyButton, (context, { generation: id }) =>
    oncePerTap(services, context, async (requestKey) => {
      const origin = originOf(context);
      const job = await repeatGeneration.execute({ owner: context.user.id, id, origin, requestKey });
      await context.answerCallbackQuery();
      await progress.begin(job);
    }),
  );
  onButton(composer, buttons.otherPresetButton, async (context, { generation: id }) => {
    const { id: owner, texts } = context.user;
    const job = await jobOf(owner, id);
    const avatar = job.avatar === null ? null : await database.stores.avatars.findOwned(owner, job.avatar);
    if (avatar?.status !== 'ready') throw new DomainError({ code: 'not_found', what: 'avatar' });
    const retired = await database.stores.endpoints.retired(services.clock.now());
    await showKeyboard(context, presetKeyboard(job, presetsFor(avatar.model, { retired }), texts));
  });
  onButton(composer, buttons.withPresetButton, (context, { generation: id, preset }) =>
    oncePerTap(services, context, async (requestKey) => {
      const { id: owner, texts } = context.user;
      const origin = originOf(context);
      const job = await repeatGeneration.execute({ owner, id, preset, origin, requestKey });
      await context.answerCallbackQuery();
      const earlier = await jobOf(owner, id);
      await showKeyboard(context, resultKeyboard(earlier, await imagesOf(earlier), texts, policy));
      await progress.begin(job);
    }),
  );
  onButton(composer, buttons.backToResultButton, async (context, { generation }) => {
    const job = await jobOf(context.user.id, generation);
    await showKeyboard(context, resultKeyboard(job, await imagesOf(job), context.user.texts, policy));
  });
  onButton(composer, buttons.pickImageButton, async (context, { image }) =>
    showImage(context, await imageOf(context.user.id, image)),
  );
  onButton(composer, buttons.upscaleButton, (context, { image }) =>
    oncePerTap(services, context, async (requestKey) => {
      const job = await requestUpscale.execute({
        owner: context.user.id,
        image,
        origin: originOf(context),
        requestKey,
      });
      await context.answerCallbackQuery();
      await progress.begin(job);
    }),
  );
  onButton(composer, buttons.favouriteButton, async (context, { image, on }) => {
    const { id: owner, texts } = context.user;
    const isDone = await database.stores.gallery.favour(owner, image, on === 'y');
    if (!isDone) throw new DomainError({ code: 'not_found', what: 'image' });
    await context.answerCallbackQuery({ text: texts.plain(on === 'y' ? 'favoured' : 'unfavoured') });
    await showImage(context, await imageOf(owner, image));
  });
  onButton(composer, buttons.deleteButton, async (context, { image }) => {
    const { id: owner, texts } = context.user;
    const job = await jobOf(owner, (await imageOf(owner, image)).generation);
    await database.stores.gallery.remove(owner, [image], clock.now());
    await context.answerCallbackQuery({ text: texts.plain('deleted') });
    await showKeyboard(context, undoKeyboard(image, (await isAlbum(job)) ? job : null, texts));
  });
  onButton(composer, buttons.undeleteButton, async (context, { image }) => {
    const { id: owner, texts } = context.user;
    await database.stores.gallery.restore(owner, [image]);
    const item = await imageOf(owner, image);
    await context.answerCallbackQuery({ text: texts.plain('undeleted') });
    await showImage(context, item);
  });
  return composer;
}
