import type { AvatarTrainer } from '../../src/application/ports/avatar-trainer.js';
import { ProviderError, type ProviderTrouble } from '../../src/application/ports/provider-error.js';
import type { TrainingOrder } from '../../src/domain/training/training-order.js';
import type { TrainingOutcome, TrainingPending } from '../../src/domain/training/training-outcome.js';

export interface BoughtTraining {
  readonly ticket: string;
  readonly order: TrainingOrder;
  readonly archive: string;
  readonly reference: string;
}

type Ending = Exclude<TrainingOutcome, { kind: 'pending' }>;

const running: TrainingPending = { kind: 'pending', phase: 'running', position: null, step: 0, steps: null };

const fakeWeightsUrl = (ticket: string): string => `https://weights.example/${ticket}.safetensors`;

/** Trains nobody. Jobs run until `finish`, or end at once when `endings` says how. */
export class FakeAvatarTrainer implements AvatarTrainer {
  /** The photos of each archive, by its address. */
  readonly archives = new Map<string, readonly Uint8Array[]>();
  readonly cancelled: string[] = [];
  /** Questions asked with `check`. */
  checks = 0;
  endings: ((bought: BoughtTraining) => Ending | null) | null = null;
  /** From now on this goes wrong every time. */
  trouble: 'upload' | 'endpoint_gone' | 'in_doubt' | null = null;
  /** Called when an order has arrived, before it is answered. */
  onSubmit: ((bought: BoughtTraining) => Promise<void>) | null = null;

  readonly #jobs = new Map<string, BoughtTraining & { outcome: TrainingOutcome }>();
  #submitErrors: { error: ProviderError; bought: boolean }[] = [];
  #checkErrors: ProviderError[] = [];
  #uploadErrors: ProviderError[] = [];

  get bought(): readonly BoughtTraining[] {
    return [...this.#jobs.values()];
  }

  failNextSubmit(
    trouble: ProviderTrouble,
    {
      retryAfter = null,
      bought = trouble === 'in_doubt',
    }: { retryAfter?: number | null; bought?: boolean } = {},
  ): void {
    this.#submitErrors.push({ error: new ProviderError(trouble, `scripted ${trouble}`, retryAfter), bought });
  }

  failNextUpload(trouble: ProviderTrouble = 'not_uploaded'): void {
    this.#uploadErrors.push(new ProviderError(trouble, `scripted ${trouble}`));
  }

  failNextCheck(trouble: ProviderTrouble = 'not_taken'): void {
    this.#checkErrors.push(new ProviderError(trouble, `scripted ${trouble}`));
  }

  finish(ticket: string, outcome: Ending = trained(ticket)): void {
    this.#set(ticket, outcome);
  }

  progress(ticket: string, step: number, steps: number): void {
    this.#set(ticket, { ...running, step, steps });
  }

  async upload(photos: readonly Uint8Array[]): Promise<string> {
    if (this.trouble === 'upload') this.failNextUpload();
    const error = this.#uploadErrors.shift();
    if (error !== undefined) throw error;
    const address = `https://archives.example/${this.archives.size + 1}.zip`;
    this.archives.set(address, photos);
    return address;
  }

  async submit(order: TrainingOrder, archive: string, { reference }: { reference: string }): Promise<string> {
    if (this.trouble !== null && this.trouble !== 'upload') this.failNextSubmit(this.trouble);
    const scripted = this.#submitErrors.shift();
    if (scripted !== undefined && !scripted.bought) throw scripted.error;
    const ticket = `training-ticket-${this.#jobs.size + 1}`;
    const bought: BoughtTraining = { ticket, order, archive, reference };
    this.#jobs.set(ticket, { ...bought, outcome: this.endings?.(bought) ?? running });
    await this.onSubmit?.(bought);
    if (scripted !== undefined) throw scripted.error;
    return ticket;
  }

  async check(ticket: string): Promise<TrainingOutcome> {
    this.checks += 1;
    const error = this.#checkErrors.shift();
    if (error !== undefined) throw error;
    return this.#job(ticket).outcome;
  }

  async ask(ticket: string): Promise<TrainingPending | null> {
    const outcome = await this.check(ticket);
    return outcome.kind === 'pending' ? outcome : null;
  }

  async cancel(ticket: string): Promise<void> {
    this.cancelled.push(ticket);
    if (this.#job(ticket).outcome.kind !== 'pending') return;
    this.finish(ticket, { kind: 'failed', failure: { kind: 'cancelled_elsewhere', detail: 'cancelled' } });
  }

  #set(ticket: string, outcome: TrainingOutcome): void {
    this.#job(ticket).outcome = outcome;
  }

  #job(ticket: string) {
    const job = this.#jobs.get(ticket);
    if (job === undefined) throw new ProviderError('not_taken', `nobody bought ${ticket}`);
    return job;
  }
}

export const trained = (ticket: string): Ending => ({
  kind: 'done',
  weights: { url: fakeWeightsUrl(ticket), bytes: null },
});
