const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long' });
const shortDay = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });

export const timeOf = (seconds) => time.format(seconds * 1000);

const isToday = (seconds) => new Date(seconds * 1000).toDateString() === new Date().toDateString();

export const dayOf = (seconds) => (isToday(seconds) ? 'Today' : day.format(seconds * 1000));

/** For the list of chats: the time of today's messages, the day of older ones. */
export const whenOf = (seconds) => (isToday(seconds) ? timeOf(seconds) : shortDay.format(seconds * 1000));

export function sizeOf(bytes = 0) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** One line that says what a message is, for the list of chats and for quotes. */
export function summaryOf(message) {
  const text = message.text ?? message.caption;
  if (message.service !== undefined) return message.service;
  if (message.invoice !== undefined) return message.invoice.title;
  if (text !== undefined) return text.replace(/\s+/g, ' ');
  if (message.photo !== undefined) return message.albumId === undefined ? 'Photo' : 'Album';
  if (message.document !== undefined) return message.document.file_name;
  return message.other ?? '';
}

export const actionText = (action) =>
  ({ typing: 'typing', upload_photo: 'sending a photo', upload_document: 'sending a file' })[action] ??
  action.replaceAll('_', ' ');
