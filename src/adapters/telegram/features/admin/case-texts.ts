import type { WaitingCase } from '../../../../application/operator/cases/show-cases.js';
import { decisionsOf } from '../../../../domain/operator/case.js';
import { casesButton, decideCaseButton, openCaseButton, personButton } from '../../buttons/admin-buttons.js';
import type { Screen } from '../../replies.js';
import { caseSummary } from '../../wording/case-summary.js';
import { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { backToAdmin } from './admin-area.js';

/** One case after the other, with what can be decided of it. */
export function caseScreen({ shown, place, waiting }: WaitingCase, texts: Translator): Screen {
  if (shown === null) return { text: texts.html('cases-none'), keyboard: [backToAdmin(texts)] };
  const { id: item, kind, person: user, reporter, openedAt } = shown;
  const open = openCaseButton.button(texts.plain('button-case-open'), { item });
  const others = [
    place > 0 && casesButton.button(texts.plain('button-story-earlier'), { skip: place - 1 }),
    place < waiting - 1 && casesButton.button(texts.plain('button-story-later'), { skip: place + 1 }),
  ].filter((button) => button !== false);
  return {
    text: Html.join([
      texts.html('cases-title', { place: place + 1, waiting }),
      caseSummary({ ...shown, photos: shown.photos.length }, texts),
      texts.html('case-about', { person: user }),
      reporter !== null && texts.html('case-from', { reporter }),
      texts.html('case-since', { since: openedAt }),
      texts.html('case-opening'),
    ]),
    keyboard: [
      [open, personButton.button(texts.plain('button-find-person'), { user })],
      decisionsOf[kind].map((decision) =>
        decideCaseButton.button(texts.plain(`button-case-${decision}`), { item, decision }),
      ),
      others,
      backToAdmin(texts),
    ].filter(({ length }) => length > 0),
  };
}
