import type { Pending } from '../../application/ports/image-generator.js';
import { ProviderError } from '../../application/ports/provider-error.js';
import type { Failure } from '../../domain/failure.js';
import { platformFailure } from './fal-errors.js';
import { isRecord, textOf } from './json.js';

/** Says nothing about success: fal has no FAILED. `failure` is known when the platform ended the job. */
export interface FalOver {
  readonly kind: 'over';
  readonly failure: Failure | null;
}

export type FalStatus = Pending | FalOver;

/** @throws ProviderError `not_taken` when it is no status */
export function readStatus(answer: unknown): FalStatus {
  if (isRecord(answer)) {
    switch (answer.status) {
      case 'IN_QUEUE':
        return { kind: 'pending', phase: 'queued', position: positionIn(answer.queue_position) };
      case 'IN_PROGRESS':
        return { kind: 'pending', phase: 'running', position: null };
      case 'COMPLETED': {
        const type = textOf(answer.error_type);
        return { kind: 'over', failure: type === null ? null : platformFailure(type) };
      }
    }
  }
  throw new ProviderError('not_taken', 'fal answered with an unknown status');
}

const positionIn = (position: unknown): number | null =>
  typeof position === 'number' && Number.isInteger(position) && position >= 0 ? position : null;
