import type { ChatEvent } from '../state/chat-events.js';
import type { OpenQueries } from '../state/queries.js';
import type { World } from '../state/world.js';

type Answered = Extract<ChatEvent, { readonly queryId: string }>['type'];

/** Waits for the bot's answer to one question. */
export function answerTo<Answer>(
  world: World,
  queries: OpenQueries<Answer>,
  type: Answered,
  queryId: string,
  milliseconds: number,
): Promise<Answer | 'unanswered'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      stop();
      resolve('unanswered');
    }, milliseconds);
    const stop = world.events.listen((event) => {
      if (event.type !== type || event.queryId !== queryId) return;
      stop();
      clearTimeout(timer);
      resolve(queries.collect(queryId) ?? 'unanswered');
    });
  });
}
