import { createHash } from 'node:crypto';
import { CoachFaces } from '../../../src/application/avatars/coach-faces.js';
import { AddPhotos } from '../../../src/application/avatars/photos/add-photos.js';
import { SortPhotos } from '../../../src/application/avatars/photos/sort-photos.js';
import { StartDraft } from '../../../src/application/avatars/start-draft.js';
import { UpdateAvatarDraft } from '../../../src/application/avatars/update-avatar-draft.js';
import { ProviderHealth } from '../../../src/application/jobs/provider-health.js';
import { DiskSpace } from '../../../src/application/policy/disk-space.js';
import type { Policy } from '../../../src/application/policy/policy.js';
import type { TrainingPolicy } from '../../../src/application/policy/training-policy.js';
import { BadDownload, type ImageDownloads } from '../../../src/application/ports/image-downloads.js';
import type { PhotoArchives } from '../../../src/application/ports/photo-archives.js';
import type { PhotoJudge, PhotoJudgement } from '../../../src/application/ports/photo-judge.js';
import type { FaceFinder } from '../../../src/application/ports/pictures/face-finder.js';
import { CancelTraining } from '../../../src/application/training/cancel-training.js';
import { CollectTraining } from '../../../src/application/training/collect-training.js';
import { DeliverTraining } from '../../../src/application/training/deliver-training.js';
import { MeasureLikeness } from '../../../src/application/training/measure-likeness.js';
import { RefusedTraining } from '../../../src/application/training/refused-training.js';
import { RequestTraining } from '../../../src/application/training/request-training.js';
import { type ResolveTraining, resolveTraining } from '../../../src/application/training/resolve-training.js';
import { SubmitTraining } from '../../../src/application/training/submit-training.js';
import { SubmitTrainingWithRoom } from '../../../src/application/training/submit-training-with-room.js';
import { TellTrainingProgress } from '../../../src/application/training/tell-training-progress.js';
import { ReceiveWebhook } from '../../../src/application/upkeep/receive-webhook.js';
import { Sweep } from '../../../src/application/upkeep/sweep.js';
import type { Avatar } from '../../../src/domain/avatar/avatar.js';
import type { Face } from '../../../src/domain/avatar/faces.js';
import type { AvatarId, TrainingId } from '../../../src/domain/ids.js';
import { usualPrices } from '../../../src/domain/provider-prices.js';
import type { Training } from '../../../src/domain/training/training.js';
import type { TrainingSpeed } from '../../../src/domain/training/training-order.js';
import { FakeAvatarTrainer } from '../../fakes/fake-avatar-trainer.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { FakeDisk } from '../../fakes/fake-disk.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { InMemoryWorkerRegistry } from '../../fakes/in-memory-worker-registry.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';
import { RecordingTransport } from '../../fakes/recording-transport.js';
import { SequentialIds } from '../../fakes/sequential-ids.js';
import { aDraftPhoto, aTrainingPolicy } from '../../support/builders/a-training.js';
import { noQuotas, plenty } from '../../support/builders/allowances.js';
import { givenUser } from '../../support/builders/given.js';
import { someone } from '../../support/builders/ids.js';
import { safetensors } from '../../support/safetensors.js';

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

const origin = { transport: 'test', address: { chat: 7 } };

/** Everything a training meets, with fakes at the edges. */
export class TrainingWorld {
  readonly database = new InMemoryDatabase();
  readonly stores = this.database.stores;
  readonly trainer = new FakeAvatarTrainer();
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
  readonly watched: Training[] = [];
  /** What the provider serves first, piece by piece. */
  readonly slowWeights: AsyncIterable<Uint8Array>[] = [];
  /** What it serves then; an error is thrown. */
  weights: Uint8Array | BadDownload = safetensors();
  judgement: (file: Uint8Array) => PhotoJudgement | Promise<PhotoJudgement> = () => {
    throw new Error('no judgement was scripted');
  };
  readonly archives: PhotoArchives = {
    isArchive: () => false,
    async *files() {},
  };

  constructor(
    readonly rules: Policy = policy,
    readonly trainingPolicy: TrainingPolicy = aTrainingPolicy(),
  ) {}

  private readonly watch = {
    follow: (training: Training) => void this.watched.push(training),
    stop: async () => undefined,
  };
  private readonly downloads: ImageDownloads = {
    open: async () => {
      const slow = this.slowWeights.shift();
      if (slow !== undefined) return slow;
      const { weights } = this;
      if (weights instanceof BadDownload) throw weights;
      return (async function* () {
        yield weights;
      })();
    },
  };
  private readonly judge: PhotoJudge = {
    digest: (file) => createHash('sha256').update(file).digest('hex'),
    judge: async (file) => this.judgement(file),
  };

  private readonly sleep = async (milliseconds: number) => {
    this.clock.advance(milliseconds / 1000);
  };

