import type { PrepareBroadcast } from '../../../../../application/operator/broadcasts/prepare-broadcast.js';
import type { BroadcastProgress } from '../../../../../application/ports/stores/operator/broadcast-store.js';
import * as buttons from '../../../buttons/broadcast-buttons.js';
import { asMain } from '../../../buttons/button-kind.js';
import type { Screen } from '../../../replies.js';
import { Html } from '../../../wording/html.js';
import { languages, type Translator } from '../../../wording/translator.js';
import { backToAdmin } from '../admin-area.js';

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
      [asMain(buttons.writeBroadcastButton.button(texts.plain('button-broadcast-write'), {}))],
      ...open.map(({ broadcast: { id, createdAt: at } }) => [
        buttons.broadcastButton.button(texts.plain('button-broadcast-open', { at }), { broadcast: id }),
      ]),
      backToAdmin(texts),
    ],
  };
}

/** Under what people will see: whom it goes to, and whether it is to be sent. */
export function broadcastAsked(
  { audience, texts: written, intent }: Awaited<ReturnType<PrepareBroadcast['execute']>>,
  texts: Translator,
): Screen {
  if (intent === null) return { text: texts.html('broadcast-nobody', { ...audience }), keyboard: [] };
  const own = languages.filter((language) => language in written.translations);
  // An operator writes in the language of their own screens first.
  const others = languages.filter((language) => language !== texts.language && !own.includes(language));
  const { people: count } = audience;
  return {
    text: Html.join([
      texts.html('broadcast-ask', { ...audience }),
      ...own.map((language) => texts.html(`broadcast-own-${language}`)),
    ]),
    keyboard: [
      [
        asMain(
          buttons.sendBroadcastButton.button(texts.plain('button-broadcast-send', { count }), { intent }),
        ),
      ],
      ...others.map((language) => [
        buttons.translateBroadcastButton.button(texts.plain(`button-broadcast-add-${language}`), {
          language,
          intent,
        }),
      ]),
      [buttons.dropBroadcastButton.button(texts.plain('button-broadcast-drop'), {})],
    ],
  };
}
