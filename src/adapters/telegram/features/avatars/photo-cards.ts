import { InputFile, InputMediaBuilder } from 'grammy';
import type { SortedPhotos } from '../../../../application/avatars/photos/sort-photos.js';
import type { Mine } from '../../../../application/avatars/update-avatar-draft.js';
import { NoSuchFile } from '../../../../application/ports/media-store.js';
import { type DraftPhoto, mainWarning, twinOf } from '../../../../domain/avatar/photo.js';
import type { PhotoId } from '../../../../domain/ids.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { inRows } from '../../delivery/results/result-keyboard.js';
import { asCaption, asMarkup, editing, type Keyboard } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

/** Goes through the photos of an avatar in the making, one card at a time: keep or remove. */
export const photoCardsFeature: Feature = (composer, services) => {
  const { media, contactSheet, sortPhotos, chooseFace, draftMessages, uploads } = services;
  /** The card in the tapped message if that is a card, else in a new message. Deleted when no photo is left. */
  const card = async (
    context: BotContext,
    mine: Mine,
    sorted: SortedPhotos,
    which: buttons.PhotoChoice,
    at: number,
  ): Promise<void> => {
    const { texts } = context.user;
    const photos = chosen(sorted, which);
    const photo = photos[Math.max(0, Math.min(at, photos.length - 1))];
    const isCard = context.callbackQuery?.message?.photo !== undefined;
    if (photo === undefined) return void (isCard && (await bestEffort(() => context.deleteMessage())));
    const twin = mainWarning(photo) === 'near_duplicate' ? twinOf(photo, sorted.photos) : null;
    const picture = await bytesOf(photo);
    const caption = Html.join([
      cardText(photo, photos, twin !== null, texts),
      picture === null && texts.html('refusal-photo-gone'),
    ]);
    const keyboard = cardKeyboard(mine, photo, photos, which, texts);
    const file = new InputFile(await shown(picture, twin), 'photo.jpg');
    if (!isCard)
      return void (await uploads.sendPhoto(Number(mine.owner), file, asCaption(caption, keyboard)));
    const edited = InputMediaBuilder.photo(file, asCaption(caption));
    await editing(() => context.editMessageMedia(edited, { reply_markup: asMarkup(keyboard) }));
  };
  /** `null`: its file is gone, and its owner needs the card all the same, to take it out. */
  const bytesOf = async (photo: DraftPhoto): Promise<Uint8Array | null> => {
    try {
      return await media.bytes(photo.mediaKey);
    } catch (error) {
      if (error instanceof NoSuchFile) return null;
      throw error;
    }
  };
  /** Beside the one that it resembles. */
  const shown = async (picture: Uint8Array | null, twin: DraftPhoto | null): Promise<Uint8Array> => {
    if (picture !== null && twin === null) return picture;
    const like = twin && { number: null, picture: await bytesOf(twin) };
    return contactSheet.compose([{ number: null, tone: 'doubtful', picture, like }]);
  };
  const placeOf = (sorted: SortedPhotos, which: buttons.PhotoChoice, photo: PhotoId | null): number =>
    Math.max(
      0,
      chosen(sorted, which).findIndex(({ id }) => id === photo),
    );

  onButton(composer, buttons.photoCardButton, async (context, { avatar, photo, which }) => {
    const mine = { owner: context.user.id, avatar };
    const sorted = await sortPhotos.list({ avatar }, mine);
    await context.answerCallbackQuery();
    await card(context, mine, sorted, which, placeOf(sorted, which, photo));
  });
  const verdicts = [
    [buttons.photoKeepButton, 'keep', 'photo-was-kept'],
    [buttons.photoRemoveButton, 'remove', 'photo-was-removed'],
  ] as const;
  for (const [button, verdict, answer] of verdicts)
    onButton(composer, button, async (context, { avatar, photo, which }) => {
      const { id: owner, texts } = context.user;
      const mine = { owner, avatar };
      const at = placeOf(await sortPhotos.list({ avatar }, mine), which, photo);
      const sorted = await sortPhotos[verdict]({ avatar, photo }, mine);
      await context.answerCallbackQuery({ text: texts.plain(answer) });
      // A removed photo is gone and a kept one no longer doubtful: the next one takes its place.
      await card(context, mine, sorted, which, at);
      await draftMessages.refresh(mine, texts);
    });
  onButton(composer, buttons.facesButton, async (context, { avatar, photo, which }) => {
    const { id: owner, texts } = context.user;
    const { count, sheet } = await chooseFace.offer({ avatar, photo }, { owner });
    if (sheet === null)
      return void (await context.answerCallbackQuery({ text: texts.plain('photo-no_face') }));
    await context.answerCallbackQuery();
    const numbers = Array.from({ length: count }, (_, index) => index + 1).map((number) =>
      buttons.chooseFaceButton.button(String(number), { avatar, photo, which, number }),
    );
    const back = buttons.photoCardButton.button(texts.plain('button-back'), { avatar, photo, which });
    const picture = InputMediaBuilder.photo(
      new InputFile(sheet, 'people.jpg'),
      asCaption(texts.html('faces-choose')),
    );
    const keyboard = [...inRows(numbers, 3), [back]];
    await editing(() => context.editMessageMedia(picture, { reply_markup: asMarkup(keyboard) }));
  });
  onButton(composer, buttons.chooseFaceButton, async (context, { avatar, photo, which, number }) => {
    const { id: owner, texts } = context.user;
    const mine = { owner, avatar };
    const at = placeOf(await sortPhotos.list({ avatar }, mine), which, photo);
    await chooseFace.execute({ avatar, photo, number }, mine);
    await context.answerCallbackQuery({ text: texts.plain('face-chosen') });
    await card(context, mine, await sortPhotos.list({ avatar }, mine), which, at);
    await draftMessages.refresh(mine, texts);
  });
  onButton(composer, buttons.photosDoneButton, async (context, { avatar }) => {
    await sortPhotos.list({ avatar }, { owner: context.user.id });
    if (context.callbackQuery.message?.photo !== undefined) await bestEffort(() => context.deleteMessage());
  });
};

