import type { Document, Invoice, MessageEntity, PhotoSize } from 'grammy/types';
import type { ChatMessage, ReplyKeyboard } from '../state/message-store.js';

/** One button under a message, as a person sees it. */
export interface ButtonView {
  readonly text: string;
  /** Callback data, when a tap sends any. */
  readonly data?: string;
  readonly url?: string;
  readonly pay?: boolean;
  /** Put there by Telegram, not by the bot: clients say it in their own language. */
  readonly isStandard?: boolean;
  readonly copies?: string;
  /** Greyed out: a tap does nothing. */
  readonly isDisabled?: true;
  readonly style?: 'danger' | 'success' | 'primary';
  /** Starts an inline query; `here` in this chat. */
  readonly inlineQuery?: { readonly query: string; readonly here: boolean };
}

interface Money {
  readonly amount: number;
  readonly currency: string;
  /** Of the invoice; missing for payments of an older version. */
  readonly title?: string;
}

/** What happened when nobody wrote. */
export type Happening =
  | (Money & {
      readonly kind: 'paid';
      readonly chargeId: string;
      /** Of a subscription: when it is paid again, in seconds since 1970, and whether it began here. */
      readonly until?: number;
      readonly isFirst?: boolean;
    })
  | (Money & { readonly kind: 'refunded' })
  | { readonly kind: 'pinned' }
  /** People were chosen for the bot, by their ids. */
  | { readonly kind: 'shared'; readonly people: readonly number[] };

/** A message as a person sees it, for tests and for the web chat. */
export interface MessageView {
  readonly id: number;
  readonly chatId: number;
  /** User id of the sender: the bot's or a person's. */
  readonly from: number;
  /** Seconds since 1970. */
  readonly date: number;
  readonly text?: string;
  readonly entities: readonly MessageEntity[];
  readonly caption?: string;
  readonly captionEntities: readonly MessageEntity[];
  /** It stands over the photo. */
  readonly isCaptionAbove?: true;
  /** Smallest first. */
  readonly photo?: readonly PhotoSize[];
  /** Shown only after a tap. */
  readonly isCovered?: true;
  /** It can be neither forwarded nor saved. */
  readonly isProtected?: true;
  readonly document?: Document;
  readonly albumId?: string;
  readonly invoice?: Invoice;
  /** Charge id with which its invoice was paid: its button shows the receipt. */
  readonly receipt?: string;
  /** What else it is, when it is neither text, photo, file nor invoice: e.g. `location`, `sticker`. */
  readonly other?: string;
  /** Sentence about something that happened: a payment, a pin. */
  readonly service?: string;
  /** The same as data, for clients that say it in their own language. */
  readonly happened?: Happening;
  readonly viaBot?: boolean;
  readonly forwardedFrom?: string;
  readonly replyTo?: number;
  /** The part that it answers, word for word; missing when it is the whole message. */
  readonly quote?: string;
  /** Of the bot, one at most. */
  readonly reactions?: readonly string[];
  /** Of people, by their ids. */
  readonly personReactions?: Readonly<Record<string, string>>;
  /** Inline keyboard, row by row; empty when there is none. */
  readonly buttons: readonly (readonly ButtonView[])[];
  readonly replyKeyboard?: ReplyKeyboard;
  /** How often it was edited, keyboards included. */
  readonly edits: number;
  /** Shown as "edited": more than the keyboard changed. */
  readonly isEdited: boolean;
}

const otherKinds = [
  'location',
  'sticker',
  'contact',
  'voice',
  'video',
  'video_note',
  'audio',
  'animation',
  'poll',
  'dice',
] as const satisfies (keyof ChatMessage['message'])[];

export function viewOf(stored: ChatMessage): MessageView {
  const { message, chatId, replyKeyboard, edits } = stored;
  const happened = happening(stored);
  const given = {
    text: message.text,
    caption: message.caption,
    isCaptionAbove: message.show_caption_above_media,
    photo: message.photo,
    isCovered: message.has_media_spoiler,
    isProtected: message.has_protected_content,
    document: message.document,
    albumId: message.media_group_id,
    invoice: message.invoice,
    receipt: stored.receipt,
    service: happened && serviceText(happened),
    happened,
    other: otherKinds.find((kind) => message[kind] !== undefined),
    viaBot: message.via_bot === undefined ? undefined : true,
    forwardedFrom: forwardedFrom(stored),
    replyTo: message.reply_to_message?.message_id,
    quote: message.quote?.text,
    reactions: stored.reactions,
    personReactions: stored.personReactions,
    replyKeyboard,
  };
  return {
    id: message.message_id,
    chatId,
    from: message.from?.id ?? 0,
    date: message.date,
    entities: message.entities ?? [],
    captionEntities: message.caption_entities ?? [],
    buttons: buttonsOf(stored),
    edits,
    isEdited: stored.rewritten ?? false,
    ...withoutMissing(given),
  };
}

