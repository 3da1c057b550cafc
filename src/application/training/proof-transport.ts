import { type TrainingId, trainingId } from '../../domain/ids.js';
import type { Origin } from '../../domain/origin.js';
import type { Needs } from '../ports/needs.js';
import type { DeliveryReport, Notification, Transport } from '../ports/transport.js';

const name = 'proof';

/** Where pictures of a proof sheet go. */
export const proofOrigin = (training: TrainingId): Origin => ({ transport: name, address: { training } });

/** Nobody waits for a single picture of a proof sheet: each that comes to an end nudges the sheet. */
export class ProofTransport implements Transport {
  readonly name = name;

  constructor(private readonly parts: Needs<'jobs'>) {}

  async deliver(notification: Notification): Promise<DeliveryReport> {
    if (notification.kind !== 'result' && notification.kind !== 'ended') return { kind: 'sent' };
    const { training } = notification.generation.origin.address;
    if (typeof training !== 'string') return { kind: 'unreachable', reason: 'names no training' };
    await this.parts.database.stores.jobs.add({ task: 'make-proof', training: trainingId(training) });
    return { kind: 'sent' };
  }
}
