import { describe, expect, it } from 'vitest';
import { lookAtJpeg } from '../../../src/domain/avatar/jpeg.js';
import { jpegOfManyScans } from '../../support/jpeg-of-many-scans.js';

const soi = [0xff, 0xd8];
const eoi = [0xff, 0xd9];
const frame = (kind: number) => [0xff, kind, 0x00, 0x04, 0x00, 0x00];
const scan = (...data: number[]) => [0xff, 0xda, 0x00, 0x03, 0x00, ...data];
const jpeg = (...parts: number[][]) => Uint8Array.from([...soi, ...parts.flat()]);

describe('a look at a JPEG', () => {
  it('counts its scans', () => {
    expect(lookAtJpeg(jpegOfManyScans(100, 100, 1500))).toEqual({
      isProgressive: true,
      scans: 1500,
      isEnded: true,
    });
  });

  it('takes nothing within data or metadata for a scan', () => {
    const preview = [0xff, 0xe1, 0x00, 0x0b, ...soi, ...scan()];
    const data = scan(0xff, 0x00, 0xda, 0xff, 0xd0, 0xff, 0xff, 0xff);
    expect(lookAtJpeg(jpeg(preview, frame(0xc0), data, eoi))).toEqual({
      isProgressive: false,
      scans: 1,
      isEnded: true,
    });
  });

  it('stops at the end: what cameras put behind it is no part of the picture', () => {
    expect(lookAtJpeg(jpeg(frame(0xc0), scan(1), eoi, soi, frame(0xc2), scan(2))).scans).toBe(1);
  });

  it('sees that the end is missing', () => {
    expect(lookAtJpeg(jpeg(frame(0xc0), scan(1, 2, 3))).isEnded).toBe(false);
    expect(lookAtJpeg(jpeg([0xff, 0xe1, 0xff])).isEnded).toBe(false);
  });
});
