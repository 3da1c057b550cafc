import { nameOf } from './avatar.js';

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const days = new Map();

/** 7 March; `month` may be short. */
function dayIn({ language }, month, seconds) {
  const key = `${language} ${month}`;
  if (!days.has(key)) days.set(key, new Intl.DateTimeFormat(language, { day: 'numeric', month }));
  return days.get(key).format(seconds * 1000);
}

export const timeOf = (seconds) => time.format(seconds * 1000);

const isToday = (seconds) => new Date(seconds * 1000).toDateString() === new Date().toDateString();

export const dayOf = (seconds, words) => (isToday(seconds) ? words.today : dayIn(words, 'long', seconds));

/** For the list of chats: the time of today's messages, the day of older ones. */
export const whenOf = (seconds, words) =>
  isToday(seconds) ? timeOf(seconds) : dayIn(words, 'short', seconds);

/** By 1024, as Telegram's own apps count. */
export function sizeOf(bytes, { language, sizes: [byte, kilobyte, megabyte] }) {
  if (bytes < 1024) return `${bytes} ${byte}`;
  const isLarge = bytes >= 2 ** 20;
  const size = bytes / (isLarge ? 2 ** 20 : 1024);
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return `${size.toLocaleString(language, digits)} ${isLarge ? megabyte : kilobyte}`;
}

/** A sentence about something that happened; undefined for a message that somebody wrote. */
export const serviceOf = ({ happened }, words) =>
  happened && words.happened[happened.kind](happened, (id) => nameOf(id, words));

/** One line that says what a message is, for the list of chats and for quotes. */
export function summaryOf(message, words) {
  const text = message.text ?? message.caption;
  if (message.happened !== undefined) return serviceOf(message, words);
  if (message.invoice !== undefined) return message.invoice.title;
  if (text !== undefined) return text.replace(/\s+/g, ' ');
  if (message.photo !== undefined) return message.albumId === undefined ? words.photo : words.album;
  if (message.document !== undefined) return message.document.file_name;
  return message.other ?? '';
}

export const actionText = (action, words) => words.acting[action] ?? words.busy;
