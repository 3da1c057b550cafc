import { element } from './element.js';
import { icon } from './icons.js';
import { store } from './store.js';

/** Telegram's colours for people without a picture. */
const colors = ['red', 'orange', 'violet', 'cyan', 'pink'];

export function colorOf(id) {
  if (id === store.surroundings.bot.id) return 'blue';
  return id === store.surroundings.group.id ? 'green' : colors[id % colors.length];
}

/** A round picture with an initial. */
export function avatar(id, name) {
  const content = id === store.surroundings.group.id ? icon('people') : [...name][0];
  return element('span', { class: `avatar color-${colorOf(id)}`, 'aria-hidden': 'true' }, content);
}

/** `words` name somebody who is not known here. */
export function nameOf(userId, words) {
  const { bot } = store.surroundings;
  return userId === bot.id ? bot.name : (store.person(userId)?.firstName ?? words.somebody);
}
