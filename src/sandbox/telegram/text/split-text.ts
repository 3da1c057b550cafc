import { textLimit } from './formatted-text.js';

/**
 * The parts in which a client sends a long text: at most 4096 characters each, cut at a line break or a space
 * where there is one, never inside a character.
 */
export function splitText(text: string): string[] {
  const characters = [...text];
  if (characters.length <= textLimit) return [text];
  const head = characters.slice(0, textLimit).join('');
  const cut = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
  const end = cut > head.length / 2 ? cut : head.length;
  return [text.slice(0, end), ...splitText(text.slice(end))];
}
