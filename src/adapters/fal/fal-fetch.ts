import { storable } from '../../domain/storable-text.js';
import { readJson } from './json.js';
/**
 * fal answered, but not with 2xx. `body` is the parsed JSON, or `null` when there was none.
 * Neither this nor FalUnreachable has a `code` or a `cause`: by these the client would recognise an error that
 * it retries, and its own retries could buy an image twice.
 */
export class FalRefusal extends Error {
  override readonly name = 'FalRefusal';

  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly body: unknown,
  ) {
    super(`fal answered ${status}`);
  }
}

/** There was no whole answer. `reason` is what `fetch` threw. */
export class FalUnreachable extends Error {
  override readonly name = 'FalUnreachable';

  constructor(readonly reason: unknown) {
    super(reason instanceof Error ? reason.message : 'no answer');
  }
}

/**
 * The `fetch` that fal's client works with. Every answer that is not 2xx throws FalRefusal with its headers
 * (the client would drop `Retry-After`), every broken connection or time-out throws FalUnreachable, also while
 * the body is read. No redirect is followed: it could carry a submit elsewhere.
 *
 * @param milliseconds limit for calls that bring no signal of their own (the client's uploads)
 */
export function falFetch(fetch: typeof globalThis.fetch, milliseconds: number): typeof globalThis.fetch {
  return async (input, init) => {
    const signal = init?.signal ?? AbortSignal.timeout(milliseconds);
    const { response, text } = await readWhole(() => fetch(input, { ...init, signal, redirect: 'manual' }));
    if (!response.ok) throw new FalRefusal(response.status, response.headers, readJson(text));
    const headers = new Headers(response.headers);
    // The text is decoded already.
    headers.delete('content-encoding');
    headers.delete('content-length');
    const withoutBody = response.status === 204 || response.status === 205;
    const content = readJson(text);
    const body = content === null ? storable(text) : JSON.stringify(content);
    return new Response(withoutBody ? null : body, { status: response.status, headers });
  };
}

async function readWhole(ask: () => Promise<Response>) {
  try {
    const response = await ask();
    return { response, text: await response.text() };
  } catch (error) {
    throw new FalUnreachable(error);
  }
}
