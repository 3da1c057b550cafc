import { type Context, Hono } from 'hono';
import { endpointNames } from '../endpoints/catalogue.js';
import { type ListeningServer, listen } from '../listen.js';
import type { Recording, RecordingFolder } from './recording-folder.js';
import { SafeShape } from './safe-shape.js';

/** fal's hosts, by the names that they have here. */
export interface FalHosts {
  readonly queue: string;
  readonly run: string;
  readonly rest: string;
  readonly api: string;
}

export const realFal: FalHosts = {
  queue: 'https://queue.fal.run',
  run: 'https://fal.run',
  rest: 'https://rest.fal.ai',
  api: 'https://api.fal.ai',
};

export interface RecorderOptions {
  readonly port: number;
  /** What programs here must show; fal's key is put in its place. Else any of them could spend the account's money. */
  readonly localKey: string;
  readonly falKey: string;
  readonly hosts: FalHosts;
  readonly recordings: RecordingFolder;
}

const routeWords =
  '.well-known jwks.json v1 models pricing usage storage upload initiate initiate-multipart auth token tokens requests status stream cancel';
const openWords = () =>
  new Set([...routeWords.split(' '), ...endpointNames([]).flatMap((name) => name.split('/'))]);

/** The largest answer that is looked at, in bytes; a larger one only passes. */
const mostLookedAt = 4 * 2 ** 20;
const passedOn = ['content-type', 'accept', 'user-agent'];

/**
 * Passes everything on to fal with the account's key, and keeps what comes back as shapes. It costs what the calls cost.
 * Files go between the program and fal directly: neither they nor their addresses are kept.
 */
export function startFalRecorder(options: RecorderOptions): Promise<ListeningServer> {
  const app = new Hono()
    .all('/:host{queue|run|rest|api}/:path{.+}', (c) => exchange(c, options))
    .notFound((c) => c.json({ detail: 'Not Found' }, 404))
    .onError((error, c) => c.json({ detail: `fal could not be asked: ${error.message}` }, 502));
  return listen(app, options.port);
}

async function exchange(c: Context, options: RecorderOptions): Promise<Response> {
  const host = c.req.param('host') as keyof FalHosts;
  const shown = c.req.header('authorization');
  const isOpen = host === 'rest' && c.req.path.endsWith('jwks.json');
  if (shown !== `Key ${options.localKey}` && !isOpen)
    return c.json({ detail: 'Authentication is required to access this application.' }, 401);
  const url = new URL(c.req.url);
  const path = url.pathname.slice(`/${host}`.length);
  const body = ['GET', 'HEAD'].includes(c.req.method) ? undefined : await c.req.arrayBuffer();
  const answer = await fetch(`${options.hosts[host]}${path}${url.search}`, {
    method: c.req.method,
    headers: { ...openHeaders(c), authorization: `Key ${options.falKey}` },
    redirect: 'manual',
    ...(body === undefined || body.byteLength === 0 ? {} : { body }),
  });
  const sent = [options.falKey, options.localKey, ...url.searchParams.values(), jsonOf(body)];
  const shape = new SafeShape(sent, namesOf(options.hosts), openWords());
  const request = {
    ...{
      method: c.req.method,
      host,
      path: shape.path(path),
      query: [...url.searchParams.keys()].filter(isPlain),
    },
    ...(body === undefined || body.byteLength === 0 ? {} : { body: shape.of(jsonOf(body)) }),
  };
  return passed(answer, (kind, seen) =>
    options.recordings.keep({
      recordedFrom: 'fal',
      request,
      answer: {
        status: answer.status,
        headers: answerHeaders(answer),
        kind,
        ...(seen === undefined ? {} : { body: shape.of(seen) }),
      },
    }),
  );
}

const namesOf = (hosts: FalHosts) => new Map(Object.entries(hosts).map(([name, address]) => [address, name]));

type Keep = (kind: Recording['answer']['kind'], seen?: unknown) => void;

/** Hands the answer on as it is; what is JSON or events is looked at on the way. */
async function passed(answer: Response, keep: Keep): Promise<Response> {
  const headers = new Headers();
  for (const name of ['content-type', ...ownHeaders]) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const init = { status: answer.status, headers };
  const type = answer.headers.get('content-type') ?? '';
  if (answer.body === null) {
    keep('empty');
    return new Response(null, init);
  }
  if (type.includes('text/event-stream'))
    return new Response(answer.body.pipeThrough(eventsSeen(keep)), init);
  if (!type.includes('json')) {
    keep('file');
    return new Response(answer.body, init);
  }
  const bytes = await answer.arrayBuffer();
  const seen = bytes.byteLength > mostLookedAt ? undefined : jsonOf(bytes);
  keep('json', seen);
  return new Response(bytes, init);
}

function eventsSeen(keep: Keep): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let text = '';
  return new TransformStream({
    transform(chunk, controller) {
      controller.enqueue(chunk);
      if (text.length < mostLookedAt) text += decoder.decode(chunk, { stream: true });
    },
    flush() {
      keep(
        'events',
        [...text.matchAll(/^data: ?(.+)$/gm)].map(([, data = '']) => jsonOf(Buffer.from(data))),
      );
    },
  });
}

const ownHeaders = ['x-fal-request-id', 'x-fal-error-type', 'x-fal-retryable', 'x-fal-request-timeout-type'];

/** Which of fal's headers were there; of the values only those that a program decides by. */
const answerHeaders = ({ headers }: Response): Record<string, string> =>
  Object.fromEntries(
    ownHeaders.flatMap((name) => {
      const value = headers.get(name);
      if (value === null) return [];
      return [
        [
          name,
          /^(true|false|user|[a-z]+_[a-z]+)$/.test(value) && name !== 'x-fal-request-id' ? value : '<text>',
        ],
      ];
    }),
  );

const openHeaders = (c: Context): Record<string, string> =>
  Object.fromEntries(
    Object.entries(c.req.header()).filter(([name]) => passedOn.includes(name) || name.startsWith('x-fal-')),
  );

const isPlain = (name: string): boolean => /^[a-z_]{1,40}$/.test(name);

function jsonOf(bytes: ArrayBuffer | Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array()));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