  readonly startDraft = new StartDraft({
    database: this.database,
    clock: this.clock,
    ids: this.ids,
    policy: this.rules,
  });
  readonly updateAvatarDraft = new UpdateAvatarDraft({ database: this.database, clock: this.clock });
  /** What is found under the key of a file; `null`: nothing can look. */
  facesIn: (key: string) => readonly Face[] | null = () => null;
  readonly faces: FaceFinder = { find: async (key) => this.facesIn(key) };
  readonly coachFaces = new CoachFaces({ database: this.database, media: this.media, faces: this.faces });
  readonly likeness = new MeasureLikeness({ media: this.media, faces: this.faces });
  readonly addPhotos = new AddPhotos({
    coach: this.coachFaces,
    database: this.database,
    judge: this.judge,
    archives: this.archives,
    media: this.media,
    clock: this.clock,
    ids: this.ids,
  });
  readonly sortPhotos = new SortPhotos({ database: this.database, media: this.media });
  readonly request = new RequestTraining({
    database: this.database,
    clock: this.clock,
    ids: this.ids,
    policy: this.rules,
    trainingPolicy: this.trainingPolicy,
  });
  readonly cancel = new CancelTraining({ database: this.database, clock: this.clock });
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
  readonly deliver = this.deliverFor('worker-1');

  /** The steps as another worker process would take them. */
  submitFor(worker: string): SubmitTraining {
    return new SubmitTraining({
      database: this.database,
      trainer: this.trainer,
      media: this.media,
      clock: this.clock,
      policy: this.rules,
      worker,
      health: this.health,
      refused: new RefusedTraining({
        database: this.database,
        transports: [this.transport],
        clock: this.clock,
        metrics: this.metrics,
        log: this.log,
      }),
      watch: this.watch,
      metrics: this.metrics,
      log: this.log,
      sleep: this.sleep,
    });
  }

  resolveFor(worker: string): ResolveTraining {
    const { database, trainer, clock, rules: policy, metrics, log } = this;
    return resolveTraining({ database, trainer, clock, policy, worker, metrics, log });
  }

  collectFor(worker: string): CollectTraining {
    const tell = new TellTrainingProgress({
      database: this.database,
      transports: [this.transport],
      log: this.log,
    });
    return new CollectTraining({
      database: this.database,
      trainer: this.trainer,
      downloads: this.downloads,
      media: this.media,
      clock: this.clock,
      policy: this.rules,
      worker,
      health: this.health,
      watch: this.watch,
      tellProgress: tell,
      metrics: this.metrics,
      log: this.log,
    });
  }

  deliverFor(worker: string): DeliverTraining {
    const { database, transport, clock, metrics, log, sleep } = this;
    return new DeliverTraining({ database, transports: [transport], clock, worker, metrics, log, sleep });
  }

  /** An avatar in the making with consent and so many kept photos; its owner has 200 credits. */
  async draft({ photos = 10, credits = 200 } = {}): Promise<Avatar> {
    await givenUser(this.stores, { id: someone, credits });
    const { avatar } = await this.startDraft.execute(
      { type: 'portrait', name: 'Ada' },
      { owner: someone, origin },
    );
    await this.updateAvatarDraft.consent(
      { avatar: avatar.id, subject: 'self', adults: true },
      { owner: someone },
    );
    for (let count = 0; count < photos; count += 1) {
      const photo = aDraftPhoto({ avatar: avatar.id });
      this.media.files.set(photo.mediaKey, Buffer.from(photo.id));
      await this.stores.photos.add(photo);
    }
    return avatar;
  }

  async requested(speed: TrainingSpeed = 'balanced'): Promise<Training> {
    const avatar = await this.draft();
    return this.request.execute({ avatar: avatar.id, speed }, { owner: someone });
  }

  private readonly submitWithRoom = new SubmitTrainingWithRoom({
    submit: { execute: (id) => this.submitFor(this.worker).execute(id) },
    disk: this.space,
    database: this.database,
    clock: this.clock,
    transports: [this.transport],
    log: this.log,
  });
  private worker = 'worker-1';

  /** Runs what waits in the queue and is due, until nothing is. */
  async run(worker = 'worker-1'): Promise<void> {
    this.worker = worker;
    for (let jobs = this.takeJobs(); jobs.length > 0; jobs = this.takeJobs())
      for (const { job } of jobs) {
        switch (job.task) {
          case 'submit-training':
            await this.submitWithRoom.execute(job.training);
            break;
          case 'resolve-training':
            await this.resolveFor(worker).execute(job.training);
            break;
          case 'collect-training':
            await this.collectFor(worker).execute(job.training);
            break;
          case 'deliver-training':
            await this.deliverFor(worker).execute(job.training);
            break;
          case 'cancel-training-at-provider':
            await this.trainer.cancel(job.ticket);
            break;
          default:
            break;
        }
      }
  }

  async training(id: TrainingId): Promise<Training> {
    const found = await this.stores.trainings.find(id);
    if (found === null) throw new Error(`there is no training ${id}`);
    return found;
  }

  async avatar(id: AvatarId): Promise<Avatar> {
    const found = await this.stores.avatars.find(id);
    if (found === null) throw new Error(`there is no avatar ${id}`);
    return found;
  }

  private takeJobs() {
    return this.database.takeJobs(this.clock.now());
  }
}
