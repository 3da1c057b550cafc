import type { Upload } from '../bot-api/multipart.js';
import { badRequest } from '../bot-api-error.js';

/** Most bytes that Telegram fetches from an address. */
const limits = { Photo: 5 * 1024 * 1024, Document: 20 * 1024 * 1024 };
/** Like Telegram, which does not try an address again for days once it failed. */
const failed = new Set<string>();

/** @throws BotApiError 400 when the file cannot be had from there */
export async function downloadFromUrl(url: string, kind: keyof typeof limits): Promise<Upload> {
  try {
    if (failed.has(url)) throw new Error('failed before');
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    if (bytes.length > limits[kind]) throw new Error('too big');
    const type = response.headers.get('content-type')?.split(';')[0] ?? '';
    return { name: decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? ''), type, bytes };
  } catch {
    failed.add(url);
    throw badRequest('failed to get HTTP URL content');
  }
}
