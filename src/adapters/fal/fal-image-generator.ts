import type { FalClient } from '@fal-ai/client';
import type { ImageGenerator, Pending } from '../../application/ports/image-generator.js';
import type { MediaStore } from '../../application/ports/media-store.js';
import { ProviderError } from '../../application/ports/provider-error.js';
import type { Order } from '../../domain/generation/order.js';
import type { Outcome } from '../../domain/generation/outcome.js';
import { createClient } from './fal-client.js';
import { jobFailure, questionTrouble, submitTrouble } from './fal-errors.js';
import { FalRefusal } from './fal-fetch.js';
import { type FalOver, type FalStatus, readStatus } from './fal-status.js';
import { FalStatusWatch, type FalStatusWatchSettings } from './fal-status-watch.js';
import { type FalJob, fromTicket, isRequestId, requestIdIn, toTicket } from './fal-ticket.js';
import { fromWire, toWire, type WireInput } from './fal-wire.js';
import { upload } from './files/fal-upload.js';

export interface FalImageGeneratorSettings extends FalStatusWatchSettings {
  /** Where fal reports the end of a job; without it there are no webhooks. */
  readonly webhookUrl?: ((reference: string, endpoint: string) => string) | undefined;
  /** Where the pictures of upscale orders lie. */
  readonly mediaStore: Pick<MediaStore, 'bytes'>;
  /** 30 s: a submit that takes longer is in doubt. */
  readonly submitMilliseconds?: number;
  /** 15 s for every other question. */
  readonly questionMilliseconds?: number;
}

/** A day for us to copy the results; they are public by URL until then. */
const resultsLiveSeconds = 86_400;
/** An upscale waits in fal's queue with its source: hours at the very worst. */
const sourcesLiveSeconds = 21_600;

/**
 * fal's queue. One call is one request: nothing is repeated here, because fal has no idempotency key and
 * whoever repeats a submit may buy twice.
 */
export class FalImageGenerator implements ImageGenerator {
  readonly #client: FalClient;
  readonly #watch: FalStatusWatch;
  /** The end as the watch saw it, by ticket: the next `check` needs no status first. */
  readonly #seenOver = new Map<string, FalOver>();

  constructor(private readonly settings: FalImageGeneratorSettings) {
    this.#client = createClient(settings);
    this.#watch = new FalStatusWatch(settings, (job) => this.#status(job));
  }

  async submit(order: Order, job: { reference: string; label?: string | undefined }): Promise<string> {
    // As a plain string, because the client's type map lacks endpoints that exist.
    const endpoint: string = order.endpoint;
    const input = await this.#inputOf(order);
    const answer = await this.#client.queue
      .submit(endpoint, {
        input,
        headers: {
          // No X-Fal-Store-IO: 0 here: it would keep a result for an hour at most, and an outage of ours can be longer.
          // A header holds no letters beyond Latin-1.
          ...(job.label === undefined ? {} : { 'X-Sandbox-Label': encodeURIComponent(job.label) }),
        },
        storageSettings: { expiresIn: resultsLiveSeconds },
        abortSignal: AbortSignal.timeout(this.settings.submitMilliseconds ?? 30_000),
        ...this.#webhook(job.reference, endpoint),
      })
      .catch((error: unknown) => {
        throw submitTrouble(error);
      });
    const requestId = requestIdIn(answer);
    if (!isRequestId(requestId)) throw new ProviderError('in_doubt', 'fal took the order without naming it');
    this.settings.logger.debug('fal took an order', { endpoint, requestId });
    return toTicket({ endpoint, requestId });
  }

  async check(ticket: string): Promise<Outcome> {
    const job = fromTicket(ticket);
    const seen = this.#seenOver.get(ticket);
    if (seen !== undefined) {
      this.#seenOver.delete(ticket);
      const outcome = await this.#end(job, seen);
      if (outcome !== null) return outcome;
    }
    const status = await this.#status(job);
    if (status.kind === 'pending') return status;
    const outcome = await this.#end(job, status);
    if (outcome === null)
      throw new ProviderError('not_taken', 'fal calls the job completed and its result not ready');
    return outcome;
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

  async cancel(ticket: string): Promise<void> {
    const { endpoint, requestId } = fromTicket(ticket);
    const abortSignal = this.#soon();
    await this.#client.queue.cancel(endpoint, { requestId, abortSignal }).catch((error: unknown) => {
      // 400: completed already. 404: fal has forgotten it.
      if (error instanceof FalRefusal && (error.status === 400 || error.status === 404)) return;
      throw questionTrouble(error);
    });
  }

  async #status({ endpoint, requestId }: FalJob): Promise<FalStatus> {
    try {
      return readStatus(await this.#client.queue.status(endpoint, { requestId, abortSignal: this.#soon() }));
    } catch (error) {
      throw questionTrouble(error);
    }
  }

  /** `null`: fal says it is too early to ask. */
  async #end({ endpoint, requestId }: FalJob, { failure: known }: FalOver): Promise<Outcome | null> {
    if (known !== null) return { kind: 'failed', failure: known };
    try {
      const { data } = await this.#client.queue.result(endpoint, { requestId, abortSignal: this.#soon() });
      if (typeof data === 'string') throw new ProviderError('not_taken', 'fal sent a result that is no JSON');
      return fromWire(data, endpoint);
    } catch (error) {
      const failure = error instanceof FalRefusal ? jobFailure(error) : null;
      if (failure !== null) return { kind: 'failed', failure };
      if (error instanceof FalRefusal && error.status === 400) return null;
      throw questionTrouble(error);
    }
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

  #webhook(reference: string, endpoint: string) {
    const { webhookUrl } = this.settings;
    return webhookUrl === undefined ? {} : { webhookUrl: webhookUrl(reference, endpoint) };
  }

  #soon(): AbortSignal {
    return AbortSignal.timeout(this.settings.questionMilliseconds ?? 15_000);
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
