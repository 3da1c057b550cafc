import { createReadStream, existsSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { bodyOf, received } from './received.js';
import type { UploadFolder } from './upload-folder.js';

/** Part numbers of one upload in many pieces; 10 MB each, so 100 are a gigabyte. */
const mostParts = 100;

/** Takes one part of an announced file; 404 for a file or a number that there is not. */
export async function takePart(uploads: UploadFolder, id: string, number: string, request: Request) {
  const partNumber = Number(number);
  return uploads.announced(id) !== undefined && partNumber >= 1 && partNumber <= mostParts
    ? received(uploads, partId(id, partNumber), [bodyOf(request)], { partNumber })
    : unknownUpload();
}

/** Puts the parts together in the order in which they are named. */
export async function completeParts(uploads: UploadFolder, id: string, order: unknown): Promise<Response> {
  if (uploads.announced(id) === undefined) return unknownUpload();
  const { parts = [] } = order as { parts?: readonly { partNumber?: number }[] };
  const paths = parts.map(({ partNumber }) => uploads.contentPath(partId(id, Number(partNumber))));
  // A client that kept no part numbers would else be told that its file is there.
  if (paths.length === 0 || !paths.every((path) => existsSync(path)))
    return Response.json(
      { detail: 'One or more of the specified parts could not be found' },
      { status: 400 },
    );
  const bodies = paths.map((path) => Readable.toWeb(createReadStream(path)));
  const answer = await received(uploads, id, bodies);
  for (const path of paths) rmSync(path, { force: true });
  return answer;
}

export const unknownUpload = () => Response.json({ detail: 'Unknown upload' }, { status: 404 });

/** Kept like a file of its own until the upload is complete. */
const partId = (id: string, part: number): string => `${id}-part-${part}`;
