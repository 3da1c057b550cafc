import type { BroadcastProgress } from '../../../../application/ports/stores/operator/broadcast-store.js';
import { broadcastButton, writeBroadcastButton } from '../../buttons/broadcast-buttons.js';
import { asMain } from '../../buttons/button-kind.js';
import type { Screen } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { backToAdmin } from './admin-area.js';

/** The latest broadcasts, and the way to a new one. */
export function broadcastsScreen(latest: readonly BroadcastProgress[], texts: Translator): Screen {
  const lines = latest.map(({ broadcast: { createdAt: at, status }, counts: { sent, left } }) =>
    texts.html(`broadcast-line-${status}`, { at, sent, left }),
  );
  const open = latest.filter(({ broadcast }) => broadcast.status === 'sending');
  return {
    text: Html.join(
      [texts.html('broadcasts-title'), lines.length === 0 ? texts.html('broadcasts-none') : Html.join(lines)],
      '\n\n',
    ),
    keyboard: [
      [asMain(writeBroadcastButton.button(texts.plain('button-broadcast-write'), {}))],
      ...open.map(({ broadcast: { id, createdAt: at } }) => [
        broadcastButton.button(texts.plain('button-broadcast-open', { at }), { broadcast: id }),
      ]),
      backToAdmin(texts),
    ],
  };
}
