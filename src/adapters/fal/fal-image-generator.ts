import type { FalClient } from '@fal-ai/client';
import type { ImageGenerator, Pending } from '../../application/ports/image-generator.js';
import type { MediaStore } from '../../application/ports/media-store.js';
import { ProviderError } from '../../application/ports/provider-error.js';
import type { Order } from '../../domain/generation/order.js';
import type { Outcome } from '../../domain/generation/outcome.js';
import { createClient } from './fal-client.js';
import { FalQueue, type FalQueueSettings } from './fal-queue.js';
import type { FalOver } from './fal-status.js';
import { FalStatusWatch, type FalStatusWatchSettings } from './fal-status-watch.js';
import { type FalJob, fromTicket } from './fal-ticket.js';
import { fromWire, toWire, type WireInput } from './fal-wire.js';
import { upload } from './files/fal-upload.js';

export interface FalImageGeneratorSettings extends FalQueueSettings, FalStatusWatchSettings {
  /** Where the pictures lie that orders start from. */
  readonly mediaStore: Pick<MediaStore, 'bytes'>;
}

/** A day for us to copy the results; they are public by URL until then. */
const resultsLiveSeconds = 86_400;
/** An order waits in fal's queue with its source: hours at the very worst. */
const sourcesLiveSeconds = 21_600;

/** Pictures from fal's queue. */
export class FalImageGenerator implements ImageGenerator {
  readonly #client: FalClient;
  readonly #queue: FalQueue;
  readonly #watch: FalStatusWatch;
  /** The end as the watch saw it, by ticket: the next `check` needs no status first. */
  readonly #seenOver = new Map<string, FalOver>();

  constructor(private readonly settings: FalImageGeneratorSettings) {
    this.#client = createClient(settings);
    this.#queue = new FalQueue(settings, this.#client);
    this.#watch = new FalStatusWatch(settings, (job) => this.#queue.status(job));
  }

  async submit(order: Order, job: { reference: string; label?: string | undefined }): Promise<string> {
    return this.#queue.submit({
      endpoint: order.endpoint,
      input: await this.#inputOf(order),
      reference: job.reference,
      // No X-Fal-Store-IO: 0 here: it would keep a result for an hour at most, and an outage of ours can be longer.
      // A header holds no letters beyond Latin-1.
      headers: job.label === undefined ? {} : { 'X-Sandbox-Label': encodeURIComponent(job.label) },
      resultLives: resultsLiveSeconds,
    });
  }

  async check(ticket: string): Promise<Outcome> {
    const job = fromTicket(ticket);
    const seen = this.#seenOver.get(ticket);
    if (seen !== undefined) {
      this.#seenOver.delete(ticket);
      const outcome = await this.#end(job, seen);
      if (outcome !== null) return outcome;
    }
    const status = await this.#queue.status(job);
    if (status.kind === 'pending') return status;
    const outcome = await this.#end(job, status);
    if (outcome === null)
      throw new ProviderError('not_taken', 'fal calls the job completed and its result not ready');
    return outcome;
  }

  async ask(ticket: string): Promise<Pending | null> {
    const status = await this.#queue.status(fromTicket(ticket));
    if (status.kind === 'pending') return status;
    this.#remember(ticket, status);
    return null;
  }

  async *watch(ticket: string, signal: AbortSignal): AsyncGenerator<Pending, void, undefined> {
    let last: Pending | null = null;
    for await (const status of this.#watch.follow(fromTicket(ticket), signal)) {
      if (status.kind === 'over') {
        this.#remember(ticket, status);
        return;
      }
      if (status.phase === last?.phase && status.position === last.position) continue;
      last = status;
      yield status;
    }
  }

  cancel(ticket: string): Promise<void> {
    return this.#queue.cancel(ticket);
  }

  /** `null`: fal says it is too early to ask. */
  async #end(job: FalJob, { failure: known }: FalOver): Promise<Outcome | null> {
    if (known !== null) return { kind: 'failed', failure: known };
    const result = await this.#queue.result(job);
    return result?.kind === 'done' ? fromWire(result.data, job.endpoint) : result;
  }

  async #inputOf(order: Order): Promise<WireInput> {
    if (!('source' in order)) return toWire(order);
    const bytes = await this.settings.mediaStore.bytes(order.source).catch((cause: unknown) => {
      throw new ProviderError('refused', `the picture ${order.source} cannot be read`, null, { cause });
    });
    const name = order.source.slice(order.source.lastIndexOf('/') + 1);
    const file = new File([new Uint8Array(bytes)], name, { type: contentTypeOf(name) });
    const storage = { client: this.#client, restUrl: this.settings.restUrl };
    return toWire(order, await upload(storage, file, sourcesLiveSeconds));
  }

  #remember(ticket: string, over: FalOver): void {
    // Whoever watched checks at once; what nobody checks must not pile up.
    if (this.#seenOver.size >= 1_000) this.#seenOver.clear();
    this.#seenOver.set(ticket, over);
  }
}

function contentTypeOf(name: string): string {
  if (name.endsWith('.png')) return 'image/png';
  return name.endsWith('.webp') ? 'image/webp' : 'image/jpeg';
}
