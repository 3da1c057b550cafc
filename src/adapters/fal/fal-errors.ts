import { ProviderError, type ProviderTrouble } from '../../application/ports/provider-error.js';
import type { Failure, FailureKind } from '../../domain/failure.js';
import { cut } from '../../domain/text/cut-text.js';
import { FalRefusal, FalUnreachable } from './fal-fetch.js';
import { isRecord, textOf } from './json.js';

/**
 * Everything that fal's errors mean to us is decided here, by status, `type` and `error_type`, never by text.
 * Sources: fal's "Model errors" (a `detail` array) and "Request error types" (a `detail` text and an
 * `error_type`).
 */
const kinds = new Map<string, FailureKind>([
  ['content_policy_violation', 'content_policy'],
  ['no_media_generated', 'no_media'],
  ['file_download_error', 'file_unavailable'],
  ['generation_timeout', 'timeout'],
  ['request_timeout', 'timeout'],
  ['startup_timeout', 'timeout'],
  ['internal_server_error', 'provider_error'],
  ['downstream_service_error', 'provider_error'],
  ['downstream_service_unavailable', 'provider_error'],
  ['internal_error', 'provider_error'],
  ['client_disconnected', 'provider_error'],
  ['client_cancelled', 'cancelled_elsewhere'],
  ['bad_request', 'refused_input'],
]);

type Entry = Readonly<Record<string, unknown>>;

/** What the model said in its `detail` array; `null` when there is none. */
function modelFailure(body: unknown, status: number | null): Failure | null {
  const entry = tellingEntry(body);
  if (entry === null) return null;
  const type = typeOf(entry);
  const detail = described(status, type, entry) + wordsOf(entry);
  return { kind: kinds.get(type) ?? kindOfStatus(status), detail };
}

/** Of several entries the first whose type we know. */
function tellingEntry(body: unknown): Entry | null {
  if (!isRecord(body) || !Array.isArray(body.detail)) return null;
  const entries = body.detail.filter(isRecord);
  return entries.find(({ type }) => typeof type === 'string' && kinds.has(type)) ?? entries[0] ?? null;
}

const typeOf = (entry: Entry): string => textOf(entry.type) ?? 'untyped';

/** For `error_type`: the platform, not the model, ended the job. */
export function platformFailure(type: string, status: number | null = null): Failure {
  return { kind: kinds.get(type) ?? 'provider_error', detail: described(status, type) };
}

/** What a body that reports a job's end says; `null` when it names no type. */
export function failureIn(body: unknown, status: number | null = null): Failure | null {
  const type = isRecord(body) ? textOf(body.error_type) : null;
  return modelFailure(body, status) ?? (type === null ? null : platformFailure(type, status));
}

/**
 * Why the result of a COMPLETED job was refused; `null` when that says nothing about the job: ask again. What the
 * platform did to a job stands in its status too, so an `error_type` that only the result has is trouble of the
 * question: a paid image must not be lost by it.
 */
export function jobFailure({ status, headers, body }: FalRefusal): Failure | null {
  if (isAccess(status) || status === 408 || status === 429) return null;
  const failure = modelFailure(body, status);
  if (failure !== null) return failure;
  const detail = described(status);
  // About this one job: its endpoint may serve all others.
  if (status === 404 || status === 410) return { kind: 'bad_result', detail };
  if (status === 422) return { kind: 'refused_input', detail };
  if (status === 499) return { kind: 'cancelled_elsewhere', detail };
  if (status >= 500 && headers.get('x-fal-retryable') === 'false')
    return { kind: kindOfStatus(status), detail };
  return null;
}

/** What went wrong with a submit. Whatever may have reached fal is `in_doubt`. */
export function submitTrouble(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof FalRefusal) return refusal(error, submitTroubleOf(error.status), 'the order');
  if (error instanceof FalUnreachable && wasNeverSent(error.reason))
    return noAnswer('not_taken', 'fal is out of reach', error);
  return noAnswer('in_doubt', 'fal did not confirm the order', error);
}

/**
 * What went wrong with an upload that an order needs: nothing was bought, and what fal refuses it refuses again. The
 * file itself goes to another host than `restHost`: what that one says, or a proxy in its stead, is about the way there,
 * not about our key.
 */
