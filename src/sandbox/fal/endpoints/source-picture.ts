import sharp from 'sharp';
import type { JobError } from '../fal-error.js';
import { modelError } from '../fal-error.js';
import type { Input, PreparationTools } from './endpoint.js';

/** A picture that was sent in by its address. */
export interface SourcePicture {
  readonly bytes: Buffer;
  readonly width: number;
  readonly height: number;
}

/** The picture that a request starts from, or why fal has none. */
export async function sourcePicture(
  { image_url: url }: Input,
  { files }: PreparationTools,
): Promise<SourcePicture | JobError> {
  const loc = ['body', 'image_url'];
  const bytes = await files.read(String(url));
  if (bytes === undefined) {
    return modelError('file_download_error', 'Failed to download the image. Is the URL accessible?', loc);
  }
  try {
    const { width, height } = await sharp(bytes).metadata();
    return { bytes, width, height };
  } catch {
    // Sharp's way of saying that these bytes are no picture.
    return modelError('image_load_error', 'The image could not be read', loc);
  }
}
