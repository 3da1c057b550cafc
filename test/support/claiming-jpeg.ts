import sharp from 'sharp';

/** A plain JPEG of a few hundred bytes that claims any size in its header. */
export async function claimingJpeg(width: number, height: number): Promise<Buffer> {
  const grey = { create: { width: 16, height: 16, channels: 3, background: '#888' } } as const;
  const bytes = await sharp(grey).jpeg().toBuffer();
  const frame = bytes.indexOf(Buffer.from('ffc0', 'hex'));
  bytes.writeUInt16BE(height, frame + 5);
  bytes.writeUInt16BE(width, frame + 7);
  return bytes;
}