export function uploadTrouble(error: unknown, restHost: string): ProviderError {
  if (error instanceof ProviderError) return error;
  if (!(error instanceof FalRefusal)) return noAnswer('not_uploaded', 'fal took no file', error);
  const trouble = error.host === restHost ? submitTroubleOf(error.status) : null;
  const isFinal = trouble === 'refused' || error.status === 413;
  if (isFinal) return refusal(error, 'refused', 'the file');
  return refusal(error, trouble === 'no_access' ? trouble : 'not_uploaded', 'the file');
}

/** What went wrong with a question: nothing can have been bought by it. */
export function questionTrouble(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof FalRefusal) return refusal(error, questionTroubleOf(error.status), 'the question');
  return noAnswer('not_taken', 'fal gave no answer', error);
}

function submitTroubleOf(status: number): ProviderTrouble {
  if (isAccess(status)) return 'no_access';
  if (status === 404 || status === 410) return 'endpoint_gone';
  // A redirect is not followed and a full queue took nothing.
  if (status === 429 || status === 503 || status < 400) return 'not_taken';
  return status >= 500 || status === 408 ? 'in_doubt' : 'refused';
}

function questionTroubleOf(status: number): ProviderTrouble {
  if (isAccess(status)) return 'no_access';
  return status === 404 || status === 410 ? 'endpoint_gone' : 'not_taken';
}

/** 402 and 403: no money, or a key without the right. */
const isAccess = (status: number): boolean => status === 401 || status === 402 || status === 403;

function refusal(
  { body, status, headers }: FalRefusal,
  trouble: ProviderTrouble,
  what: string,
): ProviderError {
  const entry = tellingEntry(body);
  const platform = isRecord(body) ? textOf(body.error_type) : null;
  const type = entry === null ? (platform ?? undefined) : typeOf(entry);
  const named = described(status, type, entry ?? undefined);
  // Without its cause, and fal's words apart: they repeat prompts and addresses.
  const detail = failureIn(body, status)?.detail ?? named;
  return new ProviderError(trouble, `fal refused ${what}: ${named}`, retryAfter(headers), { detail });
}

/** Codes of `fetch` for a connection that never stood, so that nothing can have been sent over it. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function wasNeverSent(reason: unknown): boolean {
  for (let error = reason; isRecord(error); error = error.cause) {
    if (typeof error.code === 'string' && neverConnected.has(error.code)) return true;
    if (error.syscall === 'connect') return true;
  }
  return false;
}

/** The innermost code or name: the message of a network error may hold an address. */
function codeOf(error: unknown): string {
  let code = 'unknown';
  for (let each = error; isRecord(each); each = each.cause ?? each.reason) {
    code = textOf(each.code) ?? textOf(each.name) ?? code;
  }
  return code;
}

function noAnswer(trouble: ProviderTrouble, message: string, error: unknown): ProviderError {
  const cause = error instanceof FalUnreachable ? error.reason : error;
  return new ProviderError(trouble, `${message}: ${codeOf(error)}`, null, { cause });
}

/** No wait is longer, whatever fal or a proxy writes: a job must not wait for years. */
const longestWaitSeconds = 3600;

/** Seconds, from a number or from a date by fal's own clock. */
function retryAfter(headers: Headers): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  const answered = headers.get('date') ?? new Date().toUTCString();
  const wait = Number.isNaN(seconds) ? (Date.parse(value) - Date.parse(answered)) / 1000 : seconds;
  return Number.isNaN(wait) ? null : Math.min(longestWaitSeconds, Math.max(0, Math.ceil(wait)));
}

function kindOfStatus(status: number | null): FailureKind {
  if (status === 504) return 'timeout';
  return status !== null && status >= 500 ? 'provider_error' : 'refused_input';
}

/** Status, type and field: enough to know what it is about, and nothing that a user wrote. */
function described(status: number | null, type?: string, entry?: Entry): string {
  const place = Array.isArray(entry?.loc) ? `at ${entry.loc.join('.')}` : null;
  return cut([status, type, place].filter(Boolean).join(' '), 200);
}

/** fal's own message, for the operator's eyes in the job's row: without addresses, which may be signed. */
function wordsOf(entry: Entry): string {
  const text = textOf(entry.msg);
  if (text === null) return '';
  // Cut first: to look for addresses takes the square of a word's length.
  return ` (${cut(cut(text, 2000).replace(/\S+:\/\/\S+/g, '<address>'), 200)})`;
}
