import type { Metrics } from '../../src/application/ports/metrics.js';
import type { FailureKind } from '../../src/domain/failure.js';
import type { GenerationStatus } from '../../src/domain/generation/generation.js';

export class RecordingMetrics implements Metrics {
  readonly acceptedBy: string[] = [];
  readonly leftStates: { readonly status: GenerationStatus; readonly seconds: number }[] = [];
  readonly failures: FailureKind[] = [];
  ambiguousSubmits = 0;
  repeatedPurchases = 0;
  firstPurchasesFound = 0;
  readonly refusedWebhooks: string[] = [];
  readonly retriedDeliveries: string[] = [];
  updatesSetAside = 0;

  accepted(transport: string): void {
    this.acceptedBy.push(transport);
  }

  left(status: GenerationStatus, seconds: number): void {
    this.leftStates.push({ status, seconds });
  }

  failed(kind: FailureKind): void {
    this.failures.push(kind);
  }

  ambiguousSubmit(): void {
    this.ambiguousSubmits += 1;
  }

  boughtAgain(): void {
    this.repeatedPurchases += 1;
  }

  foundAfterAll(): void {
    this.firstPurchasesFound += 1;
  }

  webhookRefused(reason: string): void {
    this.refusedWebhooks.push(reason);
  }

  readonly givenUp: string[] = [];

  gaveUp(what: string): void {
    this.givenUp.push(what);
  }

  deliveryRetried(transport: string): void {
    this.retriedDeliveries.push(transport);
  }

  readonly failedChores: string[] = [];

  choreFailed(chore: string): void {
    this.failedChores.push(chore);
  }

  updateSetAside(): void {
    this.updatesSetAside += 1;
  }
}
