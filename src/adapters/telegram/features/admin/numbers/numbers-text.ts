import { piecesOf } from '../../../../../domain/operator/course.js';
import type { Earning, Numbers } from '../../../../../domain/operator/numbers.js';
import { Html } from '../../../wording/html.js';
import type { Translator } from '../../../wording/translator.js';

/** What Telegram takes under a picture. */
const captionLength = 1024;

/**
 * An operator's numbers as the text under their plot: one line for each thing, and what no rows say as a dash. Of the two
 * lists there is as much as has room, the dearest first; the file has all of it.
 */
export function numbersText(numbers: Numbers, texts: Translator): Html {
  const longest = Math.max(numbers.earnings.length, numbers.spenders.length);
  for (let lines = longest; lines > 0; lines -= 1) {
    const text = textOf(numbers, lines, texts);
    if (text.text.length <= captionLength) return text;
  }
  return textOf(numbers, 0, texts);
}

function textOf(numbers: Numbers, lines: number, texts: Translator): Html {
  const { days, people, money } = numbers;
  const [earnings, spenders] = [numbers.earnings.slice(0, lines), numbers.spenders.slice(0, lines)];
  const isCut = earnings.length < numbers.earnings.length || spenders.length < numbers.spenders.length;
  const dollars = (amount: number | null) => dollarsIn(texts, amount);
  return Html.join(
    [
      Html.join([
        texts.html('numbers-title', { days }),
        texts.html(piecesOf(days).unit === 'hour' ? 'numbers-plot-hours' : 'numbers-plot-days'),
      ]),
      // Close together, so that the plot is seen with them on a phone.
      Html.join([
        texts.html('numbers-people', { ...people }),
        ...workLines(numbers, texts),
        texts.html('numbers-stars', {
          ...{ stars: money.stars, refunded: money.refunded },
          ...{ net: money.net, commission: money.commission },
        }),
        texts.html('numbers-credits', { sold: money.sold, given: money.given }),
        texts.html('numbers-cost', { cost: dollars(money.cost), margin: dollars(money.margin) }),
        money.unpriced > 0 && texts.html('numbers-unpriced', { jobs: money.unpriced }),
      ]),
      earnings.length > 0 &&
        Html.join([
          texts.html('numbers-earnings'),
          ...earnings.map(({ what, jobs, cost, margin }) =>
            texts.html('numbers-earning', {
              what: nameOf(what, texts),
              jobs,
              cost: dollars(cost),
              margin: dollars(margin),
            }),
          ),
        ]),
      spenders.length > 0 &&
        Html.join([
          texts.html('numbers-spenders'),
          ...spenders.map(({ user, stars, cost, margin }) =>
            texts.html('numbers-spender', { user, stars, cost: dollars(cost), margin: dollars(margin) }),
          ),
        ]),
      isCut && texts.html('numbers-more'),
    ],
    '\n\n',
  );
}

function workLines({ pictures, trainings }: Numbers, texts: Translator): Html[] {
  const { delivered = 0, collected = 0, blocked = 0 } = pictures.states;
  const of = ({ states, ...work }: Numbers['pictures'] | Numbers['trainings']) => {
    const { accepted = 0, submitting = 0, failed = 0, cancelled = 0 } = states;
    const atFal =
      'submitted' in states ? (states.submitted ?? 0) : 'training' in states ? (states.training ?? 0) : 0;
    return { counts: { open: accepted + submitting + atFal, failed, cancelled }, well: howWell(texts, work) };
  };
  const [made, trained] = [of(pictures), of(trainings)];
  return [
    texts.html('numbers-pictures', {
      ...made.counts,
      done: delivered + collected,
      blocked,
      well: made.well,
    }),
    texts.html('numbers-trainings', {
      ...trained.counts,
      done: trainings.states.ready ?? 0,
      well: trained.well,
    }),
  ];
}

/** Nothing where nothing has ended. */
function howWell(
  texts: Translator,
  { success, p50, p90 }: Pick<Numbers['pictures'], 'success' | 'p50' | 'p90'>,
): Html | '' {
  if (success === null) return '';
  const percent = Math.round(success * 100);
  if (p50 === null || p90 === null) return texts.html('numbers-success', { percent });
  return texts.html('numbers-well', { percent, half: Math.round(p50), most: Math.round(p90) });
}

const nameOf = (what: Earning['what'], texts: Translator): string => {
  switch (what) {
    case 'upscale':
      return texts.plain('numbers-upscale');
    case 'training':
      return texts.plain('numbers-training');
    default:
      return texts.plain(`preset-${what}`);
  }
};

export const dollarsIn = (texts: Translator, amount: number | null): string =>
  amount === null
    ? '–'
    : texts.plain('numbers-dollars', {
        sign: Math.round(amount * 100) < 0 ? '−' : '',
        amount: Math.abs(amount),
      });
