import { openDrafts } from '../../../../application/avatars/open-drafts.js';
import type { Mine } from '../../../../application/avatars/update-avatar-draft.js';
import { avatarTypes } from '../../../../domain/avatar/avatar-type.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/avatar-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { oncePerTap, ownChatOf } from '../../middleware/one-tap.js';
import { type Keyboard, say, show } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { Html } from '../../wording/html.js';
import { isTrainingPaid, trainingPrice } from '../../wording/training-price.js';
import type { Translator } from '../../wording/translator.js';
import { Questions } from '../questions.js';
import { Drafting } from './drafting.js';
import { showPhotoGuide } from './photo-guide.js';

/** A new avatar: its type, its name, the consent; and which of several drafts photos go to. */
export const newAvatarFeature: Feature = (composer, services) => {
  const { database, startDraft, updateAvatarDraft, trainingPolicy } = services;
  const { prices, freeRetrains } = trainingPolicy;
  const drafting = new Drafting(services);
  const questions = new Questions(services);

  const begin = async (context: BotContext, put: typeof say | typeof show) => {
    const { id, texts } = context.user;
    const text = Html.join(
      [
        texts.html('new-title'),
        texts.html('new-finetunes'),
        isTrainingPaid(prices) && texts.html('new-price', { credits: trainingPrice(prices, texts) }),
        isTrainingPaid(prices) && freeRetrains > 0 && texts.html('new-retrains', { count: freeRetrains }),
      ],
      '\n\n',
    );
    const types = avatarTypes.map((type) => [
      buttons.newTypeButton.button(texts.plain(`button-new-${type}`), { type }),
    ]);
    await put(context, text, [...types, ...draftRows(await openDrafts(database.stores, id), texts)]);
  };
  composer.command('new', (context) => begin(context, say));
  onButton(composer, buttons.newAvatarButton, (context) => begin(context, show));
  onButton(composer, buttons.newTypeButton, (context, { type }) =>
    oncePerTap(services, context, async () => {
      const { id: owner, texts } = context.user;
      const word = texts.plain('avatar-default-name');
      const { avatar } = await startDraft.execute({ type }, { owner, origin: ownChatOf(context), word });
      await context.answerCallbackQuery();
      await bestEffort(() => context.deleteMessage());
      await showPhotoGuide(services, owner, type, texts);
      await drafting.open(context, { owner, avatar: avatar.id });
    }),
  );
  onButton(composer, buttons.draftButton, (context, { avatar }) =>
    drafting.open(context, { owner: context.user.id, avatar }),
  );
  onButton(composer, buttons.draftsButton, async (context) => {
    const { id, texts } = context.user;
    const open = await openDrafts(database.stores, id);
    await context.answerCallbackQuery();
    if (open.length === 0) return newAvatarHint(context);
    await say(context, texts.html('drafts-title'), draftRows(open, texts));
  });
  onButton(composer, buttons.draftCloseButton, async (context, { avatar: id }) => {
    const { id: owner, texts } = context.user;
    await updateAvatarDraft.close({ avatar: id }, { owner });
    const avatar = await database.stores.avatars.findOwned(owner, id);
    await questions.end(context, { kind: 'avatar-name', subject: id });
    const again = buttons.draftButton.button(texts.plain('button-draft-open'), { avatar: id });
    await show(context, texts.html('draft-closed', { name: avatar?.name ?? '' }), [[again]]);
  });
  onButton(composer, buttons.consentButton, async (context, { avatar, subject }) => {
    const mine = { owner: context.user.id, avatar };
    await updateAvatarDraft.consent({ avatar, subject, adults: true }, mine);
    await context.answerCallbackQuery({ text: context.user.texts.plain('consent-recorded') });
    await drafting.open(context, mine);
  });
};

const draftRows = (
  open: readonly { readonly id: Mine['avatar']; readonly name: string }[],
  texts: Translator,
): Keyboard =>
  open.map(({ id, name }, index) => [
    buttons.draftButton.button(
      texts.plain('button-draft', { name: `${index === 0 ? '✓ ' : ''}${cut(name, 40)}` }),
      { avatar: id },
    ),
  ]);

/** Says that photos need an avatar to go to. */
export async function newAvatarHint(context: BotContext): Promise<void> {
  const { texts } = context.user;
  const button = buttons.newAvatarButton.button(texts.plain('button-new-avatar'), {});
  await say(context, texts.html('photos-for-nothing'), [[button]]);
}
