import type { Box, Face } from '../../../domain/avatar/faces.js';

/** Finds faces in pictures. An optional part: there may be nothing here that can. */
export interface FaceFinder {
  /**
   * `null`: nothing here can look, or it failed at this one, which is in the log.
   * @param name of the picture: what was found under it is remembered for a while, in memory alone
   * @param read the picture, upright; asked for only when it has to be looked at
   */
  find(name: string, read: () => Promise<Uint8Array>): Promise<readonly Face[] | null>;
}

/** Cuts a part out of a picture. */
export interface PictureCutter {
  /** A JPEG of that part. One that would be too small to train on is enlarged. */
  cut(picture: Uint8Array, part: Box): Promise<Uint8Array>;
}
