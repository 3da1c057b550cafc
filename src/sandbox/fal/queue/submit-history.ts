import type { RecordedSubmit } from '../local-fal-options.js';
import type { RequestRecord } from './request-record.js';

const mostKept = 2000;
/** Letters of all inputs together: pictures as data URIs must not fill the memory. */
const mostLetters = 32 * 2 ** 20;

/** The latest accepted submits, for tests and demonstrations to look at. */
export class SubmitHistory {
  #submits: { submit: RecordedSubmit; letters: number }[] = [];
  #letters = 0;

  add(record: RequestRecord): void {
    const letters = JSON.stringify(record.input).length;
    const submit = {
      requestId: record.id,
      endpoint: record.endpoint,
      input: record.input,
      headers: record.headers,
      at: new Date(record.submittedAt),
      ...(record.webhookUrl === undefined ? {} : { webhookUrl: record.webhookUrl }),
    };
    this.#submits.push({ submit, letters });
    this.#letters += letters;
    // Dropped in bulk, so that one more costs nothing at full speed.
    if (this.#submits.length > mostKept * 1.5) this.#keepLatest(mostKept);
    while (this.#letters > mostLetters && this.#submits.length > 1) {
      this.#keepLatest(Math.floor(this.#submits.length / 2));
    }
  }

  latest(): readonly RecordedSubmit[] {
    return this.#submits.slice(-mostKept).map(({ submit }) => submit);
  }

  #keepLatest(count: number): void {
    this.#submits = this.#submits.slice(-count);
    this.#letters = this.#submits.reduce((sum, { letters }) => sum + letters, 0);
  }
}
