import type { BytesInFlight } from './bytes-in-flight.js';

export interface BodyLimits {
  /** Bytes. */
  readonly maximum: number;
  /** For the whole body to arrive. */
  readonly milliseconds: number;
  /** Bytes of all bodies that are being read or judged. */
  readonly inFlight: BytesInFlight;
}

/** Why a body was not taken, and the HTTP status that says so. */
export class BodyRefused extends Error {
  override readonly name = 'BodyRefused';

  constructor(
    readonly reason: 'too_large' | 'too_slow' | 'cut_off' | 'busy',
    readonly status: 413 | 408 | 400 | 503,
    options?: ErrorOptions,
  ) {
    super(`the body is ${reason}`, options);
  }
}

const tooLarge = () => new BodyRefused('too_large', 413);

/**
 * Gives `work` a way to read the raw bytes of a request, once it knows that it wants them. They count as in flight
 * until `work` is done with them.
 * @throws BodyRefused
 */
export async function withBody<Result>(
  request: Request,
  limits: BodyLimits,
  work: (read: () => Promise<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  let held = 0;
  const hold = (bytes: number) => {
    if (!limits.inFlight.take(bytes)) throw new BodyRefused('busy', 503);
    held += bytes;
  };
  try {
    return await work(() => readBody(request, limits, hold));
  } finally {
    limits.inFlight.give(held);
  }
}

/** Never holds more than the limit: counts while reading, whatever was announced. */
async function readBody(
  request: Request,
  limits: BodyLimits,
  hold: (bytes: number) => void,
): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limits.maximum) throw tooLarge();
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  // Not by cancelling the reader: that would take the connection down before it is answered.
  const deadline = deadlineAfter(limits.milliseconds);
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const part = await Promise.race([reader.read(), deadline.passed]);
      if (part.done) return Buffer.concat(chunks);
      size += part.value.byteLength;
      if (size > limits.maximum) throw tooLarge();
      hold(part.value.byteLength);
      chunks.push(part.value);
    }
  } catch (error) {
    if (error instanceof BodyRefused) throw error;
    throw new BodyRefused('cut_off', 400, { cause: error });
  } finally {
    deadline.cancel();
  }
}

function deadlineAfter(milliseconds: number): { passed: Promise<never>; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BodyRefused('too_slow', 408)), milliseconds);
  });
  return { passed, cancel: () => clearTimeout(timer) };
}
