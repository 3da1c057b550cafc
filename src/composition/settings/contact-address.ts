/** How an operator may write where people reach them. */
export const contactForm =
  /^(@[a-z]\w{4,31}|(https?:\/\/)?t\.me\/[^\s/]\S*|https:\/\/[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?|mailto:[^\s@]+@[\w-]+(\.[\w-]+)+)$/i;

/** The same as an address that can be opened: `https:` or `mailto:`. */
export function contactAddress(contact: string): string {
  if (contact.startsWith('@')) return `https://t.me/${contact.slice(1)}`;
  return contact.replace(/^(https?:\/\/)?t\.me\//i, 'https://t.me/');
}
