import { type Api, InputFile } from 'grammy';
import { requestKeyOfForm } from '../../../../application/composer/submit-form.js';
import type { GenerationForm } from '../../../../application/ports/stores/form-store.js';
import type { DeliveryReport, Notification } from '../../../../application/ports/transport.js';
import type { Avatar } from '../../../../domain/avatar/avatar.js';
import { cut } from '../../../../domain/text/cut-text.js';
import { secondsAfter } from '../../../../domain/time.js';
import { isOpenTraining, type Training } from '../../../../domain/training/training.js';
import { asCaption, asMessage, type Keyboard, type Screen } from '../../replies.js';
import type { TelegramDependencies } from '../../telegram-dependencies.js';
import { delivering } from '../../telegram-errors.js';
import { Html } from '../../wording/html.js';
import { retrainPrice } from '../../wording/training-price.js';
import { type Language, languageOf, type Translator } from '../../wording/translator.js';
import type { DraftMessages } from '../drafts/draft-messages.js';
import { addressOf } from '../job-address.js';
import { jobStoryRows } from '../job-story-row.js';
import { isFinal, orInOwnChat } from '../own-chat.js';
import { fitsAsPhoto } from '../results/photo-rules.js';
import { proofKeyboard, proofText } from './proof-screens.js';
import * as screens from './training-texts.js';

export type TrainingNotification = Extract<Notification, { readonly training: unknown }>;
type Of<Kind extends TrainingNotification['kind']> = Extract<TrainingNotification, { kind: Kind }>;
type Passing = Of<'training-waits' | 'training-progress'>;

type Dependencies = Pick<
  TelegramDependencies,
  'database' | 'clock' | 'workerId' | 'policy' | 'requestTraining' | 'showProof' | 'trainingPolicy'
>;

/** Telegram counts edits as messages: no more than one in so many seconds for one training. */
const secondsBetweenEdits = 3;

/** Pictures among which those of an earlier avatar are found: a new one has its proof sheet and few more. */
const lookedAt = 50;

/** Tells how far an avatar's training is, what became of it, and shows its proof sheet. */
export class TrainingDelivery {
  constructor(
    private readonly source: string,
    private readonly api: Api,
    private readonly messages: DraftMessages,
    private readonly dependencies: Dependencies,
    private readonly textsIn: (language: Language) => Translator,
  ) {}

  /** Shows that a training was accepted, in the message of its draft. */
  async begin(training: Training): Promise<void> {
    const { database } = this.dependencies;
    const avatar = await database.stores.avatars.find(training.avatar);
    const texts = this.textsFor(training);
    const text = texts.html('training-begun', { name: avatar?.name ?? texts.plain('no-avatar-any-more') });
    // It may have ended already, and the person may know: then there is nothing to say.
    const now = await database.stores.trainings.find(training.id);
    if (now === null || !isOpenTraining(now)) return;
    await this.messages.write(training.avatar, { text, keyboard: screens.cancelKeyboard(training, texts) });
  }

  /** How it stands just now, in the message that there is. */
  show(notification: Passing): Promise<void> {
    return notification.kind === 'training-waits'
      ? this.showWaiting(notification)
      : this.showProgress(notification);
  }

  /** What became of it, in new messages. */
  async deliver(notification: Exclude<TrainingNotification, Passing>): Promise<DeliveryReport> {
    switch (notification.kind) {
      case 'avatar-ready':
        return delivering(() => this.sendReady(notification), this.takingAway(notification.training));
      case 'proof-sheet':
        return delivering(() => this.sendProof(notification));
      case 'training-ended':
        return delivering(
          () => this.sendEnd(notification),
          (isNew) => (isNew ? this.takingAway(notification.training)() : { kind: 'sent' }),
        );
      default:
        return notification satisfies never;
    }
  }

  private async showWaiting(notification: Of<'training-waits'>): Promise<void> {
    const { training, why } = notification;
    const texts = this.textsFor(training);
    const text = texts.html(why === 'no_room' ? 'training-no-room' : 'training-not-taken', {
      name: nameOf(notification, texts),
    });
    await this.writeWhileOpen(notification, { text, keyboard: screens.cancelKeyboard(training, texts) });
  }

  private async showProgress(notification: Of<'training-progress'>): Promise<void> {
    const { training } = notification;
    const { database, clock, workerId } = this.dependencies;
    const now = clock.now();
    const by = { owner: workerId, at: now };
    const turn = `${this.source}:training:${training.id}`;
    const isOurs = await database.stores.updates.claim(turn, 0, by, secondsAfter(now, -secondsBetweenEdits));
    if (!isOurs) return;
    const texts = this.textsFor(training);
    const text = screens.trainingProgressText(notification, nameOf(notification, texts), now, texts);
    const current = await database.stores.trainings.find(training.id);
    if (current?.status !== 'training') return;
    await this.writeWhileOpen(notification, { text, keyboard: screens.cancelKeyboard(training, texts) });
  }

  /** Another process may have told there meanwhile that it was called off: then that is told again. */
  private async writeWhileOpen({ training, avatar }: Passing, screen: Screen): Promise<void> {
    await this.messages.write(training.avatar, screen);
    const now = await this.dependencies.database.stores.trainings.find(training.id);
    if (now?.status !== 'cancelled') return;
    const ended = this.endOf({ kind: 'training-ended', training: now, avatar });
    await this.messages.write(training.avatar, ended);
  }

