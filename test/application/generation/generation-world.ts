import sharp from 'sharp';
import { CancelGeneration } from '../../../src/application/generation/cancel-generation.js';
import { CollectImages } from '../../../src/application/generation/collect-images.js';
import { DeliverOutcome } from '../../../src/application/generation/deliver-outcome.js';
import { ReplayGeneration } from '../../../src/application/generation/replay-generation.js';
import {
  type GenerationContext,
  type GenerationRequest,
  RequestGeneration,
} from '../../../src/application/generation/request-generation.js';
import { resolveSubmit } from '../../../src/application/generation/resolve-submit.js';
import { RetireEndpoint } from '../../../src/application/generation/retire-endpoint.js';
import { SubmitNext } from '../../../src/application/generation/submit-next.js';
import { SubmitNextWithRoom } from '../../../src/application/generation/submit-next-with-room.js';
import { TellProgress } from '../../../src/application/generation/tell-progress.js';
import { ProviderHealth } from '../../../src/application/jobs/provider-health.js';
import { DiskSpace } from '../../../src/application/policy/disk-space.js';
import type { Policy } from '../../../src/application/policy/policy.js';
import { BadDownload, type ImageDownloads } from '../../../src/application/ports/image-downloads.js';
import { ProviderError } from '../../../src/application/ports/provider-error.js';
import { ReceiveWebhook } from '../../../src/application/upkeep/receive-webhook.js';
import { Sweep } from '../../../src/application/upkeep/sweep.js';
import type {
  Generation,
  GenerationIn,
  GenerationStatus,
} from '../../../src/domain/generation/generation.js';
import type { Outcome } from '../../../src/domain/generation/outcome.js';
import { type GenerationId, type UserId, userId } from '../../../src/domain/ids.js';
import { usualPrices } from '../../../src/domain/provider-prices.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { FakeDisk } from '../../fakes/fake-disk.js';
import { FakeImageGenerator } from '../../fakes/fake-image-generator.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { InMemoryWorkerRegistry } from '../../fakes/in-memory-worker-registry.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';
import { RecordingTransport } from '../../fakes/recording-transport.js';
import { SequentialIds } from '../../fakes/sequential-ids.js';
import { noQuotas, plenty } from '../../support/builders/allowances.js';
import { anyWords } from '../../support/builders/check-words.js';
import { givenAvatar, givenUser } from '../../support/builders/given.js';
import { someone } from '../../support/builders/ids.js';

export const policy: Policy = {
  priceImage: 5,
  picturePrices: [],
  priceUpscale: 10,
  providerPrices: usualPrices,
  admins: new Set(),
  welcomeCredits: 0,
  confirmFirstOrders: 0,
  inFlightTotal: 10,
  inFlightPerUser: 2,
  openPerUser: 20,
  webhooks: false,
  rerollBlocked: false,
  allowances: plenty,
  quotas: noQuotas,
  allowedUsers: new Set(),
  localAddresses: false,
};

const whole = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
  .jpeg()
  .toBuffer();

export const wholePicture = (): Promise<Buffer> => whole;

/** Bytes of a picture that ends in the middle. */
export const truncatedPicture = async (): Promise<Buffer> => (await whole).subarray(0, 200);

/** Something else happens between the question to the provider and its answer. */
class SlowImageGenerator extends FakeImageGenerator {
  meanwhile: (() => Promise<unknown>) | null = null;
  /** How often it was asked what became of a job. */
  checked = 0;
  /** This one answers 404. */
  gone: string | null = null;
  /** So do these. */
  refuse: (...order: Parameters<FakeImageGenerator['submit']>) => boolean = () => false;

  /** What was bought cannot be read from the answer. */
  isMangled = false;
  cannotUpload = false;

