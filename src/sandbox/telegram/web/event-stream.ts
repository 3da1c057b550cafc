import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { viewOf } from '../driver/message-view.js';
import type { ChatEvent } from '../state/chat-events.js';
import type { World } from '../state/world.js';
import { draftShown, surroundings } from './chat-snapshot.js';

interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** Milliseconds between signs of life, so that nothing on the way closes a quiet stream. */
const heartbeat = 15_000;

/** Tells a page what happens, as it happens, until the page goes or `ended` does. */
export function streamEvents(context: Context, world: World, ended: AbortSignal): Response {
  return streamSSE(context, async (stream) => {
    const waiting: ServerSentEvent[] = [{ event: 'hello', data: '{}' }];
    let wake = () => {};
    const stop = world.events.listen((event) => {
      const shown = serverSentEvent(event, world);
      if (shown !== undefined) waiting.push(shown);
      wake();
    });
    const timer = setInterval(() => {
      waiting.push({ event: 'heartbeat', data: '{}' });
      wake();
    }, heartbeat);
    const leave = () => wake();
    stream.onAbort(leave);
    ended.addEventListener('abort', leave);
    while (!stream.aborted && !ended.aborted) {
      const next = waiting.shift();
      if (next !== undefined) await stream.writeSSE(next);
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    stop();
    clearInterval(timer);
    ended.removeEventListener('abort', leave);
  });
}

function serverSentEvent(event: ChatEvent, world: World): ServerSentEvent | undefined {
  switch (event.type) {
    case 'message':
    case 'edited': {
      const stored = world.messages.find(event.chatId, event.messageId);
      return stored === undefined ? undefined : { event: event.type, data: JSON.stringify(viewOf(stored)) };
    }
    case 'deleted':
      return { event: 'deleted', data: JSON.stringify({ chatId: event.chatId, id: event.messageId }) };
    case 'action':
      return { event: 'action', data: JSON.stringify({ chatId: event.chatId, action: event.action }) };
    case 'draft':
      return { event: 'draft', data: JSON.stringify(draftShown(world, event.chatId)) };
    case 'chat':
    case 'person':
    case 'profile':
      return { event: 'surroundings', data: JSON.stringify(surroundings(world)) };
    case 'callback_answered':
    case 'checkout_answered':
    case 'inline_answered':
    case 'call':
      return undefined;
    default:
      return event satisfies never;
  }
}
