/**
 * Has `work` stop after so long, or when `stopped` aborts: its signal then says why, with a `TimeoutError` or the reason of
 * `stopped`. What it leaves behind is nothing.
 *
 * Not `AbortSignal.any([stopped, AbortSignal.timeout(…)])`: Node collects a timeout that only `any` holds, and what waits
 * for it waits for ever (nodejs/node#57736).
 */
export async function withDeadline<Result>(
  milliseconds: number,
  stopped: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController();
  const stop = () => over.abort(stopped.reason);
  const timer = setTimeout(
    () => over.abort(new DOMException(`not done after ${milliseconds} ms`, 'TimeoutError')),
    milliseconds,
  );
  stopped.addEventListener('abort', stop, { once: true });
  if (stopped.aborted) stop();
  try {
    return await work(over.signal);
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener('abort', stop);
  }
}
