import { element } from './element.js';
import { renderText } from './entities.js';
import { icon } from './icons.js';
import { linkActions } from './links.js';

/** What the bot shows of a message that it has not sent yet, with the button that stops it. */
export function renderDraft(root, { text, entities, canStop }, context) {
  const { words } = context;
  const said = text === '' ? words.thinking : renderText(text, entities, linkActions(context), words);
  const bubble = element('div', { class: 'bubble' }, element('div', { class: 'text', dir: 'auto' }, said));
  // The button stays the same one, so that a press is never lost to a change of the words.
  const old = root.querySelector('.draft-stop');
  root.querySelector('.bubble')?.remove();
  root.prepend(bubble);
  if (!canStop) old?.remove();
  else if (old === null) root.append(stopButton(context));
}

const stopButton = (context) =>
  element(
    'button',
    { type: 'button', class: 'draft-stop', onclick: () => context.act('stops') },
    icon('stop'),
    context.words.stop,
  );
