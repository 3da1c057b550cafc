import type { FalClient } from '@fal-ai/client';
import { ProviderError } from '../../../application/ports/provider-error.js';
import { uploadTrouble } from '../fal-errors.js';

/**
 * Puts a file where fal finds it, for so many seconds, and returns its address.
 * @throws ProviderError `not_uploaded`, `refused` or `no_access`
 */
export async function upload(
  { client, restUrl }: { readonly client: FalClient; readonly restUrl: string },
  file: File,
  livesSeconds: number,
): Promise<string> {
  const url: unknown = await client.storage
    .upload(file, { lifecycle: { expiresIn: livesSeconds } })
    .catch((error: unknown) => {
      throw uploadTrouble(error, new URL(restUrl).host);
    });
  if (typeof url === 'string' && URL.canParse(url)) return url;
  throw new ProviderError('not_uploaded', 'fal took a file without saying where it is');
}
