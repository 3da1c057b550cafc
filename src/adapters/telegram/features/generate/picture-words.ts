import type { Message } from 'grammy/types';
import type { Generation } from '../../../../domain/generation/generation.js';
import { withWords } from '../../../../domain/generation/prompt.js';
import { type GenerationId, generationId } from '../../../../domain/ids.js';
import { jobInKey } from '../../../../domain/stored-image.js';
import { cut } from '../../../../domain/text/cut-text.js';
import type { BotContext } from '../../bot-context.js';
import type { BotServices, Feature } from '../../bot-services.js';
import { valuesIn } from '../../buttons/button-kind.js';
import { onButton } from '../../buttons/on-button.js';
import { editPictureButton } from '../../buttons/question-buttons.js';
import { textTo, wordsTo } from '../../middleware/addressed.js';
import { oncePerTap, originOf } from '../../middleware/one-tap.js';
import { bestEffort } from '../../telegram-errors.js';
import { Offers, smallTalkOf } from '../offers.js';
import { Questions } from '../questions.js';
import { FormScreens } from './form-screens.js';
import { readPrompt } from './prompt-options.js';

/** Words that answer a picture are to change it: they go into its prompt, and nothing is ordered by them alone. */
export const pictureWordsFeature: Feature = (composer, services) => {
  const { openForm, fillForm } = services;
  const offers = new Offers(services);
  const questions = new Questions(services);
  const formScreens = new FormScreens(services);

  composer.on('message:text', async (context, next) => {
    const { message } = context;
    const answered = message.reply_to_message;
    if (message.text.startsWith('/') || answered?.from?.id !== context.me.id) return next();
    const job = await jobOf(services, context, answered);
    const isPicture = answered.photo !== undefined || answered.document !== undefined;
    if (job === null && (!isPicture || (await questions.open(context)) !== null)) return next();
    const smallTalk = smallTalkOf(textTo(context));
    if (smallTalk !== null && smallTalk !== 'change')
      return offers.answerSmallTalk(context, message, smallTalk);
    const { texts } = context.user;
    const alone = await offers.payRows(context, message, 'button-words-alone');
    if (job === null) return offers.say(context, message, texts.html('picture-not-yours'), alone);
    const prompt = cut(withWords(job.prompt, readPrompt(textTo(context)).prompt), 1500);
    const edit = editPictureButton.button(texts.plain('button-edit-picture'), { generation: job.id });
    await offers.say(context, message, texts.html('picture-words', { prompt }), [[edit], ...alone]);
  });
  onButton(composer, editPictureButton, (context, { generation }) =>
    oncePerTap(services, context, async () => {
      const said = offers.saidTo(context);
      const { id: owner } = context.user;
      const by = { owner, origin: originOf(context, said) };
      const form = await openForm.execute({ kind: 'again', generation }, by);
      const { problems, ...typed } = readPrompt(wordsTo(context, said));
      const words = { ...typed, prompt: withWords(form.prompt ?? '', typed.prompt) };
      await formScreens.open(
        context,
        await fillForm.execute({ form: form.id, ...words }, { ...by, problems }),
      );
      await bestEffort(() => context.deleteMessage());
    }),
  );
};

/**
 * The job that a message of ours shows, if it is theirs: the one that its buttons name, or that brought the picture
 * which was sent there. Of an enlarged picture the one that it was made from. `null` for a screen of several.
 */
async function jobOf(
  { database, source }: BotServices,
  context: BotContext,
  { chat, message_id: message, reply_markup: markup }: NonNullable<Message['reply_to_message']>,
): Promise<Generation | null> {
  const { gallery, generations, sentFiles } = database.stores;
  const { id: owner } = context.user;
  const named = (markup?.inline_keyboard ?? [])
    .flat()
    .map((button) => ('callback_data' in button ? valuesIn(button.callback_data) : null));
  const all = (name: 'generation' | 'image') =>
    named.map((values) => values?.[name]).filter((value) => typeof value === 'string');
  const sent = named.length > 0 ? null : await sentFiles.imageAt(source, { chat: chat.id, message });
  const shown = await gallery.some(owner, [...new Set([...all('image'), ...(sent === null ? [] : [sent])])]);
  const [id, ...others] = new Set([...all('generation'), ...shown.map(({ generation }) => generation)]);
  if (id === undefined || others.length > 0) return null;
  return original(generationId(id));

  async function original(which: GenerationId): Promise<Generation | null> {
    const job = await generations.findOwned(owner, which);
    if (job === null || job.preset !== null) return job;
    const enlarged = 'source' in job.order ? jobInKey(job.order.source) : null;
    return enlarged === null ? null : original(generationId(enlarged));
  }
}
