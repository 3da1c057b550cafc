/** What the markers of a JPEG say about the work of decoding it. */
export interface JpegLook {
  readonly isProgressive: boolean;
  readonly scans: number;
  /** False when the file stops before its end marker. */
  readonly isEnded: boolean;
}

const marker = { soi: 0xd8, eoi: 0xd9, sos: 0xda } as const;
const progressiveFrames: readonly number[] = [0xc2, 0xc6, 0xca, 0xce];

/**
 * Walks over the markers up to the end of the picture and decodes nothing. Segments are stepped over by their length:
 * the preview in a camera's metadata is a JPEG of its own.
 */
export function lookAtJpeg(file: Uint8Array): JpegLook {
  let isProgressive = false;
  let scans = 0;
  for (let at = nextMarker(file, 2); at !== null; at = nextMarker(file, at)) {
    const kind = file[at - 1] ?? 0;
    if (kind === marker.eoi) return { isProgressive, scans, isEnded: true };
    if (progressiveFrames.includes(kind)) isProgressive = true;
    if (kind === marker.sos) scans += 1;
    at += segmentLength(file, at, kind);
  }
  return { isProgressive, scans, isEnded: false };
}

/** The place behind the next marker. In the coded pixels between markers 0xff 0x00 is data. */
function nextMarker(file: Uint8Array, from: number): number | null {
  for (let at = from; at + 1 < file.length; at += 1) {
    const kind = file[at + 1] ?? 0;
    if (file[at] === 0xff && kind !== 0x00 && kind !== 0xff) return at + 2;
  }
  return null;
}

/** Restart and start markers have no content; every other segment begins with its length. */
function segmentLength(file: Uint8Array, at: number, kind: number): number {
  const isAlone = kind === 0x01 || (kind >= 0xd0 && kind <= marker.soi);
  return isAlone ? 0 : ((file[at] ?? 0) << 8) | (file[at + 1] ?? 0);
}
