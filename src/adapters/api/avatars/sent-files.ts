import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { SentFile } from '../../../application/avatars/photos/send-photos.js';
import type { ApiEnv } from '../api-services.js';
import { ApiProblem } from '../problems.js';

/** Of one request: two of them are held in memory at once. */
const mostBytes = 50 * 2 ** 20;

const tooLarge = () => new ApiProblem('body_too_large', `At most ${mostBytes} bytes.`);

/** Files of a form, or the one that is the body. @throws ApiProblem */
export async function sentFiles({ req }: Context<ApiEnv>): Promise<SentFile[]> {
  const type = req.header('content-type') ?? '';
  const isForm = /^multipart\/form-data\s*;/i.test(type);
  if (!isForm && !/^(image\/[\w.+-]+|application\/(zip|octet-stream))\s*(;|$)/i.test(type))
    throw new ApiProblem(
      'media_type_not_supported',
      'Send an image, application/zip, or multipart/form-data with files.',
    );
  const bytes = await bodyOf(req.raw, Number(req.header('content-length') ?? 0));
  const files = isForm ? await filesInForm(bytes, type) : [sent(null, bytes)];
  if (files.length === 0 || files.every((file) => file.bytes.byteLength === 0))
    throw new ApiProblem('malformed_request', 'No file was sent.');
  return files;
}

/** Hono's own limit would hold a body of unknown length before its turn has come. */
async function bodyOf(request: Request, claimed: number): Promise<Uint8Array<ArrayBuffer>> {
  if (claimed > mostBytes) throw tooLarge();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > mostBytes) throw tooLarge();
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

async function filesInForm(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<SentFile[]> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => {
    throw new ApiProblem('malformed_request', 'The form cannot be read.');
  });
  const files = [...form.values()].filter((value) => typeof value !== 'string');
  return Promise.all(files.map(async (file) => sent(file.name, new Uint8Array(await file.arrayBuffer()))));
}

const sent = (name: string | null, bytes: Uint8Array): SentFile => ({
  ...{ name, bytes },
  upload: `file:${createHash('sha256').update(bytes).digest('hex')}`,
});