const chosen = ({ photos }: SortedPhotos, which: buttons.PhotoChoice): readonly DraftPhoto[] =>
  which === 'all' ? photos : photos.filter(({ status }) => status === 'warned');

function cardText(
  photo: DraftPhoto,
  photos: readonly DraftPhoto[],
  isPair: boolean,
  texts: Translator,
): Html {
  const number = photos.indexOf(photo) + 1;
  return Html.join([
    texts.html('photo-card', { number, total: photos.length, width: photo.width, height: photo.height }),
    photo.status === 'kept' && texts.html('photo-card-kept'),
    ...photo.warnings.map((warning) =>
      texts.html('photo-card-warned', { reason: texts.html(`photo-${warning}`) }),
    ),
    isPair && texts.html('photo-card-pair'),
  ]);
}

function cardKeyboard(
  { avatar }: Mine,
  photo: DraftPhoto,
  photos: readonly DraftPhoto[],
  which: buttons.PhotoChoice,
  texts: Translator,
): Keyboard {
  const id = { avatar, photo: photo.id, which };
  const at = photos.indexOf(photo);
  const to = (other: DraftPhoto | undefined, label: string) =>
    other === undefined ? [] : [buttons.photoCardButton.button(label, { avatar, photo: other.id, which })];
  const moves = [
    ...to(photos[at - 1], texts.plain('button-photo-before')),
    ...to(photos[at + 1], texts.plain('button-photo-next')),
  ];
  return [
    [
      ...(photo.status === 'warned'
        ? [buttons.photoKeepButton.button(texts.plain('button-photo-keep'), id)]
        : []),
      buttons.photoRemoveButton.button(texts.plain('button-photo-remove'), id),
    ],
    ...(photo.warnings.includes('several_people')
      ? [[buttons.facesButton.button(texts.plain('button-faces'), id)]]
      : []),
    ...(moves.length === 0 ? [] : [moves]),
    [buttons.photosDoneButton.button(texts.plain('button-close'), { avatar })],
  ];
}
