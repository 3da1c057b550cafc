import { inPairs } from '../../src/adapters/telegram/delivery/results/result-keyboard.js';
import { adminAreas } from '../../src/adapters/telegram/features/admin/admin-areas.js';
import type { Translator } from '../../src/adapters/telegram/wording/translator.js';
import { decisionsOf, reportCategories } from '../../src/domain/operator/case.js';

/** What operators see, and who shares and reports recipes, in rows as they are there, with the longest numbers. */
export function operatorRows(texts: Translator): string[][] {
  const at = new Date('2026-12-31T23:59:00Z');
  const credits = texts.html('count-credits', { count: 1_000_000 });
  const back = texts.plain('button-admin');
  const openers = adminAreas.flatMap(({ opener }) => (opener === undefined ? [] : [opener(texts).text]));
  return [
    ...inRows(openers.map((label) => `${label} · 100`)),
    [back],
    [texts.plain('button-acts-newest'), texts.plain('button-acts-older')],
    // A person.
    [texts.plain('button-give'), texts.plain('button-take')],
    [texts.plain('button-refund', { stars: 10_000, at })],
    [texts.plain('button-picture-limit'), texts.plain('button-what-happened')],
    ['10', '50', '200'],
    [texts.plain('button-usual-limit')],
    [texts.plain('button-choose-person')],
    [texts.plain('button-use-as-reason')],
    [texts.plain('button-block'), texts.plain('button-message')],
    [texts.plain('button-unblock'), texts.plain('button-message')],
    [texts.plain('button-find-person'), back],
    [texts.plain('button-confirm-grant', { credits })],
    [texts.plain('button-confirm-take-back', { credits })],
    [texts.plain('button-confirm-refund', { stars: 10_000 })],
    [texts.plain('button-confirm-block')],
    [texts.plain('button-confirm-message')],
    [texts.plain('button-say-why')],
    // What waits for a word, and what people meet before.
    [`${texts.plain('button-go-on')} · ${texts.plain('count-credits', { count: 240 })}`],
    [texts.plain('button-change'), texts.plain('button-cancel')],
    [texts.plain('button-report')],
    ...inRows(reportCategories.map((category) => texts.plain(`report-${category}`))),
    [texts.plain('button-case-open'), texts.plain('button-find-person')],
    ...Object.values(decisionsOf).map((decisions) =>
      decisions.map((decision) => texts.plain(`button-case-${decision}`)),
    ),
    [texts.plain('button-case-train')],
    // Promo codes and links.
    [texts.plain('button-copy-link')],
    [texts.plain('button-new-promo')],
    [texts.plain('button-confirm-promo')],
    [texts.plain('button-end-promo', { code: 'WMWMWMWMWM' })],
    [texts.plain('button-end-link', { code: 'WMWMWMWMWM' })],
    // Trouble, and what was given up.
    [texts.plain('button-try-now')],
    [texts.plain('button-restore', { endpoint: 'flux-pro/v1.1-ultra-finetuned' })],
    [texts.plain('button-look-again')],
    [texts.plain('button-budget-reset')],
    [texts.plain('button-budget-reset-yes')],
    [texts.plain('button-waiting-payments')],
    [texts.plain('button-ask-again', { number: 5 }), texts.plain('button-stop-refund', { number: 5 })],
    [texts.plain('button-settle', { number: 5 }), texts.plain('button-waiting-refund', { number: 5 })],
    [texts.plain('button-confirm-refund-stop')],
    [texts.plain('button-confirm-settle-nothing')],
    [texts.plain('button-dead-generation')],
    [texts.plain('button-dead-training')],
    [texts.plain('button-dead-newer'), texts.plain('button-dead-older')],
    [texts.plain('button-dead-replay'), texts.plain('button-dead-give-back')],
    [texts.plain('button-dead-replay'), texts.plain('button-dead-take-off')],
    [texts.plain('button-dead-replay-yes')],
    [texts.plain('button-dead-give-back-yes')],
    [texts.plain('button-dead-take-off-yes')],
    [texts.plain('button-dead-no')],
    [texts.plain('button-what-happened')],
    [texts.plain('button-story-earlier'), texts.plain('button-story-later')],
  ];
}

const inRows = (labels: readonly string[]): string[][] =>
  inPairs(labels.map((text) => ({ text }))).map((row) => row.map(({ text }) => text));
