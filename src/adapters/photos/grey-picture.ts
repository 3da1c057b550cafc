/** Brightness of each pixel, 0-255, row by row. */
export interface GreyPicture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Variance of the Laplacian: how much the brightness changes its change from pixel to pixel. Blurred pictures have
 * little of it. Compare only pictures of one size.
 */
export function sharpness({ pixels, width, height }: GreyPicture): number {
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const value =
        (pixels[at - 1] ?? 0) +
        (pixels[at + 1] ?? 0) +
        (pixels[at - width] ?? 0) +
        (pixels[at + width] ?? 0) -
        4 * (pixels[at] ?? 0);
      sum += value;
      squares += value * value;
    }
  const count = (width - 2) * (height - 2);
  const mean = sum / count;
  return squares / count - mean * mean;
}

export interface Exposure {
  /** 0-255. */
  readonly mean: number;
  /** Distance between the 5th and the 95th of a hundred pixels, ordered by brightness. */
  readonly spread: number;
}

export function exposure({ pixels }: GreyPicture): Exposure {
  const histogram = new Uint32Array(256);
  let sum = 0;
  for (const value of pixels) {
    histogram[value] = (histogram[value] ?? 0) + 1;
    sum += value;
  }
  const at = (share: number): number => {
    let left = pixels.length * share;
    let level = 0;
    while (level < 255 && left > (histogram[level] ?? 0)) {
      left -= histogram[level] ?? 0;
      level += 1;
    }
    return level;
  };
  return { mean: sum / pixels.length, spread: at(0.95) - at(0.05) };
}

/** The size a picture is shrunk to for its fingerprint. */
export const fingerprintSize = { width: 9, height: 8 } as const;

/** dHash: for each of 8 x 8 places whether it gets brighter to the right. 16 hex digits. */
export function fingerprint({ pixels, width, height }: GreyPicture): string {
  let bits = 0n;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width - 1; x += 1) {
      const at = y * width + x;
      bits = (bits << 1n) | ((pixels[at] ?? 0) < (pixels[at + 1] ?? 0) ? 1n : 0n);
    }
  return bits.toString(16).padStart(16, '0');
}
