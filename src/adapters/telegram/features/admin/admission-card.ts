import type { Admission } from '../../../../domain/operator/admission.js';
import * as buttons from '../../buttons/access-buttons.js';
import type { Keyboard, Screen } from '../../replies.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';

/** Somebody whom the operators let in or not, and what can be decided about them. */
export function admissionCard(admission: Admission, texts: Translator): Screen {
  const { user, state, name, at, link } = admission;
  return {
    text: Html.join(
      [
        texts.html('admission-who', { name: name ?? user, user }),
        texts.html(`admission-${state}`, { at }),
        link !== null && texts.html('admission-link', { code: link }),
      ],
      '\n',
    ),
    keyboard: [...choices(admission, texts), [buttons.accessButton.button(texts.plain('button-access'), {})]],
  };
}

function choices({ user, state }: Admission, texts: Translator): Keyboard {
  const { decideAccessButton: decide, sendAwayButton } = buttons;
  const allow = decide.button(texts.plain('button-allow'), { user, decision: 'allowed', shown: state });
  switch (state) {
    case 'asked':
      return [
        [allow, decide.button(texts.plain('button-refuse'), { user, decision: 'refused', shown: state })],
      ];
    case 'allowed':
      return [[sendAwayButton.button(texts.plain('button-send-away'), { user })]];
    case 'refused':
    case 'removed':
      return [[allow]];
    default:
      return state satisfies never;
  }
}
