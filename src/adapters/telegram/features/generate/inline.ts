import type { InlineQueryResultCachedPhoto } from 'grammy/types';
import { cut } from '../../../../domain/text/cut-text.js';
import type { Feature } from '../../bot-services.js';

const resultsAtOnce = 30;

/** `@bot words`: one's own pictures, newest first, to send into any chat. */
export const inlineFeature: Feature = (composer, { database, source, listImages }) => {
  composer.on('inline_query', async (context) => {
    const { id: owner } = context.user;
    const { query: text, offset } = context.inlineQuery;
    const { images, next } = await listImages.execute(
      { filter: { words: text }, from: offset === '' ? {} : { after: offset } },
      { owner, limit: resultsAtOnce },
    );
    const ids = images.map(({ id }) => id);
    // Without a public address only pictures that Telegram has already can be offered.
    const handles = await database.stores.sentFiles.handles(source, 'photo', ids);
    const results = images.flatMap((item): InlineQueryResultCachedPhoto[] => {
      const handle = handles.get(item.id);
      return handle === undefined
        ? []
        : [{ type: 'photo', id: item.id, photo_file_id: handle, description: cut(item.prompt, 80) }];
    });
    await context.answerInlineQuery(results, {
      is_personal: true,
      cache_time: 5,
      next_offset: next === null ? '' : (ids.at(-1) ?? ''),
    });
  });
};
