import { ownImage } from '../../../../application/gallery/own-image.js';
import type { GalleryItem } from '../../../../application/ports/stores/gallery-store.js';
import type { ImageRow } from '../../../../application/ports/stores/image-store.js';
import { DomainError } from '../../../../domain/errors.js';
import { type Generation, imagesOrdered } from '../../../../domain/generation/generation.js';
import { strengthsIn } from '../../../../domain/generation/order.js';
import type { AvatarId } from '../../../../domain/ids.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { copyButtons } from '../../buttons/button-kind.js';
import { infoButton, originalButton, originalsButton } from '../../buttons/job-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { originalText, shownNames } from '../../delivery/results/result-texts.js';
import { oncePerTap } from '../../middleware/one-tap.js';
import { answering, asCaption, type Keyboard, say, sayAbout } from '../../replies.js';
import { decimal } from '../../wording/decimal.js';
import { Html } from '../../wording/html.js';
import { megabytes } from '../../wording/megabytes.js';
import type { TextsWith, Translator } from '../../wording/translator.js';
import { wayOn } from '../way-on.js';

/** The original file of a picture, and everything that is known about it. */
export const resultDetailsFeature: Feature = (composer, services) => {
  const { database, describeGeneration, files, background, uploads } = services;

  /** As files, one after the other. What Telegram does not take is told of. */
  const sendOriginals = async (context: BotContext, images: readonly GalleryItem[]) => {
    const { id: owner, texts } = context.user;
    const chat = context.chat?.id ?? Number(owner);
    const message = context.callbackQuery?.message?.message_id;
    const fitting = images.filter(({ bytes }) => bytes <= files.documentLimit);
    if (fitting.length < images.length)
      await say(
        context,
        texts.html('original-too-big', { limit: megabytes(files.documentLimit) }),
        wayOn(context, false),
      );
    if (fitting.length === 0) return;
    await context.answerCallbackQuery({ text: texts.plain('original-coming') });
    background.start('sending originals', async () => {
      for (const image of fitting)
        await files.show([image], 'document', (documents) =>
          Promise.all(
            documents.map(({ media }) =>
              uploads.sendDocument(chat, media, {
                ...answering(message),
                ...asCaption(originalText(image, texts)),
              }),
            ),
          ),
        );
    });
  };

  onButton(composer, originalButton, async (context, { image }) =>
    sendOriginals(context, [await ownImage(database.stores.gallery, context.user.id, image)]),
  );
  onButton(composer, originalsButton, (context, { generation: id }) =>
    oncePerTap(services, context, async () => {
      const { images } = await describeGeneration.execute({ id }, { owner: context.user.id });
      if (images.length === 0) throw new DomainError({ code: 'not_found', what: 'image' });
      await sendOriginals(context, images);
    }),
  );
  onButton(composer, infoButton, async (context, { generation: id }) => {
    const { id: owner, texts } = context.user;
    const { generation: job, brought } = await describeGeneration.execute({ id }, { owner });
    const nameOf = async (id: AvatarId | null) =>
      id === null ? undefined : (await database.stores.avatars.findOwned(owner, id))?.name;
    const names = { avatar: await nameOf(job.avatar), companion: await nameOf(job.companion) };
    await context.answerCallbackQuery();
    await sayAbout(context, infoText(job, names, brought, texts), copyRows(job, texts));
  });
};

function infoText(
  job: Generation,
  names: Parameters<typeof shownNames>[1],
  images: readonly ImageRow[],
  texts: Translator,
): Html {
  const { order } = job;
  const [image] = images;
  const strengths = strengthsIn(order);
  const line = (name: TextsWith<'value'>, value: string | number | bigint | null | undefined) =>
    value === null || value === undefined ? null : texts.html(name, { value: String(value) });
  return Html.join([
    texts.html('info-title'),
    job.avatar === null ? null : line('info-avatar', shownNames(job, names, texts)),
    line('info-preset', job.preset === null ? null : texts.plain(`preset-${job.preset}`)),
    line('info-model', order.endpoint),
    line('info-seed', seedOf(job)),
    line('info-size', image === undefined ? null : `${image.width} × ${image.height}`),
    'steps' in order ? line('info-steps', order.steps) : null,
    'guidance' in order ? line('info-guidance', decimal(order.guidance, texts)) : null,
    line(
      'info-strength',
      strengths.length === 0 ? null : strengths.map((each) => decimal(each, texts)).join(' + '),
    ),
    'change' in order ? line('info-change', `${Math.round(order.change * 100)}%`) : null,
    'factor' in order ? line('info-factor', order.factor) : null,
    'collectedAt' in job
      ? line(
          'info-time',
          Math.max(1, Math.round((job.collectedAt.getTime() - job.createdAt.getTime()) / 1000)),
        )
      : null,
    texts.html('info-cost', {
      credits: job.price * ('imageCount' in job ? job.imageCount : imagesOrdered(order)),
    }),
    texts.html(isCopied(job.prompt) ? 'info-prompt' : 'info-prompt-long', { prompt: cut(job.prompt, 2000) }),
    order.prompt === job.prompt ? null : texts.html('info-final-prompt', { prompt: cut(order.prompt, 1500) }),
  ]);
}

const seedOf = (job: Generation) => ('seed' in job && job.seed !== null ? job.seed : job.order.seed);

/** What is too long for a button is a block of code, which Telegram copies too. */
const isCopied = (prompt: string): boolean => copyButtons('', prompt).length > 0;

function copyRows(job: Generation, texts: Translator): Keyboard {
  const seed = seedOf(job);
  const row = [
    ...copyButtons(texts.plain('button-copy-prompt'), job.prompt),
    ...(seed === undefined || seed === null
      ? []
      : copyButtons(texts.plain('button-copy-seed'), String(seed))),
  ];
  return row.length === 0 ? [] : [row];
}
