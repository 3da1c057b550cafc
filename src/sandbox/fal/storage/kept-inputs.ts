import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Copies of pictures that were sent in, for outputs that are made from them later. */
export class KeptInputs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = join(folder, 'inputs');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
  }

  keep(requestId: string, bytes: Buffer): void {
    writeFileSync(join(this.#folder, `${requestId}.bin`), bytes, { mode: 0o600 });
  }

  read(requestId: string): Promise<Buffer> {
    return readFile(join(this.#folder, `${requestId}.bin`));
  }
}