  override async submit(...order: Parameters<FakeImageGenerator['submit']>): Promise<string> {
    await this.interlude();
    if (order[0].endpoint === this.gone || this.refuse(...order))
      throw new ProviderError('endpoint_gone', '404');
    if (this.cannotUpload) throw new ProviderError('not_uploaded', 'no way there');
    if (this.isMangled) this.failNextSubmit('in_doubt');
    return super.submit(...order);
  }

  override async check(ticket: string): Promise<Outcome> {
    this.checked += 1;
    await this.interlude();
    return super.check(ticket);
  }

  private async interlude(): Promise<void> {
    const { meanwhile } = this;
    this.meanwhile = null;
    await meanwhile?.();
  }
}

/** A request, and what its way in says of it. */
export type Asked = Partial<GenerationRequest> &
  Pick<GenerationContext, 'requestKey' | 'free' | 'picture'> & { readonly owner?: string };

/** Everything a generation meets, with fakes at the edges. */
export class GenerationWorld {
  readonly database = new InMemoryDatabase();
  readonly stores = this.database.stores;
  readonly generator = new SlowImageGenerator();
  readonly media = new MemoryMediaStore();
  readonly clock = new FakeClock();
  readonly ids = new SequentialIds();
  readonly log = new RecordingLogger();
  readonly metrics = new RecordingMetrics();
  readonly transport = new RecordingTransport();
  readonly registry = new InMemoryWorkerRegistry();
  readonly health = new ProviderHealth({ clock: this.clock, log: this.log });
  readonly disk = new FakeDisk();
  readonly space = new DiskSpace({
    disk: this.disk,
    floorBytes: 1_000_000,
    clock: this.clock,
    log: this.log,
  });
  readonly watched: Generation[] = [];
  /** How the next downloads end, one after the other; whole pictures when it is empty. */
  readonly badFiles: (Buffer | BadDownload)[] = [];
  /** Files that come bit by bit, for the downloads after those. */
  readonly slowFiles: AsyncIterable<Uint8Array>[] = [];
  /** How many downloads were begun. */
  downloaded = 0;
  readonly rules: Policy;
  /** The ways in that this process has. */
  transports = [this.transport];

  constructor(rules: Partial<Policy> = {}) {
    this.rules = { ...policy, ...rules };
  }

  private readonly watch = {
    follow: (generation: Generation) => void this.watched.push(generation),
    stop: async () => undefined,
  };
  private readonly downloads: ImageDownloads = {
    open: async () => {
      this.downloaded += 1;
      const file = this.badFiles.shift() ?? this.slowFiles.shift() ?? (await whole);
      if (file instanceof BadDownload) throw file;
      if (!Buffer.isBuffer(file)) return file;
      return (async function* () {
        yield file;
      })();
    },
  };

  readonly cancelling = new CancelGeneration({ database: this.database, clock: this.clock });
  readonly replaying = new ReplayGeneration({ database: this.database, clock: this.clock });
  readonly webhook = new ReceiveWebhook({
    worker: 'worker-1',
    database: this.database,
    clock: this.clock,
    log: this.log,
  });
  readonly sweep = new Sweep({
    database: this.database,
    workers: this.registry,
    clock: this.clock,
    log: this.log,
  });

  get requesting(): RequestGeneration {
    return new RequestGeneration({
      database: this.database,
      clock: this.clock,
      ids: this.ids,
      policy: this.rules,
      metrics: this.metrics,
      log: this.log,
      checkWords: anyWords,
    });
  }

  /** The steps, as this worker process takes them. */
  stepsOf(worker = 'worker-1') {
    const { database, generator, downloads, media, clock, ids, health, watch, metrics, log } = this;
    const policy = this.rules;
    const tellProgress = new TellProgress({ database, transports: this.transports, log });
    const retireEndpoint = new RetireEndpoint({ database, clock, policy, tellProgress, metrics, log });
    const sleep = async () => undefined;
    const renewal = { execute: async () => false };
    return {
      submit: new SubmitNext({
        ...{ database, generator, clock, policy, worker, health, retireEndpoint, watch, metrics, log, sleep },
      }),
      resolve: resolveSubmit({ database, clock, policy, worker, metrics, log }),
      collect: new CollectImages({
        ...{ database, generator, downloads, media, clock, ids, policy, worker, health, watch },
        ...{ tellProgress, metrics, log, renewal },
      }),
      deliver: new DeliverOutcome({
        database,
        transports: this.transports,
        clock,
        worker,
        metrics,
        log,
        sleep,
      }),
    };
  }

