import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { NoSuchFile } from '../../../application/ports/media-store.js';
import { DomainError } from '../../../domain/errors.js';
import type { ApiEnv } from '../api-services.js';
import { ApiProblem } from '../problems.js';
import { rangeIn, within } from './byte-range.js';

interface AnsweredFile {
  readonly bytes: number;
  readonly contentType: string;
  /** Hex digest of its bytes. */
  readonly sha256: string;
  /** How a browser shows it and calls it, as `content-disposition`. */
  readonly disposition: string;
  read(): Promise<Readable>;
}

/** What a route that sends a file looks at, for the document. */
export const fileHeaders = z.object({
  range: z.string().optional().openapi({ example: 'bytes=0-1023' }),
  'if-none-match': z.string().optional(),
});

const binary = z.string().openapi({ format: 'binary' });

/** The answers of a route that sends a picture of one of these types. */
export const fileResponses = <Type extends `image/${string}`>(
  description: string,
  types: readonly Type[],
) => ({
  200: {
    description: `${description} The ETag is their SHA-256.`,
    content: Object.fromEntries(types.map((type) => [type, { schema: binary }])) as Record<
      Type,
      { schema: typeof binary }
    >,
  },
  206: { description: 'The bytes that Range asked for.' },
  304: { description: 'It is the one that If-None-Match names.' },
});

const tagOf = ({ sha256 }: Pick<AnsweredFile, 'sha256'>): string => `"${sha256}"`;

/** Whether whoever asks has it. A weak tag names the same bytes here. */
export const isKnown = ({ req }: Context<ApiEnv>, file: Pick<AnsweredFile, 'sha256'>): boolean =>
  req
    .header('if-none-match')
    ?.split(',')
    .some((each) => [tagOf(file), '*'].includes(each.trim().replace(/^W\//, ''))) ?? false;

/** Answers with the bytes of a file, or those that were asked for, or that they are the same as before. */
export async function fileAnswer(context: Context<ApiEnv>, file: AnsweredFile): Promise<Response> {
  const { req } = context;
  const { bytes } = file;
  const tag = tagOf(file);
  context.header('etag', tag);
  // It never changes, but its owner may delete it: whoever keeps it has to ask again.
  context.header('cache-control', 'private, no-cache');
  if (isKnown(context, file)) return context.body(null, 304);
  const isSame = (req.header('if-range') ?? tag) === tag;
  const range = isSame ? rangeIn(req.header('range'), bytes) : 'whole';
  if (range === 'none')
    throw new ApiProblem('range_not_satisfiable', `It has ${bytes} bytes.`, {
      'content-range': `bytes */${bytes}`,
    });
  const part = range === 'whole' ? { from: 0, to: bytes - 1 } : range;
  context.header('accept-ranges', 'bytes');
  context.header('content-type', file.contentType);
  context.header('content-length', String(part.to - part.from + 1));
  context.header('content-disposition', file.disposition);
  if (range !== 'whole') context.header('content-range', `bytes ${part.from}-${part.to}/${bytes}`);
  const status = range === 'whole' ? 200 : 206;
  // Nobody would read the file, nor close it.
  if (req.method === 'HEAD') return context.body(null, status);
  const whole = await file.read();
  const sent = range === 'whole' ? whole : Readable.from(within(whole, part));
  return context.body(Readable.toWeb(sent) as ReadableStream, status);
}

/** The same for a JPEG in memory. */
export const jpegAnswer = (context: Context<ApiEnv>, picture: Uint8Array, name: string): Promise<Response> =>
  fileAnswer(context, {
    bytes: picture.byteLength,
    contentType: 'image/jpeg',
    sha256: createHash('sha256').update(picture).digest('hex'),
    disposition: `inline; filename="${name}.jpg"`,
    read: async () => Readable.from([picture]),
  });

/** A file that was deleted is not there. @throws DomainError `not_found` */
export const unlessGone = <Found>(reading: Promise<Found>, what: string): Promise<Found> =>
  reading.catch((error: unknown) => {
    throw error instanceof NoSuchFile ? new DomainError({ code: 'not_found', what }) : error;
  });
