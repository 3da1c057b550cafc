import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Programs keep their connections. */
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

/** An order of one person, `count` of all. */
export interface ApiOrder {
  readonly url: string;
  readonly key: string;
  readonly count: number;
}

export interface Answered {
  readonly status: number;
  /** From the moment that it was due, so that a late start counts, too. */
  readonly milliseconds: number;
  readonly body: string;
}

/** Sends an order over HTTP, due at `due` (of `performance.now()`). */
export async function order({ url, key, count }: ApiOrder, due = performance.now()): Promise<Answered> {
  const sent = request(url, {
    method: 'POST',
    agent,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `order-${String(count).padStart(8, '0')}`,
    },
  });
  sent.end(JSON.stringify({ prompt: `request ${count} under the stars` }));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let body = '';
  for await (const piece of response.setEncoding('utf8')) body += piece;
  return { status: response.statusCode ?? 0, milliseconds: performance.now() - due, body };
}

/** `rate` orders a second at an even pace, whether those before are answered or not. */
export async function orders(
  rate: number,
  seconds: number,
  each: (count: number) => ApiOrder,
): Promise<Answered[]> {
  const from = performance.now();
  const all: Promise<Answered>[] = [];
  for (let count = 0; count < rate * seconds; count += 1) {
    const due = from + (count * 1000) / rate;
    await sleep(Math.max(0, due - performance.now()));
    all.push(order(each(count), due));
  }
  return Promise.all(all);
}

/** One who follows an order. */
export interface Listener {
  /** Names of the events so far. */
  readonly events: readonly string[];
  /** The stream is over. */
  readonly ended: Promise<unknown>;
}

/** Follows an order by its events; resolves once the first is there. */
export async function listen(url: string, key: string): Promise<Listener> {
  const sent = request(url, { agent: new Agent(), headers: { authorization: `Bearer ${key}` } }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  if (response.statusCode !== 200) throw new Error(`a listener was refused with ${response.statusCode}`);
  const events: string[] = [];
  response.setEncoding('utf8').on('data', (text: string) => {
    for (const [, name = ''] of text.matchAll(/^event: (\w+)$/gm)) events.push(name);
  });
  const ended = once(response, 'close');
  await once(response, 'data');
  return { events, ended };
}
