import { extname } from 'node:path';

const byExtension: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.heic': 'image/heic',
  '.avif': 'image/avif',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.mp4': 'video/mp4',
  '.safetensors': 'application/octet-stream',
};

/** The MIME type Telegram would give a file: by its name first, else what the sender said. */
export function fileTypeOf(name: string, claimed: string): string {
  const known = byExtension[extname(name).toLowerCase()];
  return known ?? (/^[\w.+-]+\/[\w.+-]+$/.test(claimed) ? claimed : 'application/octet-stream');
}
