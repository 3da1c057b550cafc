import sharp from 'sharp';

/** A picture with edges at every scale, as photographs have them; `seed` makes it unlike others. */
export async function photograph(
  width: number,
  height: number,
  { seed = 1, orientation }: { seed?: number; orientation?: number } = {},
): Promise<Buffer> {
  const random = randomFrom(seed);
  const shapes = Array.from({ length: 60 }, () => {
    const grey = Math.round(40 + random() * 180);
    return `<circle cx="${random() * 100}%" cy="${random() * 100}%" r="${2 + random() * 12}%"
      fill="rgb(${grey},${Math.round(grey * 0.9)},${Math.round(grey * 0.8)})"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="#8a8078"/>${shapes.join('')}</svg>`;
  const picture = sharp(Buffer.from(svg)).jpeg({ quality: 90 });
  if (orientation !== undefined)
    picture
      .withMetadata({ orientation })
      .withExifMerge({ IFD0: { Make: 'Camera' }, IFD3: { GPSLatitude: '55/1 45/1 0/1' } });
  return picture.toBuffer();
}

/** Numbers from 0 to 1 (mulberry32), the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
