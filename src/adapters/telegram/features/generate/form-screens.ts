import type { Message } from 'grammy/types';
import type { Assistance } from '../../../../application/composer/assistance.js';
import { attempt } from '../../../../application/input/deferred-refusal.js';
import type { GenerationForm } from '../../../../application/ports/stores/form-store.js';
import { DomainError } from '../../../../domain/errors.js';
import type { WordCategory } from '../../../../domain/text/word-lists.js';
import type { BotContext, BotUser } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import type { FormMenu } from '../../buttons/form-buttons.js';
import { originOf } from '../../middleware/one-tap.js';
import { answering, asMessage, type MessagePlace, rewrite, say, show } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { refusalText } from '../../wording/refusal-texts.js';
import { formScreen, orderQuestion, wordsQuestion } from './form-texts.js';
import { readPrompt } from './prompt-options.js';
import { UnpaidPrompts } from './unpaid-prompts.js';

/** The guided screen in a chat, in a new message or in the tapped one. */
export class FormScreens {
  constructor(private readonly services: BotServices) {}

  /**
   * Sends the screen in a new message. If there is no prompt yet, the next text in this chat is taken for it. `how`:
   * the help that the prompt gets.
   * @throws DomainError `no_avatar` when there is nobody to make pictures of
   */
  async open(context: BotContext, form: GenerationForm, how?: 'translate' | 'enrich'): Promise<void> {
    const { id: owner } = context.user;
    // What was said stays in the form, and is offered when there is an avatar.
    if ((await this.services.describeForm.execute(form)).avatar === null)
      throw new DomainError({ code: 'no_avatar' });
    const help =
      how === undefined
        ? null
        : await attempt(() => this.services.improvePrompt.execute({ form: form.id, how }, { owner }));
    const isBusy = help !== null && 'value' in help;
    const { text, keyboard } = await this.screen(form, 'main', context.user, isBusy);
    const sent = await say(context, text, keyboard);
    const place = { chat: sent.chat.id, message: sent.message_id };
    if (form.prompt === null) await this.expectPrompt(context.user, place, form);
    else await new UnpaidPrompts(this.services).remember(context, { form: form.id, screen: sent.message_id });
    if (help === null) return;
    if ('value' in help) this.follow(context.user, help.value, place);
    // If there is no help, the person's own words are used.
    else await say(context, refusalText(help.refused.refusal, context.user.texts));
  }

  /** Asks about a request before it is charged, as an answer to the text that it was made of. */
  async ask(
    context: BotContext,
    { form, doubt }: { readonly form: GenerationForm; readonly doubt: WordCategory | null },
    said: Message,
  ): Promise<void> {
    const unpaid = new UnpaidPrompts(this.services);
    const { texts, preferences } = context.user;
    const { confirmFirstOrders } = this.services.policy;
    const first = preferences.confirmOrders === null ? confirmFirstOrders : null;
    const description = await this.services.describeForm.execute(form);
    const { text, keyboard } =
      doubt === null
        ? orderQuestion(description, first, texts)
        : wordsQuestion(description, doubt, 'own', texts);
    const sent = await context.reply(text.source, { ...asMessage(keyboard), ...answering(said.message_id) });
    await unpaid.remember(context, { form: form.id, screen: sent.message_id });
  }

  /** Asks about the words in the message whose button was tapped. */
  async askAboutWords(
    context: BotContext,
    form: GenerationForm,
    doubt: WordCategory,
    prompt: 'own' | 'suggested',
  ): Promise<void> {
    const description = await this.services.describeForm.execute(form);
    const { text, keyboard } = wordsQuestion(description, doubt, prompt, context.user.texts);
    await show(context, text, keyboard);
  }

  /** The screen in the message whose button was tapped. */
  async refresh(
    context: BotContext,
    form: GenerationForm,
    menu: FormMenu = 'main',
    isBusy = false,
  ): Promise<void> {
    const { text, keyboard } = await this.screen(form, menu, context.user, isBusy);
    await show(context, text, keyboard);
  }

  /** The next text of this person in the chat of the screen is the prompt of this form. */
  private async expectPrompt(
    { id: owner }: BotUser,
    screen: MessagePlace,
    form: GenerationForm,
  ): Promise<void> {
    const { database, clock, api } = this.services;
    const { pendingReplies, forms } = database.stores;
    const chat = String(screen.chat);
    const before = (await pendingReplies.list(owner, chat)).find(({ kind }) => kind === 'prompt');
    const reply = { owner, chat, kind: 'prompt', subject: `${form.id} ${screen.message}` } as const;
    await pendingReplies.expect(reply, clock.now());
    const [earlier = '', asking] = before?.subject.split(' ') ?? [];
    // Two empty screens would both ask for the next text.
    if (asking === undefined || earlier === form.id) return;
    if ((await forms.findOwned(owner, earlier))?.prompt === null)
      await bestEffort(() => api.deleteMessage(screen.chat, Number(asking)));
  }

  /** Sends the screen again below the prompt, with the options in it, and deletes the one that asked for it. */
  async answer(context: BotContext, subject: string, text: string): Promise<void> {
    const [id = '', asking] = subject.split(' ');
    const { problems, ...typed } = readPrompt(text);
    const by = { owner: context.user.id, origin: originOf(context), problems };
    await this.open(context, await this.services.fillForm.execute({ form: id, ...typed }, by));
    const chat = context.chat?.id;
    if (asking !== undefined && chat !== undefined)
      await bestEffort(() => context.api.deleteMessage(chat, Number(asking)));
  }

  /** Gets the help, and shows the result in the message that waits for it. */
  follow(user: BotUser, { begin }: Assistance, place: MessagePlace): void {
    const { background, api } = this.services;
    background.start('help with a prompt', async (signal) => {
      const form = await begin(signal);
      // Without a prompt there is nothing to approve, so the screen asks for one.
      if (form.prompt === null) await this.expectPrompt(user, place, form);
      await rewrite(api, place, await this.screen(form, 'main', user));
    });
  }

  private async screen(form: GenerationForm, menu: FormMenu, { texts }: BotUser, isBusy = false) {
    const description = await this.services.describeForm.execute(form);
    return formScreen(description, menu, texts, isBusy);
  }
}
