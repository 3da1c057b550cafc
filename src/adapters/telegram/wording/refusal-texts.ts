import type { Problem, Refusal, RefusalCode } from '../../../domain/errors.js';
import type { Failure } from '../../../domain/failure.js';
import { isPresetName } from '../../../domain/generation/preset.js';
import { cut } from '../../../domain/text/cut-text.js';
import { Html } from './html.js';
import type { Translator } from './translator.js';
import { waitText } from './wait-texts.js';

type Wording<Code extends RefusalCode> = (
  refusal: Extract<Refusal, { code: Code }>,
  texts: Translator,
) => Html;

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Every reason for which a request is refused, in words a person understands. */
const refusals: { readonly [Code in RefusalCode]: Wording<Code> } = {
  invalid_input: ({ problems }, texts) =>
    Html.join([
      texts.html('refusal-invalid-input'),
      ...problems.map((problem) => problemText(problem, texts)),
    ]),
  avatar_not_found: ({ avatar }, texts) =>
    // A button names an id, which says nothing to a person.
    uuid.test(avatar)
      ? texts.html('refusal-not-found')
      : texts.html('refusal-avatar-not-found', { avatar: cut(avatar, 60) }),
  avatar_ambiguous: ({ avatar }, texts) =>
    texts.html('refusal-avatar-ambiguous', { avatar: cut(avatar, 60) }),
  avatar_not_ready: ({ avatar, status }, texts) =>
    texts.html('refusal-avatar-not-ready', {
      avatar: cut(avatar, 60),
      status: texts.html(`avatar-status-${status}`),
    }),
  no_avatar: (_, texts) => texts.html('refusal-no-avatar'),
  preset_not_available: ({ preset, available }, texts) =>
    available.length === 0
      ? texts.html('refusal-nothing-available')
      : texts.html('refusal-preset-not-available', {
          preset: presetWord(preset, texts),
          available: available.map((each) => presetWord(each, texts)).join(', '),
        }),
  insufficient_credits: ({ needed, balance }, texts) =>
    texts.html('refusal-insufficient-credits', { needed, balance, missing: needed - balance }),
  too_many_credits: ({ limit }, texts) => texts.html('refusal-too-many-credits', { limit }),
  offer_gone: (_, texts) => texts.html('refusal-offer-gone'),
  promo_refused: (_, texts) => texts.html('refusal-promo-refused'),
  promo_waits: (_, texts) => texts.html('refusal-promo-waits'),
  subscribed: ({ until }, texts) => texts.html('refusal-subscribed', { until }),
  not_refundable: (_, texts) => texts.html('refusal-not-refundable'),
  price_changed: (_, texts) => texts.html('form-price-changed'),
  too_many_keys: ({ limit }, texts) => texts.html('refusal-too-many-keys', { limit }),
  too_many_waiting: ({ limit }, texts) => texts.html('refusal-too-many-waiting', { limit }),
  too_many_webhooks: ({ limit }, texts) => texts.html('refusal-too-many-webhooks', { limit }),
  webhook_off: (_, texts) => texts.html('refusal-webhook-off'),
  allowance_spent: ({ kind, seconds }, texts) =>
    texts.html(`refusal-allowance-${kind}`, { wait: waitText(seconds, texts) }),
  pictures_spent: ({ limit, left, seconds }, texts) => {
    const wait = waitText(seconds, texts);
    return left === 0
      ? texts.html('refusal-pictures-spent', { limit, wait })
      : texts.html('refusal-pictures-left', { left, wait });
  },
  budget_spent: ({ period, at, seconds }, texts) =>
    period === 'day'
      ? texts.html('refusal-budget-day', { wait: waitText(seconds, texts) })
      : texts.html('refusal-budget-month', { at }),
  away_now: (_, texts) => texts.html('refusal-away-now'),
  not_found: (_, texts) => texts.html('refusal-not-found'),
  not_allowed: (_, texts) => texts.html('refusal-not-allowed'),
  person_blocked: (_, texts) => texts.html('refusal-person-blocked'),
  decided_before: ({ by, at }, texts) =>
    by === null
      ? texts.html('refusal-came-so', { at })
      : texts.html('refusal-decided-before', { who: by, at }),
  intent_over: (_, texts) => texts.html('refusal-intent-over'),
  link_refused: (_, texts) => texts.html('refusal-link-refused'),
  photos_wait: (_, texts) => texts.html('refusal-photos-wait'),
  photos_refused: (_, texts) => texts.html('refusal-photos-refused'),
  consent_required: (_, texts) => texts.html('refusal-consent-required'),
  not_enough_photos: ({ kept, needed }, texts) => texts.html('refusal-not-enough-photos', { kept, needed }),
  too_many_photos: ({ limit }, texts) => texts.html('refusal-too-many-photos', { limit }),
  photo_gone: (_, texts) => texts.html('refusal-photo-gone'),
  archive_refused: (_, texts) => texts.html('refusal-archive-refused'),
  weights_refused: (_, texts) => texts.html('refusal-weights-refused'),
  weights_foreign: ({ family }, texts) => texts.html('refusal-weights-foreign', { family }),
  recipe_hidden: (_, texts) => texts.html('refusal-recipe-hidden'),
  words_doubted: ({ category }, texts) => texts.html(`words-doubted-${category}`),
  words_refused: ({ category }, texts) => texts.html(`words-refused-${category}`),
  wrong_state: (_, texts) => texts.html('refusal-wrong-state'),
};

export const refusalText = <Code extends RefusalCode>(
  refusal: Extract<Refusal, { code: Code }>,
  texts: Translator,
): Html => refusals[refusal.code as Code](refusal, texts);

const presetWord = (preset: string, texts: Translator): string =>
  isPresetName(preset) ? texts.plain(`preset-${preset}`) : preset;

/** Fields that have a name in every language; others are shown by their own. */
const namedFields = [
  'prompt',
  'avatar',
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
] as const;

export function problemText({ field, code, received, allowed }: Problem, texts: Translator): Html {
  const named = namedFields.find((name) => name === field);
  const values = {
    field: named === undefined ? field : texts.html(`field-${named}`),
    received: cut(received ?? '', 60),
    allowed: (allowed ?? '').replace(/(?<=\d)-(?=\d)/g, '–'),
    asked: field,
  };
  const problem = texts.html(`problem-${code}`, values);
  return allowed === undefined ? problem : Html.join([problem, texts.html('problem-allowed', values)], ' ');
}

/** Why a job that was accepted ended without images. */
export const failureText = ({ kind }: Failure, texts: Translator): Html => texts.html(`failure-${kind}`);
