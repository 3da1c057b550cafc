import { randomInt, randomUUID } from 'node:crypto';
import type { Ids } from '../../../src/application/ports/ids.js';

/** As in production: several tests may share a person, never an id. */
export class RandomIds implements Ids {
  uuid(): string {
    return randomUUID();
  }

  seed(): number {
    return randomInt(0, 2 ** 32);
  }
}
