import sharp from 'sharp';
import type { PictureCutter } from '../../application/ports/pictures/face-finder.js';
import type { Box } from '../../domain/avatar/faces.js';
import { photoLimits } from '../../domain/avatar/photo.js';

export class SharpPictureCutter implements PictureCutter {
  cut(picture: Uint8Array, part: Box): Promise<Uint8Array> {
    const least = photoLimits.shorterSide;
    const { width, height } = part;
    const scale = Math.max(1, least / Math.min(width, height));
    return sharp(picture)
      .extract(part)
      .resize(Math.ceil(width * scale), Math.ceil(height * scale), { fit: 'fill' })
      .jpeg({ quality: 92 })
      .toBuffer();
  }
}