type Present<Given> = { [Key in keyof Given]?: Exclude<Given[Key], undefined> };

/** Leaves out what is undefined. */
const withoutMissing = <Given extends object>(given: Given): Present<Given> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<Given>;

function buttonsOf(stored: ChatMessage): ButtonView[][] {
  const { reply_markup, invoice } = stored.message;
  const rows = (reply_markup?.inline_keyboard ?? []).map((row) => row.map(buttonView));
  if (invoice === undefined) return rows;
  const [[first = standardButton(stored, invoice), ...beside] = [], ...below] = rows;
  if (stored.receipt === undefined) return [[first, ...beside], ...below];
  return [[{ text: 'Receipt', pay: true, isStandard: true }, ...beside], ...below];
}

/** Telegram puts it under every invoice that has no button. */
function standardButton({ message }: ChatMessage, invoice: Invoice): ButtonView {
  const text = `Pay ${invoice.total_amount} ${invoice.currency === 'XTR' ? '⭐' : invoice.currency}`;
  const origin = message.forward_origin;
  if (origin?.type !== 'user' || invoice.start_parameter === '') return { text, pay: true, isStandard: true };
  const url = `https://t.me/${origin.sender_user.username}?start=${invoice.start_parameter}`;
  return { text, url, isStandard: true };
}

type Button = NonNullable<ChatMessage['message']['reply_markup']>['inline_keyboard'][0][0];

/** As a person sees it: what it does, and its colour. */
function buttonView(button: Button): ButtonView {
  return { ...(button.style === undefined ? {} : { style: button.style }), ...actionOf(button) };
}

function actionOf(button: Button): ButtonView {
  const { text } = button;
  if ('callback_data' in button) return { text, data: button.callback_data };
  if ('url' in button) return { text, url: button.url };
  // Clients draw a Star for either.
  if ('pay' in button) return { text: text.replaceAll('XTR', '⭐'), pay: true };
  if ('disabled' in button) return { text, isDisabled: true };
  if ('copy_text' in button) return { text, copies: button.copy_text.text };
  if ('switch_inline_query_current_chat' in button) {
    return { text, inlineQuery: { query: button.switch_inline_query_current_chat, here: true } };
  }
  if ('switch_inline_query' in button) {
    return { text, inlineQuery: { query: button.switch_inline_query, here: false } };
  }
  return { text };
}

function happening({ message, invoiceTerms }: ChatMessage): Happening | undefined {
  const { successful_payment: paid, refunded_payment: refunded, users_shared: shared } = message;
  const title = invoiceTerms === undefined ? {} : { title: invoiceTerms.title };
  if (paid !== undefined) {
    const { total_amount: amount, currency, subscription_expiration_date: until } = paid;
    const subscription = until === undefined ? {} : { until, isFirst: paid.is_first_recurring ?? false };
    const chargeId = paid.telegram_payment_charge_id;
    return { kind: 'paid', amount, currency, chargeId, ...title, ...subscription };
  }
  if (refunded !== undefined)
    return { kind: 'refunded', amount: refunded.total_amount, currency: refunded.currency, ...title };
  if (shared !== undefined) return { kind: 'shared', people: shared.users.map(({ user_id }) => user_id) };
  return message.pinned_message === undefined ? undefined : { kind: 'pinned' };
}

function serviceText(happened: Happening): string {
  switch (happened.kind) {
    case 'paid':
      return `Payment of ${happened.amount} ${happened.currency === 'XTR' ? 'Stars' : happened.currency} received`;
    case 'refunded':
      return `${happened.amount} Stars were refunded`;
    case 'pinned':
      return 'Message pinned';
    case 'shared':
      return `Shared with the bot: ${happened.people.join(', ')}`;
    default:
      return happened satisfies never;
  }
}

function forwardedFrom({ message: { forward_origin: origin } }: ChatMessage): string | undefined {
  if (origin === undefined) return undefined;
  return origin.type === 'user' ? origin.sender_user.first_name : 'someone';
}
