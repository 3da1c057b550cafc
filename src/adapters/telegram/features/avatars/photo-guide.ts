import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AvatarType } from '../../../../domain/avatar/avatar-type.js';
import { photoLimits } from '../../../../domain/avatar/photo.js';
import type { UserId } from '../../../../domain/ids.js';
import type { BotServices } from '../../bot-services.js';
import { asCaption } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import type { Translator } from '../../wording/translator.js';

const { resolve } = createRequire(import.meta.url);

/** Shows which photos make a good avatar, before any is sent. Without it photos are taken all the same. */
export async function showPhotoGuide(
  { ownPictures, uploads }: Pick<BotServices, 'ownPictures' | 'uploads'>,
  person: UserId,
  type: AvatarType,
  texts: Translator,
): Promise<void> {
  const name = `${type}-${texts.language}.png`;
  const bytes = await readFile(resolve(`aisha/assets/photo-guide/${name}`));
  const { fewest, most } = photoLimits;
  const caption = asCaption(texts.html(`photo-guide-${type}`, { fewest, most }));
  await bestEffort(() =>
    ownPictures.send([{ name, bytes }], async ([file]) =>
      file === undefined ? [] : [await uploads.sendPhoto(Number(person), file, caption)],
    ),
  );
}
