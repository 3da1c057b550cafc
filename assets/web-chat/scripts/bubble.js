import { avatar, colorOf, nameOf } from './avatar.js';
import { element, iconButton } from './element.js';
import { renderText } from './entities.js';
import { serviceOf, timeOf } from './format.js';
import { icon } from './icons.js';
import { renderInlineKeyboard } from './inline-keyboard.js';
import { linkActions } from './links.js';
import { renderMedia } from './media.js';
import { openMessageMenu } from './message-menu.js';
import { renderReactions } from './reactions.js';
import { openReceipt } from './receipt.js';

/** One message, or an album, as a bubble. `old` is what stood there before an edit. */
export function renderBlock(block, context, list, old) {
  const { messages, isOwn, isService, isFirst, isLast } = block;
  const [first] = messages;
  const { words } = context;
  if (isService) {
    return element('div', { class: 'service', 'data-message': first.id }, renderService(first, context));
  }
  const media = renderMedia(messages, context, old);
  const said = messages.find(({ text, caption }) => text !== undefined || caption !== undefined);
  const meta = renderMeta(messages.at(-1), isOwn, said, context);
  const text = said === undefined ? undefined : renderSaid(said, context, meta);
  const isBare =
    media?.isPicture && text === undefined && block.quoted === undefined && block.sender === undefined;
  const bubble = element(
    'div',
    {
      class: `bubble ${media?.class ?? ''} ${isBare ? 'is-bare' : ''} ${text?.dataset.emoji ? 'is-emoji' : ''}`,
    },
    block.sender === undefined || !isFirst
      ? undefined
      : element('div', { class: `sender text-${colorOf(first.from)}` }, block.sender),
    first.forwardedFrom === undefined
      ? undefined
      : element(
          'div',
          { class: 'forwarded' },
          `${words.forwardedFrom} `,
          element('strong', {}, first.forwardedFrom),
        ),
    first.viaBot
      ? element(
          'div',
          { class: 'forwarded' },
          `${words.via} `,
          element('strong', {}, words.queryOf(nameOf(first.from, words))),
        )
      : undefined,
    renderQuote(first, block.quoted, list),
    ...(said?.isCaptionAbove ? [text, media?.node] : [media?.node, text]),
    first.other === undefined ? undefined : element('div', { class: 'text' }, `[${first.other}]`),
    text === undefined ? meta : undefined,
  );
  const row = element(
    'div',
    { class: 'bubble-row' },
    context.isGroup && !isOwn
      ? element(
          'div',
          { class: 'bubble-avatar' },
          isLast ? avatar(first.from, nameOf(first.from, words)) : undefined,
        )
      : undefined,
    bubble,
    moreButton(first, isOwn, context),
  );
  const article = element(
    'article',
    {
      class: `message ${isOwn ? 'is-own' : 'is-other'} ${isFirst ? 'is-first' : ''} ${isLast ? 'is-last' : ''} ${first.buttons.length > 0 ? 'has-keyboard' : ''}`,
      'data-message': first.id,
      'data-key': `message-${first.id}`,
    },
    row,
    renderInlineKeyboard(first, context),
  );
  if (media?.width !== undefined) article.style.setProperty('--media-width', `${media.width}px`);
  bubble.addEventListener('contextmenu', (event) => {
    if (getSelection()?.toString()) return;
    event.preventDefault();
    openMessageMenu(bubble, first, isOwn, context, { x: event.clientX, y: event.clientY });
  });
  bubble.addEventListener('dblclick', (event) => {
    if (!event.target.closest('button, a')) context.reply(first);
  });
  return article;
}

/** A sentence; the one about a payment opens its receipt. */
function renderService(message, context) {
  const { happened } = message;
  const said = serviceOf(message, context.words);
  if (happened.kind !== 'paid' || message.from !== context.conversation.personId)
    return element('span', {}, said);
  return element(
    'button',
    { type: 'button', class: 'service-receipt', onclick: () => openReceipt(happened.chargeId, context) },
    element('span', {}, said),
    element('strong', {}, context.words.receipt),
  );
}

/** The time stands at the end of the last line, where it fits. */
function renderSaid(message, context, meta) {
  const text = message.text ?? message.caption;
  const entities = message.text === undefined ? message.captionEntities : message.entities;
  const emoji = message.text !== undefined && entities.length === 0 ? emojiCount(text) : 0;
  return element(
    'div',
    { class: 'text', dir: 'auto', 'data-emoji': emoji > 0 ? emoji : undefined },
    renderText(text, entities, linkActions(context), context.words),
    meta,
  );
}

/** 1-3 when a text is nothing but that many emoji, which are shown large. */
function emojiCount(text) {
  const signs = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  const isEmoji = (sign) => /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(sign);
  return signs.length <= 3 && signs.every(isEmoji) ? signs.length : 0;
}

function renderQuote({ replyTo, quote }, quoted, list) {
  if (quoted === undefined) return undefined;
  return element(
    'button',
    { type: 'button', class: 'quote', onclick: () => list.goTo(replyTo) },
    quoted.photo === undefined
      ? undefined
      : element('img', { class: 'quote-photo', src: `api/files/${quoted.photo}`, alt: '' }),
    element(
      'span',
      { class: 'quote-lines' },
      element('strong', {}, quoted.name),
      element('span', {}, quote ?? quoted.text),
    ),
  );
}

function renderMeta(message, isOwn, said, context) {
  const { words } = context;
  const isEdited = message.isEdited || said?.isEdited;
  return element(
    'span',
    { class: 'meta' },
    ...renderReactions(message, context),
    isEdited ? element('span', { class: 'edited' }, `${words.edited} `) : undefined,
    element('time', {}, timeOf(message.date)),
    isOwn ? icon('checks') : undefined,
  );
}

const moreButton = (message, isOwn, context) =>
  iconButton(
    icon('more'),
    context.words.messageMenu,
    (event) => openMessageMenu(event.currentTarget, message, isOwn, context),
    {
      class: 'message-more',
      'data-focus': 'more',
    },
  );
