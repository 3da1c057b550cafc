import type { MaybeInaccessibleMessage } from 'grammy/types';
import { ownAvatar } from '../../../../application/avatars/find-avatar.js';
import type { FormEdit } from '../../../../application/composer/edit-form.js';
import { attempt } from '../../../../application/input/deferred-refusal.js';
import type { GenerationForm } from '../../../../application/ports/stores/form-store.js';
import { DomainError } from '../../../../domain/errors.js';
import type { UserId } from '../../../../domain/ids.js';
import type { BotContext } from '../../bot-context.js';
import type { Feature } from '../../bot-services.js';
import * as buttons from '../../buttons/form-buttons.js';
import { editButton } from '../../buttons/job-buttons.js';
import { onButton } from '../../buttons/on-button.js';
import { ideaForAvatarButton, useAvatarButton } from '../../buttons/settings-buttons.js';
import { openGenerateButton } from '../../buttons/start-buttons.js';
import { originOf } from '../../middleware/one-tap.js';
import { show } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { type PromptIdea, promptIdeas } from '../../wording/prompt-ideas.js';
import { Questions } from '../questions.js';
import { FormScreens } from './form-screens.js';

/** The guided screen: avatar, preset, ratio and count, then words, then the button with the price. */
export const formFeature: Feature = (composer, services) => {
  const formScreens = new FormScreens(services);
  const questions = new Questions(services);
  const { database, openForm, editForm, submitForm, describeForm, improvePrompt, progress } = services;

  const formOf = async (owner: UserId, id: string): Promise<GenerationForm> => {
    const form = await database.stores.forms.findOwned(owner, id);
    if (form === null) throw new DomainError({ code: 'not_found', what: 'form' });
    return form;
  };

  const begin = (context: BotContext, start: Parameters<typeof openForm.execute>[0]) =>
    openForm.execute(start, { owner: context.user.id, origin: originOf(context) });
  const edit = async (context: BotContext, change: FormEdit): Promise<void> =>
    formScreens.refresh(context, await editForm.execute(change, { owner: context.user.id }));

  onButton(composer, editButton, async (context, { generation }) => {
    const form = await begin(context, { kind: 'again', generation });
    await context.answerCallbackQuery();
    await formScreens.open(context, form);
  });
  onButton(composer, openGenerateButton, async (context) => {
    const form = await begin(context, { kind: 'new' });
    await context.answerCallbackQuery();
    await formScreens.open(context, form);
  });
  onButton(composer, useAvatarButton, async (context, { avatar }) => {
    const { id: owner } = context.user;
    const { id: form } = await begin(context, { kind: 'new' });
    await context.answerCallbackQuery();
    await formScreens.open(context, await editForm.execute({ form, choices: { avatar } }, { owner }));
  });
  onButton(composer, ideaForAvatarButton, async (context, { avatar, idea }) => {
    const { id: owner, texts } = context.user;
    const { type } = await ownAvatar(database.stores, owner, avatar);
    const { prompt } = ideaAt(idea, type, texts.language);
    const { id: form } = await begin(context, { kind: 'new' });
    await context.answerCallbackQuery();
    await formScreens.open(context, await editForm.execute({ form, choices: { avatar }, prompt }, { owner }));
  });
  onButton(composer, buttons.formOpenButton, async (context, { form: id }) => {
    const form = await formOf(context.user.id, id);
    await context.answerCallbackQuery();
    await formScreens.open(context, form);
  });
  onButton(composer, buttons.formMenuButton, async (context, { form, menu }) =>
    formScreens.refresh(context, await formOf(context.user.id, form), menu),
  );
  onButton(composer, buttons.formAvatarButton, (context, { form, avatar }) =>
    edit(context, { form, choices: { avatar } }),
  );
  onButton(composer, buttons.formCompanionButton, (context, { form, avatar: companion }) =>
    edit(context, { form, choices: { companion } }),
  );
  onButton(composer, buttons.formPresetButton, (context, { form, preset }) =>
    edit(context, { form, choices: { preset } }),
  );
  onButton(composer, buttons.formRatioButton, (context, { form, ratio: aspectRatio }) =>
    edit(context, { form, choices: { aspectRatio } }),
  );
  onButton(composer, buttons.formCountButton, (context, { form, count }) =>
    edit(context, { form, choices: { count: Math.min(4, Math.max(1, count)) } }),
  );
  onButton(composer, buttons.formNewSeedButton, (context, { form }) =>
    edit(context, { form, forgetSeed: true }),
  );
  onButton(composer, buttons.formPromptButton, async (context, { form: id }) => {
    const form = await formOf(context.user.id, id);
    const screen = context.callbackQuery.message;
    if (screen === undefined) return;
    await context.answerCallbackQuery();
    await questions.ask(context, { kind: 'prompt', subject: `${form.id} ${screen.message_id}` });
  });
  onButton(composer, buttons.formIdeaButton, async (context, { form: id, idea }) => {
    const { id: owner, texts } = context.user;
    const { avatar } = await describeForm.execute(await formOf(owner, id));
    const chosen = ideaAt(idea, avatar?.type ?? 'portrait', texts.language);
    const screen = context.callbackQuery.message?.message_id;
    await questions.end(context, { kind: 'prompt', subject: `${id} ${screen}` });
    await edit(context, { form: id, prompt: chosen.prompt });
  });
  onButton(composer, buttons.formImproveButton, async (context, { form: id }) => {
    const { user } = context;
    const message = context.callbackQuery.message;
    if (message === undefined) return;
    const how = user.preferences.promptHelp === 'translate' ? 'translate' : 'enrich';
    const help = await improvePrompt.execute({ form: id, how }, { owner: user.id });
    await formScreens.refresh(context, help.form, 'main', true);
    formScreens.follow(user, help, { chat: message.chat.id, message: message.message_id });
  });
  /** Says why nothing was ordered, and shows what there is instead. */
  const reconsider = async (
    context: BotContext,
    why: 'form-avatar-gone' | 'form-picture-gone' | 'form-preset-gone' | 'form-price-changed',
    form: GenerationForm,
  ): Promise<void> => {
    await context.answerCallbackQuery({ text: context.user.texts.plain(why), show_alert: true });
    await formScreens.refresh(context, form);
  };
  /** `agreed`: the credits on the button. */
  const order = async (
    context: BotContext,
    id: string,
    isSuggested: boolean,
    { agreed, sure }: { readonly agreed?: number; readonly sure?: boolean } = {},
  ) => {
    const { id: owner, texts } = context.user;
    const message = context.callbackQuery?.message;
    const form = await formOf(owner, id);
    const origin = originOf(context);
    const asked = askedBy(form, message, isSuggested ? form.suggestion : form.prompt);
    const ordered = await attempt(() =>
      submitForm.execute(
        { id, suggested: isSuggested },
        { owner, origin: { ...origin, address: { ...origin.address, ...asked } }, agreed, sure },
      ),
    );
    if ('refused' in ordered) {
      const { refusal } = ordered.refused;
      if (refusal.code === 'price_changed')
        return reconsider(context, 'form-price-changed', await formOf(owner, id));
      if (refusal.code === 'words_doubted') {
        const prompt = isSuggested ? 'suggested' : 'own';
        return formScreens.askAboutWords(context, await formOf(owner, id), refusal.category, prompt);
      }
      if (refusal.code === 'preset_not_available' && refusal.available.length > 0) {
        const { preset } = (await describeForm.execute(await formOf(owner, id))).choices;
        const other = await editForm.execute({ form: id, choices: { preset } }, { owner });
        return reconsider(context, 'form-preset-gone', other);
      }
      const gone = refusal.code === 'not_found' ? refusal.what : null;
      if (gone === 'image') {
        const words = await editForm.execute({ form: id }, { owner, picture: null });
        return reconsider(context, 'form-picture-gone', words);
      }
      if (gone !== 'avatar') throw ordered.refused;
      const without = { form: id, choices: { avatar: null } };
      return reconsider(context, 'form-avatar-gone', await editForm.execute(without, { owner }));
    }
    await questions.endOfForm(context, id);
    await context.answerCallbackQuery({ text: texts.plain('accepted') });
    await progress.begin(ordered.value, message && { chat: message.chat.id, message: message.message_id });
  };
  onButton(composer, buttons.formOrderButton, (context, { form, prompt, credits }) =>
    order(context, form, prompt === 'suggested', { agreed: credits }),
  );
  onButton(composer, buttons.formGoOnButton, (context, { form, prompt, credits }) =>
    order(context, form, prompt === 'suggested', { agreed: credits, sure: true }),
  );
  onButton(composer, buttons.formSubmitButton, (context, { form, prompt }) =>
    order(context, form, prompt === 'suggested'),
  );
  onButton(composer, buttons.formCloseButton, async (context, { form: id }) => {
    await formOf(context.user.id, id);
    await questions.endOfForm(context, id);
    // Telegram deletes no message that is older than two days.
    const isGone = await bestEffort(() => context.deleteMessage());
    if (!isGone) await show(context, context.user.texts.html('cancel-done'));
  });
};

/** @throws DomainError `not_found` for a place that has none */
function ideaAt(place: number, ...[type, language]: Parameters<typeof promptIdeas>): PromptIdea {
  const idea = promptIdeas(type, language)[place];
  if (idea === undefined) throw new DomainError({ code: 'not_found', what: 'idea' });
  return idea;
}

/** The message that the picture will answer: the one with the prompt, else the one that opened the form. */
function askedBy(
  { origin }: GenerationForm,
  screen: MaybeInaccessibleMessage | undefined,
  prompt: string | null,
) {
  const said = screen !== undefined && 'text' in screen ? screen.reply_to_message : undefined;
  const isQuoted = prompt !== null && inOneLine(said?.text ?? '').includes(inOneLine(prompt));
  return { message: origin.address.message ?? null, quoted: isQuoted };
}

const inOneLine = (text: string): string => text.replace(/\s+/gu, ' ');