  /** A person with credits and a portrait that is their main avatar. */
  async person(credits = 100, id: UserId = someone): Promise<UserId> {
    await givenUser(this.stores, { id, credits });
    await givenAvatar(this.stores, { owner: id, isMain: true });
    return id;
  }

  request({ owner = someone, requestKey, free, picture, ...changes }: Asked = {}): Promise<Generation> {
    const origin = { transport: 'test', address: { chat: 7 } };
    return this.requesting.execute(
      { prompt: 'in medieval armor', ...changes },
      { owner: userId(owner), origin, requestKey, free, picture },
    );
  }

  /** A person's request, accepted; its jobs wait in the queue. */
  async accepted(changes: Asked = {}): Promise<GenerationId> {
    await this.person();
    return (await this.request(changes)).id;
  }

  /** The same, in the provider's hands. */
  async submitted(changes: Asked = {}): Promise<GenerationIn<'submitted'>> {
    const id = await this.accepted(changes);
    await this.run();
    return this.state(id, 'submitted');
  }

  private readonly submitWithRoom = new SubmitNextWithRoom({
    next: { execute: (taken) => this.stepsOf(this.worker).submit.execute(taken) },
    guard: { submit: (step) => step(() => undefined) },
    disk: this.space,
  });
  private worker = 'worker-1';

  /** Runs what waits in the queue and is due, until nothing is. */
  async run(worker = 'worker-1'): Promise<void> {
    const { resolve, collect, deliver } = this.stepsOf(worker);
    this.worker = worker;
    for (let jobs = this.takeJobs(); jobs.length > 0; jobs = this.takeJobs())
      for (const { job } of jobs)
        switch (job.task) {
          case 'submit-next':
            await this.submitWithRoom.execute(job.spare !== undefined);
            break;
          case 'resolve-submit':
            await resolve.execute(job.generation);
            break;
          case 'collect':
            await collect.execute(job.generation, job.held);
            break;
          case 'deliver':
            await deliver.execute(job.generation, job.held);
            break;
          case 'cancel-at-provider':
            await this.generator.cancel(job.ticket);
            break;
          default:
            throw new Error(`nobody expected ${job.task}`);
        }
  }

  /** Lets time go by; then comes the sweep, and what it nudged runs. */
  async pass(seconds: number, worker = 'worker-1'): Promise<void> {
    this.clock.advance(seconds);
    await this.run(worker);
    await this.sweep.execute();
    await this.run(worker);
  }

  /** The row as it is, which must be in this state. */
  async state<Status extends GenerationStatus>(
    id: GenerationId,
    status: Status,
  ): Promise<GenerationIn<Status>> {
    const found = await this.stores.generations.find(id);
    if (found?.status !== status) throw new Error(`the generation is ${found?.status}, not ${status}`);
    return found as GenerationIn<Status>;
  }

  /** What the owner can spend and what is held; the books are checked too. */
  async credits(user: UserId = someone): Promise<{ balance: number; held: number }> {
    const breaches = await this.stores.ledger.breaches();
    if (breaches.length > 0) throw new Error(breaches.join('\n'));
    return this.stores.ledger.account(user);
  }

  /** The kinds of ledger entries of this user, oldest first. */
  async entries(user: UserId = someone): Promise<string[]> {
    const history = await this.stores.ledger.history(user, 100);
    return history.map(({ kind, amount }) => `${kind} ${amount}`).reverse();
  }

  private takeJobs() {
    return this.database.takeJobs(this.clock.now());
  }
}
