import type { BroadcastProgress } from '../../../../application/ports/stores/operator/broadcast-store.js';
import { broadcastButton, broadcastsButton, stopBroadcastButton } from '../../buttons/broadcast-buttons.js';
import type { Screen } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

/** How far a broadcast is, for its operator. */
export function broadcastCard({ broadcast, counts }: BroadcastProgress, texts: Translator): Screen {
  const { id, status, createdAt } = broadcast;
  const { muted, ...numbers } = counts;
  return {
    text: Html.join([
      texts.html(`broadcast-${status}`, { at: createdAt }),
      texts.html('broadcast-numbers', numbers),
      muted > 0 && texts.html('broadcast-muted', { muted }),
    ]),
    keyboard:
      status === 'sending'
        ? [
            [stopBroadcastButton.button(texts.plain('button-broadcast-stop'), { broadcast: id })],
            [broadcastButton.button(texts.plain('button-broadcast-look'), { broadcast: id })],
          ]
        : [[broadcastsButton.button(texts.plain('button-broadcasts'), {})]],
  };
}
