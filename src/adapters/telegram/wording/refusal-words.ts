import type { Problem, Refusal, RefusalCode } from '../../../domain/errors.js';
import type { Failure } from '../../../domain/failure.js';
import { cut } from '../../../domain/text/cut-text.js';
import { Html } from './html.js';
import { waitWords } from './wait-words.js';
import type { Words } from './words.js';

type Wording<Code extends RefusalCode> = (refusal: Extract<Refusal, { code: Code }>, words: Words) => Html;

const statusWord = (words: Words, status: string) => words.html(`avatar-status-${status}`);

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Every reason for which a request is refused, in words a person understands. */
const refusals: { readonly [Code in RefusalCode]: Wording<Code> } = {
  invalid_input: ({ problems }, words) =>
    Html.join([
      words.html('refusal-invalid-input', { count: problems.length }),
      ...problems.map((problem) => problemWords(problem, words)),
    ]),
  avatar_not_found: ({ avatar }, words) =>
    // A button names an id, which says nothing to a person.
    uuid.test(avatar)
      ? words.html('refusal-not-found')
      : words.html('refusal-avatar-not-found', { avatar: cut(avatar, 60) }),
  avatar_ambiguous: ({ avatar }, words) =>
    words.html('refusal-avatar-ambiguous', { avatar: cut(avatar, 60) }),
  avatar_not_ready: ({ avatar, status }, words) =>
    words.html('refusal-avatar-not-ready', { avatar: cut(avatar, 60), status: statusWord(words, status) }),
  no_avatar: (_, words) => words.html('refusal-no-avatar'),
  preset_not_available: ({ preset, available }, words) =>
    available.length === 0
      ? words.html('refusal-nothing-available')
      : words.html('refusal-preset-not-available', { preset, available: available.join(', ') }),
  insufficient_credits: ({ needed, balance }, words) =>
    words.html('refusal-insufficient-credits', { needed, balance }),
  too_many_credits: ({ limit }, words) => words.html('refusal-too-many-credits', { limit }),
  too_many_waiting: ({ limit }, words) => words.html('refusal-too-many-waiting', { limit }),
  allowance_spent: ({ kind, seconds }, words) =>
    words.html(`refusal-allowance-${kind}`, { wait: waitWords(seconds, words) }),
  away_now: (_, words) => words.html('refusal-away-now'),
  not_found: (_, words) => words.html('refusal-not-found'),
  not_allowed: (_, words) => words.html('refusal-not-allowed'),
  consent_required: (_, words) => words.html('refusal-consent-required'),
  not_enough_photos: ({ kept, needed }, words) => words.html('refusal-not-enough-photos', { kept, needed }),
  too_many_photos: ({ limit }, words) => words.html('refusal-too-many-photos', { limit }),
  archive_refused: (_, words) => words.html('refusal-archive-refused'),
  weights_refused: (_, words) => words.html('refusal-weights-refused'),
  weights_foreign: ({ family }, words) => words.html('refusal-weights-foreign', { family }),
  wrong_state: (_, words) => words.html('refusal-wrong-state'),
};

export const refusalWords = <Code extends RefusalCode>(
  refusal: Extract<Refusal, { code: Code }>,
  words: Words,
): Html => refusals[refusal.code as Code](refusal, words);

/** Fields that have a name in the person's language; others are called as they are. */
const namedFields = [
  'prompt',
  'preset',
  'steps',
  'guidance',
  'aspectRatio',
  'strength',
  'seed',
  'count',
  'name',
  'option',
  'page',
];

export function problemWords({ field, code, received, allowed }: Problem, words: Words): Html {
  const values = {
    field: namedFields.includes(field) ? words.html(`field-${field}`) : field,
    received: cut(received ?? '', 60),
    allowed: allowed ?? '',
  };
  const problem = words.html(`problem-${code}`, values);
  return allowed === undefined ? problem : Html.join([problem, words.html('problem-allowed', values)], ' ');
}

/** Why a job that was accepted ended without images. */
export const failureWords = ({ kind }: Failure, words: Words): Html => words.html(`failure-${kind}`);
