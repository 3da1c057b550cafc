import type { ChatEvents } from '../state/chat-events.js';

/**
 * Resolves with the first value of `look` that is neither undefined nor false; looks again after every event.
 * Rejects after the timeout with what `describe` says then.
 */
export function waitUntil<Found>(
  events: ChatEvents,
  look: () => Found | undefined | false,
  milliseconds: number,
  describe: () => string,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    let planned: NodeJS.Immediate | undefined;
    const settle = (finish: () => void) => {
      stop();
      clearTimeout(timer);
      clearImmediate(planned);
      finish();
    };
    const check = () => {
      planned = undefined;
      try {
        const found = look();
        if (found !== undefined && found !== false) settle(() => resolve(found));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    // One turn later: by then the call that caused the event is over and in the log.
    const stop = events.listen(() => {
      planned ??= setImmediate(check);
    });
    const timer = setTimeout(() => {
      settle(() => reject(new Error(`Nothing came within ${milliseconds} ms. The chats:\n${describe()}`)));
    }, milliseconds);
    check();
  });
}
