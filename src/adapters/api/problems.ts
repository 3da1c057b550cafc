import type { RefusalCode } from '../../domain/errors.js';

type Status = 400 | 401 | 402 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 416 | 422 | 429 | 500 | 503;

interface Kind {
  readonly status: Status;
  /** The same for every problem of the kind. */
  readonly title: string;
}

/** What only this way in can find wrong. */
const ownKinds = {
  malformed_request: { status: 400, title: 'The request cannot be read' },
  idempotency_key_required: { status: 400, title: 'An Idempotency-Key is needed here' },
  key_required: { status: 401, title: 'No valid key was sent' },
  scope_missing: { status: 403, title: 'The key may not do this' },
  method_not_allowed: { status: 405, title: 'The method does not exist here' },
  idempotency_key_in_use: { status: 409, title: 'The same request is being worked on' },
  body_too_large: { status: 413, title: 'The body is too large' },
  media_type_not_supported: { status: 415, title: 'The body is of another type than it must be' },
  range_not_satisfiable: { status: 416, title: 'The picture has no such bytes' },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used for another request' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  too_many_followers: { status: 429, title: 'Too much is followed at once' },
  internal_error: { status: 500, title: 'Something went wrong here' },
} as const satisfies Readonly<Record<string, Kind>>;

type OwnCode = keyof typeof ownKinds;
export type ProblemCode = OwnCode | RefusalCode;

const kinds: Readonly<Record<RefusalCode, Kind>> & typeof ownKinds = {
  ...ownKinds,
  invalid_input: { status: 422, title: 'Something in the request is wrong' },
  avatar_not_found: { status: 422, title: 'There is no such avatar' },
  avatar_ambiguous: { status: 422, title: 'Several avatars have this name' },
  avatar_not_ready: { status: 409, title: 'The avatar is not ready' },
  no_avatar: { status: 409, title: 'There is no avatar yet' },
  preset_not_available: { status: 422, title: 'The preset does not work with this avatar' },
  insufficient_credits: { status: 402, title: 'Not enough credits' },
  too_many_credits: { status: 409, title: 'An account cannot hold more' },
  offer_gone: { status: 409, title: 'The offer is gone' },
  promo_refused: { status: 422, title: 'The code gives nothing' },
  promo_waits: { status: 409, title: 'Another code waits' },
  subscribed: { status: 409, title: 'The subscription runs already' },
  not_refundable: { status: 409, title: 'The payment cannot be returned' },
  price_changed: { status: 409, title: 'It costs more than agreed' },
  too_many_waiting: { status: 429, title: 'Too many jobs wait' },
  too_many_keys: { status: 409, title: 'Too many keys' },
  too_many_webhooks: { status: 409, title: 'Too many webhooks' },
  webhook_off: { status: 409, title: 'The webhook is switched off' },
  allowance_spent: { status: 429, title: 'The free allowance is used up' },
  pictures_spent: { status: 429, title: 'The pictures of today are used up' },
  budget_spent: { status: 503, title: 'The operator’s budget is used up' },
  away_now: { status: 503, title: 'The provider takes no jobs now' },
  not_found: { status: 404, title: 'There is no such thing' },
  not_allowed: { status: 403, title: 'Not allowed' },
  person_blocked: { status: 403, title: 'The account is blocked' },
  decided_before: { status: 409, title: 'Decided before' },
  intent_over: { status: 409, title: 'Confirmed before, or too late' },
  link_refused: { status: 403, title: 'The link lets nobody in' },
  consent_required: { status: 409, title: 'Consent is missing' },
  photos_wait: { status: 409, title: 'The photos wait for an operator' },
  photos_refused: { status: 409, title: 'The photos are not trained on' },
  not_enough_photos: { status: 409, title: 'Not enough photos' },
  too_many_photos: { status: 409, title: 'Too many photos' },
  photo_gone: { status: 409, title: 'The file of the photo is gone' },
  archive_refused: { status: 422, title: 'The archive cannot be used' },
  weights_refused: { status: 422, title: 'These are no LoRA weights' },
  weights_foreign: { status: 422, title: 'The weights are for another model' },
  recipe_hidden: { status: 403, title: 'The recipe is hidden' },
  words_doubted: { status: 422, title: 'The words are doubted' },
  words_refused: { status: 422, title: 'The words are refused' },
  wrong_state: { status: 409, title: 'Not in this state' },
};

export const kindOf = (code: ProblemCode): Kind => kinds[code];

/** Thrown for what only this way in can find wrong. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  /** @param detail one sentence for whoever reads the answer */
  constructor(
    readonly code: OwnCode,
    detail: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
  }
}
