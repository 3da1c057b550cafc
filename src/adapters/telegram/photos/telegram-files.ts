import { isAbsolute } from 'node:path';
import type { Api } from 'grammy';
import { withDeadline } from '../../../application/policy/with-deadline.js';
import { troubleOf } from '../telegram-errors.js';
import { FilesOutOfReach, readServerFile } from './server-files.js';

const downloadMilliseconds = 120_000;

/** `too_large`: Telegram does not hand it to bots. `gone`: there is no such file any more. */
export type Download = { readonly bytes: Uint8Array } | { readonly refused: 'too_large' | 'gone' };

/** The Bot API that files are downloaded from, and how. */
export interface FileAccount {
  readonly token: string;
  readonly apiUrl: string;
  /** Where a Bot API server of one's own keeps its files on this machine; `null`: they come over HTTP. */
  readonly filesDir: string | null;
  /** The most that it lets a bot have. Bytes. */
  readonly downloadLimit: number;
}

/** Files that people sent. */
export class TelegramFiles {
  private trouble: string | null = null;

  constructor(
    private readonly api: Api,
    private readonly account: FileAccount,
  ) {}

  get limit(): number {
    return this.account.downloadLimit;
  }

  /** Why files cannot be had, for readiness; `null` when the last one could. */
  complaint(): string | null {
    return this.trouble;
  }

  /** @throws Error when it cannot be had now, and may be had later */
  async download(fileId: string, signal: AbortSignal): Promise<Download> {
    const path = await this.pathOf(fileId);
    if (typeof path !== 'string') return path;
    try {
      const download = await (isAbsolute(path)
        ? this.fromDisk(path)
        : withDeadline(downloadMilliseconds, signal, (over) => this.fromServer(path, over)));
      this.trouble = null;
      return download;
    } catch (error) {
      if (error instanceof FilesOutOfReach) this.trouble = error.message;
      throw error;
    }
  }

  private async fromDisk(path: string): Promise<Download> {
    const { filesDir } = this.account;
    if (filesDir === null)
      throw new FilesOutOfReach(
        'the Bot API server keeps files on its disk: set TELEGRAM_FILES_DIR to that folder',
      );
    const bytes = await readServerFile(filesDir, path, this.limit);
    return bytes === null ? { refused: 'too_large' } : { bytes };
  }

  private async fromServer(path: string, signal: AbortSignal): Promise<Download> {
    const { apiUrl, token } = this.account;
    const response = await fetch(`${apiUrl}/file/bot${token}/${path}`, { signal });
    if (response.status === 404) {
      if (isTelegramItself(apiUrl)) return { refused: 'gone' };
      throw new FilesOutOfReach(
        'the Bot API server serves no files over HTTP: run it with --local and set TELEGRAM_FILES_DIR',
      );
    }
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
      if (size > this.limit) return { refused: 'too_large' };
      chunks.push(chunk);
    }
    return { bytes: Buffer.concat(chunks, size) };
  }
}

/** A Bot API server of one's own with `--local` answers 404 for every file; Telegram only for one that is gone. */
const isTelegramItself = (apiUrl: string): boolean => new URL(apiUrl).hostname === 'api.telegram.org';
