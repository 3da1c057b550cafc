import { checkPrompt } from '../../../../domain/generation/prompt.js';
import type { Feature } from '../../bot-services.js';
import { onButton } from '../../buttons/on-button.js';
import { chooseInsteadButton } from '../../buttons/way-out-buttons.js';
import { wordsTo } from '../../middleware/addressed.js';
import { originOf } from '../../middleware/one-tap.js';
import { FormScreens } from './form-screens.js';
import { readPrompt } from './prompt-options.js';

/** Words that were refused, once more in the guided screen: with what works, and the price on its button. */
export const chooseInsteadFeature: Feature = (composer, services) => {
  const { openForm, editForm } = services;
  const formScreens = new FormScreens(services);

  onButton(composer, chooseInsteadButton, async (context, { preset, avatar }) => {
    const { id: owner } = context.user;
    const said = context.callbackQuery.message?.reply_to_message;
    const isTheirs = said?.from?.id === context.from.id;
    const words = isTheirs ? readPrompt(wordsTo(context, said)).prompt : '';
    const prompt = checkPrompt(words).length === 0 ? words : null;
    const by = { owner, origin: originOf(context, isTheirs ? said : undefined) };
    const form = await openForm.execute({ kind: 'new', prompt }, by);
    const choices = { ...(preset === null ? {} : { preset }), ...(avatar === null ? {} : { avatar }) };
    const isChosen = Object.keys(choices).length > 0;
    await context.answerCallbackQuery();
    await formScreens.open(
      context,
      isChosen ? await editForm.execute({ form: form.id, choices }, { owner }) : form,
    );
  });
};
