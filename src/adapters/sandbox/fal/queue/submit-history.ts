import type { RecordedSubmit } from '../local-fal-options.js';
import type { RequestRecord } from './request-record.js';

const mostKept = 2000;

/** The latest accepted submits, for tests and demonstrations to look at. */
export class SubmitHistory {
  readonly #submits: RecordedSubmit[] = [];

  add(record: RequestRecord): void {
    this.#submits.push({
      requestId: record.id,
      endpoint: record.endpoint,
      input: record.input,
      headers: record.headers,
      at: new Date(record.submittedAt),
      ...(record.webhookUrl === undefined ? {} : { webhookUrl: record.webhookUrl }),
    });
    // Dropped in bulk, so that one more costs nothing at full speed.
    if (this.#submits.length > mostKept * 1.5) this.#submits.splice(0, this.#submits.length - mostKept);
  }

  latest(): readonly RecordedSubmit[] {
    return this.#submits.slice(-mostKept);
  }
}
