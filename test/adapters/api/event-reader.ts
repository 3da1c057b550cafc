export interface SentEvent {
  readonly event: string;
  readonly id: string;
  readonly data: unknown;
}

/** Reads a stream of events as it comes. */
export interface EventReader {
  readonly status: number;
  /** The next event or comment as it stands in the stream; `null`: it has ended. */
  block(): Promise<string | null>;
  next(): Promise<SentEvent>;
  /** All that come until it ends. */
  rest(): Promise<SentEvent[]>;
}

export function eventReader({ status, body }: Response): EventReader {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const block = async (): Promise<string | null> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const found = text.slice(0, end);
        text = text.slice(end + 2);
        return found;
      }
      const { value, done } = (await reader?.read()) ?? { done: true };
      if (done) return null;
      text += value ?? '';
    }
  };
  const rest = async () => {
    const all: SentEvent[] = [];
    for (let found = await block(); found !== null; found = await block()) all.push(eventIn(found));
    return all;
  };
  const next = async () => {
    const found = await block();
    if (found === null) throw new Error('the stream has ended');
    return eventIn(found);
  };
  return { status, block, next, rest };
}

function eventIn(block: string): SentEvent {
  const field = (name: string) => block.match(new RegExp(`^${name}: (.*)$`, 'm'))?.[1] ?? '';
  return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) };
}
