import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import sharp from 'sharp';
import { type ListeningServer, listen } from '../listen.js';
import type { Recording, RecordingFolder } from './recording-folder.js';

export interface ReplayOptions {
  readonly port: number;
  /** The only key that is taken. */
  readonly key: string;
  readonly recordings: RecordingFolder;
}

/** Answers what was recorded, with made-up ids and placeholders for files. What was not is a 501 that says so. */
export async function startFalReplay({ port, key, recordings }: ReplayOptions): Promise<ListeningServer> {
  const all = recordings.all();
  const asked = new Map<string, number>();
  const app = new Hono().get('/files/:name', (c) => placeholder(c.req.param('name')));
  app.all('/:host{queue|run|rest|api}/:path{.+}', async (c) => {
    if (c.req.header('authorization') !== `Key ${key}`)
      return c.json({ detail: 'Authentication is required to access this application.' }, 401);
    const { origin, pathname } = new URL(c.req.url);
    const host = c.req.param('host');
    const path = pathname.slice(`/${host}`.length);
    const id = uuid.exec(path)?.[0] ?? randomUUID();
    const found = all.filter(({ request }) => isAsked(request, { method: c.req.method, host, path }));
    const place = `${c.req.method} ${host}${path}`;
    const times = asked.get(place) ?? 0;
    asked.set(place, times + 1);
    const recording = inTurn(found, times);
    if (recording === undefined) return c.json({ detail: `Nothing was recorded for ${place}` }, 501);
    return replayed(c, recording, new Filling(origin, id));
  });
  return listen(app, port);
}

const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;

function isAsked(
  request: Recording['request'],
  { method, host, path }: { method: string; host: string; path: string },
): boolean {
  const words = request.path.split('/');
  const said = path.split('/');
  return (
    request.method === method &&
    request.host === host &&
    words.length === said.length &&
    words.every(
      (word, index) =>
        word === '{word}' || (word === '{id}' ? uuid.test(said[index] ?? '') : word === said[index]),
    )
  );
}

/** A status waits once, then is done. Of other answers the good one comes, where there is one. */
function inTurn(found: readonly Recording[], times: number): Recording | undefined {
  const by = (status: number) => found.find(({ answer }) => answer.status === status);
  return times === 0 ? (by(202) ?? by(200) ?? found[0]) : (by(200) ?? by(202) ?? found[0]);
}

function replayed(c: Context, { answer }: Recording, filling: Filling): Response {
  for (const [name, value] of Object.entries(answer.headers))
    c.header(name, name === 'x-fal-request-id' ? filling.id : value);
  const status = answer.status as 200;
  switch (answer.kind) {
    case 'json':
      return c.json(filling.of(answer.body) as object, status);
    case 'events': {
      const events = (answer.body as unknown[]).map(
        (event) => `data: ${JSON.stringify(filling.of(event))}\n\n`,
      );
      return c.body(events.join(''), status, { 'content-type': 'text/event-stream' });
    }
    case 'file':
    case 'empty':
      return c.body(null, status);
    default:
      return answer.kind satisfies never;
  }
}

/** Puts something in the place of what was left out. */
class Filling {
  constructor(
    private readonly origin: string,
    readonly id: string,
  ) {}

  of(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.of(item));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.of(each)]));
    return typeof value === 'string' ? this.#text(value) : value;
  }

  #text(text: string): string {
    if (text === '<id>') return this.id;
    if (text === '<time>') return new Date().toISOString();
    const [, ending] = /^<url \.(\w+)>$/.exec(text) ?? [];
    if (ending !== undefined || text === '<url>')
      return `${this.origin}/files/placeholder.${ending ?? 'png'}`;
    const [, host, path] = /^<(queue|run|rest|api)>(.*)$/.exec(text) ?? [];
    if (path !== undefined) return `${this.origin}/${host}${path.replaceAll('{id}', this.id)}`;
    return text.replace(/^<(\w+)>$/, 'left out: $1');
  }
}

async function placeholder(name: string): Promise<Response> {
  const ending = name.replace(/^.*\./, '');
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: '#808080' } });
  const isJpeg = /^jpe?g$/.test(ending);
  if (!isJpeg && !['png', 'webp'].includes(ending)) return new Response(new Uint8Array(16));
  const format = isJpeg ? 'jpeg' : (ending as 'png' | 'webp');
  const bytes = new Uint8Array(await picture.toFormat(format).toBuffer());
  return new Response(bytes, { headers: { 'content-type': `image/${format}` } });
}
