import { useAllowance } from '../../../../application/policy/allowance.js';
import { NoAssistance } from '../../../../application/ports/prompt-assistant.js';
import type { GenerationForm } from '../../../../application/ports/stores/form-store.js';
import { DomainError, type Refusal } from '../../../../domain/errors.js';
import { isPresetName } from '../../../../domain/generation/preset.js';
import type { BotContext, BotUser } from '../../bot-context.js';
import type { BotServices } from '../../bot-services.js';
import type { FormMenu } from '../../buttons/form-buttons.js';
import { originOf } from '../../middleware/one-tap.js';
import { asMessage, say, show } from '../../replies.js';
import { bestEffort } from '../../telegram-errors.js';
import { refusalText } from '../../wording/refusal-texts.js';
import { checkTypedRequest, typedAvatar } from './check-typed-request.js';
import { formScreen } from './form-texts.js';
import { readPrompt, type TypedRequest } from './prompt-options.js';
import { UnpaidPrompts } from './unpaid-prompts.js';

/** For so long the language model may take. The person may go on without it at any time. */
const assistanceMilliseconds = 45_000;

interface Place {
  readonly chat: number;
  readonly message: number;
}

/** The guided screen in a chat: shown anew or in the message that was tapped. */
export class FormScreens {
  constructor(private readonly services: BotServices) {}

  /** A new message with the screen. Without words yet, the next text in this chat is taken for them. */
  async open(
    context: BotContext,
    form: GenerationForm,
    options: { improve?: 'translate' | 'enrich' } = {},
  ): Promise<void> {
    const refusal = options.improve === undefined ? null : await this.refusalOfHelp(context.user);
    const isBusy =
      options.improve !== undefined && refusal === null && this.services.promptAssistant !== null;
    const { text, keyboard } = await this.screen(form, 'main', context.user, isBusy);
    const sent = await say(context, text, keyboard);
    if (form.prompt === null) await this.expectPrompt(context, form, sent.message_id);
    else await new UnpaidPrompts(this.services).remember(context, { form: form.id, screen: sent.message_id });
    // Without help the person's own words are as good.
    if (refusal !== null) await say(context, refusalText(refusal, context.user.texts));
    else if (options.improve !== undefined)
      this.improve(context.user, form, options.improve, { chat: sent.chat.id, message: sent.message_id });
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

  /** The next text of this person in this chat is the prompt of this form, whose screen `message` is. */
  expectPrompt(context: BotContext, form: Pick<GenerationForm, 'id'>, message: number): Promise<void> {
    const chat = context.chat?.id ?? Number(context.user.id);
    return this.expectPromptIn(context.user, { chat, message }, form);
  }

  private async expectPromptIn(
    { id: owner }: BotUser,
    place: Place,
    form: Pick<GenerationForm, 'id'>,
  ): Promise<void> {
    const { database, clock } = this.services;
    const chat = String(place.chat);
    const subject = `${form.id} ${place.message}`;
    await database.stores.pendingReplies.expect({ owner, chat, kind: 'prompt', subject }, clock.now());
  }

  /** The screen again under the words that were asked for, with the options in them; the one that asked goes. */
  async answer(context: BotContext, subject: string, text: string): Promise<void> {
    const [id = '', asking] = subject.split(' ');
    await this.open(context, await this.fill(context, id, readPrompt(text)));
    const chat = context.chat?.id;
    if (asking !== undefined && chat !== undefined)
      await bestEffort(() => context.api.deleteMessage(chat, Number(asking)));
  }

  /** From now on the picture answers these words. */
  private async fill(context: BotContext, id: string, typed: TypedRequest): Promise<GenerationForm> {
    const { editForm, database } = this.services;
    const { stores } = database;
    const { id: owner } = context.user;
    const { prompt, preset } = typed;
    const { aspectRatio, count, ...overrides } = typed.overrides;
    const hasOptions = preset !== undefined || typed.avatar !== undefined || typed.problems.length > 0;
    if (hasOptions || Object.keys(typed.overrides).length > 0) {
      const form = await stores.forms.findOwned(owner, id);
      const whole = {
        ...typed,
        avatar: typed.avatar ?? form?.choices.avatar ?? undefined,
        preset: preset ?? form?.choices.preset,
      };
      await checkTypedRequest(stores, owner, whole, this.services.clock.now());
    }
    const avatar = (await typedAvatar(stores, owner, typed))?.id;
    const choices = {
      ...(avatar === undefined ? {} : { avatar }),
      ...(isPresetName(preset) ? { preset } : {}),
      ...(aspectRatio === undefined ? {} : { aspectRatio }),
      ...(count === undefined ? {} : { count }),
    };
    const change = { prompt, suggestion: null, ...(Object.keys(choices).length > 0 ? { choices } : {}) };
    const changed = await editForm.execute(owner, id, change);
    const filled = {
      ...changed,
      overrides: { ...changed.overrides, ...overrides },
      origin: originOf(context),
    };
    await stores.forms.save(filled);
    return filled;
  }

  /** Counts one help with a prompt. @throws DomainError `allowance_spent` */
  allowHelp({ id: owner }: BotUser): Promise<void> {
    const { database, policy, clock } = this.services;
    return useAllowance(database.stores, policy, { owner, kind: 'prompt_help' }, clock.now());
  }

  private async refusalOfHelp(user: BotUser): Promise<Refusal | null> {
    try {
      await this.allowHelp(user);
      return null;
    } catch (error) {
      if (error instanceof DomainError) return error.refusal;
      throw error;
    }
  }

  /** Asks the assistant and shows its answer for approval. If it fails, the person's own words are as good. */
  improve(user: BotUser, form: GenerationForm, how: 'translate' | 'enrich', place: Place): void {
    const { promptAssistant: assistant } = this.services;
    const { prompt } = form;
    if (assistant === null || prompt === null) return;
    this.services.background.start('help with a prompt', (signal) =>
      this.conclude(user, form, place, () => assistant.improve(prompt, how, withPatience(signal))),
    );
  }

  /** Puts what `help` finds into the form and shows it in the message that waits for it. */
  async conclude(
    user: BotUser,
    form: GenerationForm,
    place: Place,
    help: () => Promise<string>,
  ): Promise<void> {
    const { editForm, api, log } = this.services;
    let suggestion: string | null = null;
    try {
      suggestion = await help();
    } catch (error) {
      if (!(error instanceof NoAssistance)) throw error;
      log.warn('no help with a prompt', { error });
    }
    const isSame = suggestion === null || suggestion === form.prompt;
    const change =
      form.prompt === null && suggestion !== null
        ? { prompt: suggestion }
        : { suggestion: isSame ? null : suggestion };
    const next = await editForm.execute(user.id, form.id, change);
    // Without words there is nothing to approve: the screen asks for them.
    if (next.prompt === null) await this.expectPromptIn(user, place, next);
    const { text, keyboard } = await this.screen(next, 'main', user);
    await bestEffort(() => api.editMessageText(place.chat, place.message, text.source, asMessage(keyboard)));
  }

  private async screen(form: GenerationForm, menu: FormMenu, { texts }: BotUser, isBusy = false) {
    const description = await this.services.describeForm.execute(form);
    return formScreen(description, menu, texts, {
      canImprove: this.services.promptAssistant !== null,
      isBusy,
    });
  }
}

export const withPatience = (signal: AbortSignal): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(assistanceMilliseconds)]);
