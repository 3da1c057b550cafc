import { element } from './element.js';
import { icon } from './icons.js';

/**
 * Text with its entities as elements. Offsets count UTF-16 units, as JavaScript does.
 * `actions` say what a tap on a link, a command or code does.
 */
export function renderText(text, entities, actions, words) {
  const sorted = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return renderRange(text, 0, text.length, sorted, { ...actions, words });
}

function renderRange(text, start, end, entities, actions) {
  const nodes = [];
  let position = start;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const from = Math.max(entity.offset, position);
    const to = Math.min(entity.offset + entity.length, end);
    const inside = others.filter(({ offset }) => offset < to);
    rest = others.filter(({ offset }) => offset >= to);
    if (to <= from) continue;
    pushText(nodes, text.slice(position, from), isBlock(entity));
    nodes.push(
      renderEntity(entity, text.slice(from, to), renderRange(text, from, to, inside, actions), actions),
    );
    position = to;
  }
  pushText(nodes, text.slice(position, end), false);
  return nodes;
}

const blockTypes = ['pre', 'blockquote', 'expandable_blockquote'];
const isBlock = ({ type }) => blockTypes.includes(type);

/** A block stands on its own lines already, so the line breaks around it are not shown again. */
function pushText(nodes, text, isBeforeBlock) {
  const previous = nodes.at(-1);
  let shown = text;
  if (previous instanceof HTMLElement && previous.classList.contains('block'))
    shown = shown.replace(/^\n/, '');
  if (isBeforeBlock) shown = shown.replace(/\n$/, '');
  if (shown !== '') nodes.push(document.createTextNode(shown));
}

const simple = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
};

function renderEntity(entity, text, children, actions) {
  const tag = simple[entity.type];
  if (tag !== undefined) return element(tag, {}, children);
  switch (entity.type) {
    case 'code':
      return element(
        'button',
        { type: 'button', class: 'code', title: actions.words.copy, onclick: () => actions.copy(text) },
        text,
      );
    case 'pre':
      return renderPre(entity, text, actions);
    case 'spoiler':
      return renderSpoiler(children, actions.words);
    case 'blockquote':
      return element('blockquote', { class: 'block' }, children);
    case 'expandable_blockquote':
      return renderExpandable(children, actions.words);
    case 'text_link':
      return link(entity.url, children, () => actions.openLink(entity.url, { isHidden: true }));
    case 'url':
      return link(withScheme(text), children, () => actions.openLink(withScheme(text), { isHidden: false }));
    case 'email':
      return element('a', { href: `mailto:${text}` }, text);
    case 'bot_command':
      return element(
        'button',
        { type: 'button', class: 'link', onclick: () => actions.sendCommand(text) },
        text,
      );
    case 'mention':
      return element('button', { type: 'button', class: 'link', onclick: () => actions.copy(text) }, text);
    case 'hashtag':
    case 'cashtag':
    case 'phone_number':
    case 'text_mention':
      return element('span', { class: 'link' }, children);
    default:
      return element('span', {}, children);
  }
}

const withScheme = (url) => (/^[a-z]+:\/\//i.test(url) ? url : `https://${url}`);

/** Only web addresses become links; anything else (say, `javascript:`) stays words. */
function link(url, children, open) {
  if (!/^(https?|tg):\/\//i.test(url)) return element('span', {}, children);
  const onclick = (event) => {
    event.preventDefault();
    open();
  };
  return element('a', { href: url, rel: 'noopener noreferrer', target: '_blank', onclick }, children);
}

function renderPre({ language }, text, actions) {
  const head = element(
    'div',
    { class: 'pre-head' },
    element('span', {}, language ?? actions.words.code),
    element(
      'button',
      {
        type: 'button',
        title: actions.words.copy,
        'aria-label': actions.words.copyCode,
        onclick: () => actions.copy(text),
      },
      icon('copy'),
    ),
  );
  return element('div', { class: 'pre block' }, head, element('pre', {}, text.replace(/\n$/, '')));
}

function renderSpoiler(children, words) {
  const spoiler = element(
    'span',
    { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': words.spoiler },
    children,
  );
  const reveal = (event) => {
    if (spoiler.classList.contains('is-revealed')) return;
    if (event.type === 'keydown' && !['Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    spoiler.classList.add('is-revealed');
    spoiler.removeAttribute('aria-label');
  };
  spoiler.addEventListener('click', reveal, true);
  spoiler.addEventListener('keydown', reveal);
  return spoiler;
}

function renderExpandable(children, words) {
  const quote = element(
    'blockquote',
    { class: 'block expandable' },
    element('div', { class: 'expandable-text' }, children),
  );
  const toggle = element(
    'button',
    { type: 'button', class: 'expand', 'aria-expanded': 'false', 'aria-label': words.showAll },
    icon('chevron'),
  );
  toggle.addEventListener('click', () => {
    toggle.setAttribute('aria-expanded', String(quote.classList.toggle('is-expanded')));
  });
  quote.append(toggle);
  return quote;
}
