import type { Message } from 'grammy/types';
import { secondsAfter } from '../../../../domain/time.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import { newAvatarHint } from './new-avatar.js';

/** Photos for a draft: single ones, albums, files, ZIPs. Here they are only stored; `PhotoIngest` looks at them. */
export const photosFeature: Feature = (composer, services) => {
  const { database, clock, admitPhotos, photoIngest, source, workerId } = services;
  const { updates } = database.stores;
  const incoming = composer.chatType('private');

  /** Counts it only once, however often it is tried. False when there is no draft for it. */
  const take = async (
    context: BotContext,
    message: Message,
    file: { id: string; name: string | null; bytes: number },
  ): Promise<boolean> => {
    const { id: owner, texts } = context.user;
    const admitted = await admitPhotos.execute({ owner, bytes: file.bytes });
    if (admitted === null) return false;
    await photoIngest.keep(context.update.update_id, {
      wait: admitted.wait,
      owner,
      avatar: admitted.avatar.id,
      fileId: file.id,
      name: file.name,
      bytes: file.bytes,
      album: message.media_group_id ?? null,
      message: message.message_id,
      language: texts.language,
      sentAt: message.date * 1000,
    });
    return true;
  };
  /** One answer for a whole album. */
  const isFirstOfAlbum = async (album: string): Promise<boolean> => {
    const now = clock.now();
    return updates.claim(
      `${source}:album:${album}`,
      0,
      { owner: workerId, at: now },
      secondsAfter(now, -3600),
    );
  };

  incoming.on('message:photo', async (context, next) => {
    const photo = context.message.photo.at(-1);
    if (photo === undefined) return next();
    const file = { id: photo.file_id, name: null, bytes: photo.file_size ?? 0 };
    if (await take(context, context.message, file)) return;
    const album = context.message.media_group_id;
    // A single photo is a prompt.
    if (album === undefined) return next();
    if (await isFirstOfAlbum(album)) await newAvatarHint(context);
  });
  incoming.on('message:document', async (context, next) => {
    const { document, media_group_id: album } = context.message;
    const name = document.file_name ?? null;
    const mime = document.mime_type ?? '';
    if (!isPhotoFile(name ?? '', mime)) return next();
    const file = { id: document.file_id, name, bytes: document.file_size ?? 0 };
    if (await take(context, context.message, file)) return;
    if (album === undefined || (await isFirstOfAlbum(album))) await newAvatarHint(context);
  });
};

/** Files that may be photos by name and type; their bytes are checked later. */
const isPhotoFile = (name: string, type: string): boolean =>
  type.startsWith('image/') ||
  /zip/.test(type) ||
  /\.(jpe?g|png|webp|hei[cf]|hif|zip|gif|bmp|tiff?|avif)$/i.test(name);
