import type { Needs } from '../ports/needs.js';

/** The receipt of a payment was shown: it is not shown again when its message comes a second time. */
export class NoteReceipt {
  constructor(private readonly parts: Needs<'payments', 'clock'>) {}

  execute(charge: string): Promise<void> {
    const { database, clock } = this.parts;
    return database.stores.payments.markTold(charge, clock.now());
  }
}
