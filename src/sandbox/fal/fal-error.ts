/** One entry of a model error's `detail` array, as fal writes it. Decide on `type`, never on `msg`. */
export interface ErrorDetail {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
  readonly ctx?: Readonly<Record<string, unknown>>;
  readonly url?: string;
  readonly input?: unknown;
}

/** The model refused or failed: `detail` is an array, the status says nothing. */
export interface ModelError {
  readonly kind: 'model-error';
  readonly status: number;
  /** A sentence only where the model's own server has nothing at that path. */
  readonly detail: readonly ErrorDetail[] | string;
}

/** The platform failed: `detail` is a sentence, and the COMPLETED status repeats `errorType`. */
export interface InfrastructureError {
  readonly kind: 'infrastructure-error';
  readonly status: number;
  readonly detail: string;
  readonly errorType: string;
}

export type JobError = ModelError | InfrastructureError;

export function invalidInput(detail: readonly ErrorDetail[]): ModelError {
  return { kind: 'model-error', status: 422, detail };
}

export function modelError(
  type: string,
  msg: string,
  loc: readonly (string | number)[] = ['body'],
  status = 422,
): ModelError {
  return {
    kind: 'model-error',
    status,
    detail: [{ loc, msg, type, url: `https://docs.fal.ai/errors/#${type}` }],
  };
}

export function infrastructureError(status: number, errorType: string, detail: string): InfrastructureError {
  return { kind: 'infrastructure-error', status, errorType, detail };
}

/** What the body of the failed job's result is. */
export function errorBody(error: JobError): Record<string, unknown> {
  return error.kind === 'model-error'
    ? { detail: error.detail }
    : { detail: error.detail, error_type: error.errorType };
}

/** fal says on every failed result whether the same request may succeed when it is sent again. */
export function errorHeaders(error: JobError): Record<string, string> {
  return {
    'x-fal-retryable': String(error.status >= 500),
    ...(error.kind === 'infrastructure-error' ? { 'x-fal-error-type': error.errorType } : {}),
    // The client must know that the patience was its own: else it asks again.
    ...(error.kind === 'infrastructure-error' && error.errorType === 'startup_timeout'
      ? { 'x-fal-request-timeout-type': 'user' }
      : {}),
  };
}
