/** How much larger in both directions. */
export const upscaleFactor = 2;

/** The result for which `PRICE_UPSCALE` is paid: a picture of 1024 × 1024, enlarged, and a little more. */
export const pixelsOfOnePrice = 4_300_000;

/**
 * Credits for an enlargement: fal asks by the megapixel of what comes out, so a 2K picture costs four times as much
 * as one of 1024 × 1024. `price`: for each begun 4.3 megapixels of the result.
 */
export function upscalePrice(price: number, { width, height }: { width: number; height: number }): number {
  return price * Math.ceil((width * height * upscaleFactor ** 2) / pixelsOfOnePrice);
}
