import type { Api } from 'grammy';
import { troubleOf } from '../telegram-errors.js';

/** Telegram lets a bot download so much. Bytes. */
export const downloadLimit = 20 * 1024 * 1024;

const downloadMilliseconds = 120_000;

/** `too_large`: Telegram does not hand it to bots. `gone`: there is no such file any more. */
export type Download = { readonly bytes: Uint8Array } | { readonly refused: 'too_large' | 'gone' };

/** Files that people sent. */
export class TelegramFiles {
  constructor(
    private readonly api: Api,
    private readonly account: { readonly token: string; readonly apiUrl: string },
  ) {}

  /** @throws Error when it cannot be had now, and may be had later */
  async download(fileId: string, signal: AbortSignal): Promise<Download> {
    const path = await this.pathOf(fileId);
    if (typeof path !== 'string') return path;
    const response = await fetch(`${this.account.apiUrl}/file/bot${this.account.token}/${path}`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(downloadMilliseconds)]),
    });
    if (response.status === 404) return { refused: 'gone' };
    // The address holds the token, so it is not part of the message.
    if (!response.ok || response.body === null)
      throw new Error(`Telegram answered a download with ${response.status}`);
    return this.read(response.body);
  }

  private async pathOf(fileId: string): Promise<string | { refused: 'too_large' | 'gone' }> {
    try {
      const { file_path: path } = await this.api.getFile(fileId);
      return path ?? { refused: 'gone' };
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === null || trouble.kind === 'delayed') throw error;
      return {
        refused: trouble.kind === 'refused' && /too big/i.test(trouble.reason) ? 'too_large' : 'gone',
      };
    }
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<Download> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > downloadLimit) return { refused: 'too_large' };
      chunks.push(chunk);
    }
    return { bytes: Buffer.concat(chunks, size) };
  }
}
