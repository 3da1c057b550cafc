import { storable } from '../../domain/text/storable-text.js';
import { AnswerTooLong, boundedText } from './bounded-body.js';
import { readJson } from './json.js';

/**
 * fal answered, but not with 2xx. `body` is the parsed JSON, or `null` when there was none. `host` is who answered:
 * an upload's file goes to another one than everything else.
 * Neither this nor FalUnreachable has a `code` or a `cause`: by these the client would recognise an error that
 * it retries, and its own retries could buy an image twice.
 */
export class FalRefusal extends Error {
  override readonly name = 'FalRefusal';

  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly body: unknown,
    readonly host: string | null = null,
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
 * the body is read, which has a limit. No redirect is followed: it could carry a submit elsewhere.
 *
 * @param rewritten where an address of fal's really lies; every request of the client comes by here, uploads too
 * @param milliseconds limit for calls that bring no signal of their own (the client's uploads)
 */
export function falFetch(
  fetch: typeof globalThis.fetch,
  rewritten: (url: string) => string,
  milliseconds: number,
): typeof globalThis.fetch {
  return async (input, init) => {
    const signal = init?.signal ?? AbortSignal.timeout(milliseconds);
    const url = rewritten(input instanceof Request ? input.url : String(input));
    const { response, text } = await readWhole(() => fetch(url, { ...init, signal, redirect: 'manual' }));
    if (!response.ok)
      throw new FalRefusal(response.status, response.headers, readJson(text), new URL(url).host);
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
    return { response, text: await textOf(response) };
  } catch (error) {
    throw new FalUnreachable(error);
  }
}

/** A refusal says what it says by its status, however long its page is. */
async function textOf(response: Response): Promise<string> {
  try {
    return await boundedText(response);
  } catch (error) {
    if (error instanceof AnswerTooLong && !response.ok) return '';
    throw error;
  }
}
