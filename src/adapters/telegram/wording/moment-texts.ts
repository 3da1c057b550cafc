import type { Moment } from '../../../application/operator/moments.js';
import { cut } from '../../../domain/text/cut-text.js';
import { Html } from './html.js';
import type { TextsWith, Translator } from './translator.js';

/** What happened, in words of the chat. Something new is shown by its own name until it has one here. */
const names: Readonly<Record<string, TextsWith<never>>> = {
  accepted: 'moment-accepted',
  hold: 'moment-hold',
  capture: 'moment-capture',
  release: 'moment-release',
  refund: 'moment-refund',
  'waits until': 'moment-waits-until',
  submitting: 'moment-submitting',
  'in doubt': 'moment-in-doubt',
  submitted: 'moment-submitted',
  training: 'moment-training',
  collected: 'moment-collected',
  delivered: 'moment-delivered',
  ready: 'moment-ready',
  told: 'moment-told',
  'proof sheet shown': 'moment-proof-sheet',
  failed: 'moment-failed',
  blocked: 'moment-blocked',
  cancelled: 'moment-cancelled',
  webhook: 'moment-webhook',
  image: 'moment-image',
  'image deleted': 'moment-image-deleted',
  'progress shown': 'moment-progress',
  'draft shown': 'moment-draft',
  'follow-up taken': 'moment-follow-up',
  'given up': 'moment-given-up',
};

/** Long enough to tell tickets apart, short enough for a line of a phone. */
const longestFact = 48;

/** One line: when (UTC, with the day where it is another), what, and what is known of it. */
export function momentLine({ at, what, facts }: Moment, before: Moment | undefined, texts: Translator): Html {
  const [day, time = ''] = at.toISOString().split(/[TZ.]/);
  const isNewDay = before === undefined || before.at.toISOString().split('T')[0] !== day;
  const key = names[what];
  const line = {
    time,
    what: key === undefined ? what : texts.plain(key),
    facts: factsIn(facts),
  };
  return Html.join([
    isNewDay && texts.html('moment-day', { day: day ?? '' }),
    line.facts === '' ? texts.html('moment-line', line) : texts.html('moment-line-facts', line),
  ]);
}

const factsIn = (facts: Moment['facts']): string =>
  Object.entries(facts)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name} ${valueIn(value)}`)
    .join(', ');

const valueIn = (value: Moment['facts'][string]): string =>
  value instanceof Date ? value.toISOString() : cut(String(value), longestFact);
