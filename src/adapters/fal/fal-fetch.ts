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
    if (!response.ok) throw new FalRefusal(response.status, response.headers, parsed(text));
    const headers = new Headers(response.headers);
    // The text is decoded already.
    headers.delete('content-encoding');
    headers.delete('content-length');
    const withoutBody = response.status === 204 || response.status === 205;
    return new Response(withoutBody ? null : exactSeeds(text), { status: response.status, headers });
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

/**
 * Seeds that fal chooses may exceed what a JSON number keeps exactly: as strings they survive.
 * Inside a JSON string the quote before `:` would be escaped, so nothing but a key matches.
 */
export const exactSeeds = (json: string): string => json.replace(/"seed"\s*:\s*(\d{16,})/g, '"seed":"$1"');

/** The JSON in `text`, or `null` when it is something else (a proxy's error page). */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
