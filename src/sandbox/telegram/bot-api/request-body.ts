import type { IncomingMessage } from 'node:http';
import { BotApiError, badRequest } from '../bot-api-error.js';
import { type Form, readMultipart } from './multipart.js';
import { utf8 } from './utf8.js';

/** A document of 50 MB and what is around it. */
const maximumBytes = 60 * 1024 * 1024;

export interface CallBody {
  readonly values: Readonly<Record<string, unknown>>;
  readonly uploads: Form['uploads'];
}

/** Reads the parameters of one call: query string, JSON, urlencoded or multipart. */
export async function readCallBody(request: IncomingMessage, query: URLSearchParams): Promise<CallBody> {
  const fromQuery = Object.fromEntries(query);
  const bytes = await readAll(request);
  const { values, uploads } = parseBody(bytes, request.headers['content-type'] ?? '');
  return { values: { ...fromQuery, ...values }, uploads };
}

/** The same of bytes that are there: also what a webhook answers with. @throws BotApiError 400 */
export function parseBody(bytes: Buffer, contentType: string): CallBody {
  if (bytes.length === 0) return { values: {}, uploads: new Map() };
  if (/^application\/json/i.test(contentType))
    return { values: parseObject(utf8(bytes)), uploads: new Map() };
  if (/^multipart\/form-data/i.test(contentType)) return readMultipart(bytes, contentType);
  return { values: Object.fromEntries(new URLSearchParams(utf8(bytes))), uploads: new Map() };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maximumBytes) throw new BotApiError(413, 'Request Entity Too Large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw badRequest("can't parse JSON object");
}
