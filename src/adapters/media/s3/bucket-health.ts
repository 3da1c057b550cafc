import type { Clock } from '../../../application/ports/clock.js';
import type { Logger } from '../../../application/ports/logger.js';
import type { S3Bucket } from './s3-bucket.js';
import { S3Refused, type S3Settings, wordsFor } from './s3-refused.js';

/** Readiness is asked often; the bucket is not. */
const lookMilliseconds = 20_000;

interface Parts {
  readonly bucket: S3Bucket;
  readonly settings: S3Settings;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
}

/** Whether the bucket can be reached with these keys, in words for the operator. */
export class BucketHealth {
  #look: { readonly at: number; readonly complaint: Promise<string | null> } | null = null;
  #told: string | null = null;

  constructor(private readonly parts: Parts) {}

  /** Why the service is not ready, or null. */
  async complaint(): Promise<string | null> {
    const now = this.parts.clock.now().getTime();
    if (this.#look === null || Math.abs(now - this.#look.at) >= lookMilliseconds)
      this.#look = { at: now, complaint: this.#looked() };
    return this.#look.complaint;
  }

  /** Lists, puts, gets and deletes something small: what these keys may not do, or null. */
  trial(): Promise<string | null> {
    return this.#troubleOf(() => this.parts.bucket.tryAll());
  }

  async #looked(): Promise<string | null> {
    const complaint = await this.#troubleOf(() => this.parts.bucket.look());
    if (complaint !== this.#told) {
      if (complaint === null) this.parts.log.info('the bucket answers again');
      else this.parts.log.error(`media: ${complaint}`);
    }
    this.#told = complaint;
    return complaint;
  }

  async #troubleOf(ask: () => Promise<void>): Promise<string | null> {
    try {
      await ask();
      return null;
    } catch (error) {
      if (error instanceof S3Refused) return wordsFor(error, this.parts.settings);
      throw error;
    }
  }
}
