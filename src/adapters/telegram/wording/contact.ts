/** Telegram opens links from a button, but no mail: such an address stands in the text. */
export const isLink = (contact: string): boolean => !contact.startsWith('mailto:');

/** The operator's address as people know it: `@name` for one at Telegram, mail without its scheme. */
export const shownContact = (contact: string): string =>
  contact.replace(/^https:\/\/t\.me\/(?=\w+$)/, '@').replace(/^mailto:/, '');
