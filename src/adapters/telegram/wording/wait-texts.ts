import type { Html } from './html.js';
import type { Translator } from './translator.js';

/** How long to wait, rounded up, so that nobody comes too early. */
export function waitText(seconds: number, texts: Translator): Html {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  return minutes < 60
    ? texts.html('wait-minutes', { count: minutes })
    : texts.html('wait-hours', { count: Math.ceil(minutes / 60) });
}
