import type { Alert } from '../../../application/ports/operator/alert-channel.js';
import { caseKinds, reportCategories } from '../../../domain/operator/case.js';
import { deadLetterKinds, type Trouble, type TroubleKind } from '../../../domain/operator/trouble.js';
import { caseSummary } from './case-summary.js';
import { Html } from './html.js';
import { megabytes } from './megabytes.js';
import type { Translator } from './translator.js';

type Wording = (trouble: Trouble, texts: Translator) => Html;

/** What it is, and what it means for people. */
const wordings: Readonly<Record<TroubleKind, Wording>> = {
  provider_refuses_key: (_, texts) => texts.html('trouble-key-refused'),
  provider_unreadable: (_, texts) => texts.html('trouble-unreadable'),
  endpoint_gone: ({ subject, facts: { standIn } }, texts) =>
    Html.join([
      texts.html('trouble-endpoint', { endpoint: subject }),
      typeof standIn === 'string'
        ? texts.html('trouble-endpoint-stand-in', { endpoint: standIn })
        : texts.html('trouble-endpoint-away'),
    ]),
  dead_letters: ({ subject, facts: { count } }, texts) =>
    texts.html(`trouble-dead-${kindOf(subject)}`, { count: Number(count) }),
  disk_nearly_full: ({ facts: { freeBytes } }, texts) =>
    texts.html('trouble-disk', { free: megabytes(Number(freeBytes)) }),
  two_pollers: (_, texts) => texts.html('trouble-pollers'),
  books_differ: ({ facts: { credits } }, texts) =>
    texts.html('trouble-books', { credits: texts.plain('count-credits', { count: Number(credits) }) }),
  star_books_differ: ({ facts: { payments, stars } }, texts) =>
    texts.html('trouble-star-books', { payments: Number(payments), stars: Number(stars) }),
  refund_unanswered: ({ facts: { payments, stars } }, texts) =>
    texts.html('trouble-refunds', { payments: Number(payments), stars: Number(stars) }),
  payment_unknown: ({ facts: { payments, stars } }, texts) =>
    texts.html('trouble-unknown-payments', { payments: Number(payments), stars: Number(stars) }),
  budget_nearly_spent: ({ subject, facts }, texts) => {
    const dollars = (amount: unknown) => texts.plain('numbers-dollars', { sign: '', amount: Number(amount) });
    const [spent, budget] = [dollars(facts.spent), dollars(facts.budget)];
    const period = subject === 'month' ? 'month' : 'day';
    return Number(facts.spent) < Number(facts.budget)
      ? texts.html(`trouble-budget-${period}`, { spent, budget })
      : texts.html(`trouble-budget-spent-${period}`, { spent, budget });
  },
  case_waits: ({ facts }, texts) =>
    Html.join([
      texts.html('trouble-case'),
      caseSummary(
        {
          kind: caseKinds.find((kind) => kind === facts.about) ?? 'recipe',
          category: reportCategories.find((category) => category === facts.category) ?? null,
          photos: Number(facts.photos),
        },
        texts,
      ),
    ]),
};

const kindOf = (subject: string) => deadLetterKinds.find((kind) => kind === subject) ?? 'update';

export const troubleText: Wording = (trouble, texts) => wordings[trouble.kind](trouble, texts);

/** That it has begun, or that it is over and for how long it lasted. */
export function alertText({ event, trouble, begunAt, clearedAt }: Alert, texts: Translator): Html {
  const text = troubleText(trouble, texts);
  if (event === 'begun' || clearedAt === null) return text;
  const minutes = Math.max(1, Math.round((clearedAt.getTime() - begunAt.getTime()) / 60_000));
  return Html.join([texts.html('trouble-over', { minutes }), text]);
}