  private async sendReady(notification: Of<'avatar-ready'>): Promise<void> {
    const { training, avatar } = notification;
    const texts = this.textsFor(training);
    const isAgain = avatar !== null && screens.earlierOf(avatar).length > 0;
    const kept = avatar === null || isAgain ? null : await this.saidBefore(avatar);
    const text = Html.join([
      texts.html(isAgain ? 'training-ready-again' : 'training-ready', {
        name: nameOf(notification, texts),
      }),
      avatar !== null && !isAgain && (await this.whomPromptsDraw(avatar, texts)),
      kept !== null && texts.html('training-ready-kept', { prompt: cut(kept.prompt ?? '', 300) }),
    ]);
    await this.send(training, (chat, quiet) =>
      this.api.sendMessage(chat, text.source, {
        ...asMessage([
          ...(avatar === null ? [] : screens.readyKeyboard(avatar, texts, kept)),
          ...this.storyRows(training, texts),
        ]),
        disable_notification: quiet,
      }),
    );
  }

  private async whomPromptsDraw(avatar: Avatar, texts: Translator): Promise<Html | null> {
    if (avatar.isMain) return texts.html('training-ready-main', { name: avatar.name });
    const main = await this.dependencies.database.stores.avatars.mainOf(avatar.owner);
    return main && texts.html('training-ready-other-main', { name: main.name });
  }

  /**
   * What its owner asked for when there was no avatar yet, and was not made since. Words for an avatar that they had
   * before are old: they were written before its pictures, or for it.
   */
  private async saidBefore({ owner, id }: Avatar): Promise<GenerationForm | null> {
    const { avatars, forms, generations } = this.dependencies.database.stores;
    const all = await avatars.list(owner);
    const isFirst = all.every((other) => other.id === id || other.status !== 'ready');
    const said = isFirst ? await forms.lastSaid(owner) : null;
    if (said === null || (said.choices.avatar !== null && said.choices.avatar !== id)) return null;
    if ((await generations.findByRequestKey(requestKeyOfForm(said.id))) !== null) return null;
    const made = await generations.list({ owner, limit: lookedAt });
    return made.some(({ avatar, createdAt }) => avatar !== id && createdAt >= said.createdAt) ? null : said;
  }

  /** The message that showed the progress is deleted once the hand-over is stored. */
  private takingAway({ owner, avatar }: Training): () => DeliveryReport {
    return () => ({ kind: 'sent', tidyUp: () => this.messages.remove({ owner, avatar }) });
  }

  private async sendProof(notification: Of<'proof-sheet'>): Promise<void> {
    const { training, sheet, avatar } = notification;
    if (avatar === null) return;
    const texts = this.textsFor(training);
    const { requestTraining, showProof, trainingPolicy } = this.dependencies;
    const { isFree } = await requestTraining.quote({ avatar: avatar.id }, { owner: training.owner });
    const price = retrainPrice(isFree, trainingPolicy.prices, avatar.type, texts);
    const { picture, hasOriginal } = await showProof.sheet(sheet);
    const file = new InputFile(picture, 'proof.jpg');
    const text = proofText(sheet, { name: avatar.name, price, hasOriginal }, texts);
    const extra = (quiet: boolean) => ({
      ...asCaption(text, proofKeyboard(training, sheet, avatar, texts)),
      disable_notification: quiet,
    });
    const asDocument = (chat: number, quiet: boolean) =>
      this.api.sendDocument(chat, file, extra(quiet)).then(() => undefined);
    await this.send(training, async (chat, quiet) => {
      if (!fitsAsPhoto(sheet.image)) return asDocument(chat, quiet);
      try {
        await this.api.sendPhoto(chat, file, extra(quiet));
      } catch (error) {
        if (!isFinal(error)) throw error;
        await asDocument(chat, quiet);
      }
    });
  }

  /** True when it is a new message. */
  private async sendEnd(notification: Of<'training-ended'>): Promise<boolean> {
    const { training } = notification;
    const screen = this.endOf(notification);
    // Whoever cancels looks at this message. A failure comes unexpectedly, so it gets a new message at the end of the
    // chat.
    if (training.status === 'cancelled' && (await this.messages.write(training.avatar, screen))) return false;
    await this.send(training, (chat, quiet) =>
      this.api.sendMessage(chat, screen.text.source, {
        ...asMessage(screen.keyboard),
        disable_notification: quiet,
      }),
    );
    return true;
  }

  private endOf(notification: Of<'training-ended'>): Screen {
    const texts = this.textsFor(notification.training);
    return {
      text: screens.trainingEndText(notification, nameOf(notification, texts), texts),
      keyboard: [
        ...screens.trainingEndKeyboard(notification, texts),
        ...this.storyRows(notification.training, texts),
      ],
    };
  }

  private async send(
    { origin, owner }: Training,
    send: (chat: number, quiet: boolean) => Promise<unknown>,
  ): Promise<void> {
    await orInOwnChat(addressOf(origin), owner, ({ chat, quiet }) => send(chat, quiet));
  }

  private storyRows(training: Training, texts: Translator): Keyboard {
    const job = { kind: 'training', id: training.id } as const;
    return jobStoryRows(job, training, texts, this.dependencies.policy.admins);
  }

  private textsFor({ origin }: Training): Translator {
    const { language } = origin.address;
    return this.textsIn(languageOf(typeof language === 'string' ? language : null));
  }
}

const nameOf = ({ avatar }: TrainingNotification, texts: Translator): string =>
  avatar?.name ?? texts.plain('no-avatar-any-more');
