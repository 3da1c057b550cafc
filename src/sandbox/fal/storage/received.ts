import { type UploadFolder, UploadTooLarge } from './upload-folder.js';

/** Takes the content of a file, or of a part of one, and says so; 413 when it is too much. */
export async function received(
  uploads: UploadFolder,
  id: string,
  bodies: Parameters<UploadFolder['receive']>[1],
  said: Readonly<Record<string, unknown>> = {},
): Promise<Response> {
  try {
    await uploads.receive(id, bodies);
    return Response.json({ ...said, etag: id }, { headers: { etag: `"${id}"` } });
  } catch (error) {
    if (error instanceof UploadTooLarge) return Response.json({ detail: error.message }, { status: 413 });
    throw error;
  }
}

export function bodyOf(request: Request) {
  return request.body ?? new Blob([]).stream();
}

/** No slashes and nothing odd: the name becomes the end of an address. */
export function safeName(name: unknown): string {
  const cleaned = typeof name === 'string' ? name.replace(/[^\p{L}\p{N}._-]+/gu, '_').slice(-100) : '';
  return cleaned === '' ? 'file' : cleaned;
}
