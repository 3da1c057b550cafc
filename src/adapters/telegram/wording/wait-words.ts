import type { Html } from './html.js';
import type { Words } from './words.js';

/** How long until then, rounded up: nobody comes too early. */
export function waitWords(seconds: number, words: Words): Html {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return minutes < 60
    ? words.html('wait-minutes', { count: minutes })
    : words.html('wait-hours', { count: Math.ceil(minutes / 60) });
}
