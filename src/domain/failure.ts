export const failureKinds = [
  /** The prompt was refused by fal's content policy. */
  'content_policy',
  /** The model ran and produced nothing. */
  'no_media',
  /** fal refused the input. */
  'refused_input',
  /** A file the job needs (weights, photos) is gone from its address. */
  'file_unavailable',
  /** fal no longer serves the endpoint and there is nothing to fall back to. */
  'endpoint_retired',
  /** fal's own time-out, or our deadline. */
  'timeout',
  /** fal failed (5xx). Never billed. */
  'provider_error',
  /** The result could not be fetched whole, or was not what it said. */
  'bad_result',
  /** The result is whole and cannot be taken in: too large, or from a host that is not allowed. */
  'unusable_result',
  /** Submitted twice without ever learning of an outcome. */
  'lost',
  /** Cancelled at the provider by someone else than us. */
  'cancelled_elsewhere',
  /** The images are here, and no chat takes them. */
  'undeliverable',
  /** A step of ours came to no end, however often it was tried. */
  'gave_up',
] as const;

export type FailureKind = (typeof failureKinds)[number];

/** Why work that was accepted ended without a result. `detail` is for the operator and holds no secret. */
export interface Failure {
  readonly kind: FailureKind;
  readonly detail: string;
}
