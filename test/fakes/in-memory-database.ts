import { AsyncLocalStorage } from 'node:async_hooks';
import type { Leftovers } from '../../src/application/ports/stores/jobs/leftovers.js';
import type { Database, Stores } from '../../src/application/ports/stores/stores.js';
import { doorStoresOver } from './in-memory-admission-stores.js';
import { InMemoryAlertStore } from './in-memory-alert-store.js';
import { apiStoresOver } from './in-memory-api-stores.js';
import { InMemoryAvatarStore } from './in-memory-avatar-store.js';
import { InMemoryBillStore } from './in-memory-bill-store.js';
import { botStoresOver } from './in-memory-bot-stores.js';
import { InMemoryBroadcastStore } from './in-memory-broadcast-store.js';
import { countStoresOver } from './in-memory-counts.js';
import { InMemoryEndpointStatusStore } from './in-memory-endpoint-status-store.js';
import { InMemoryEventHookStore } from './in-memory-event-hook-store.js';
import { InMemoryGenerationStore } from './in-memory-generation-store.js';
import { InMemoryImageStore } from './in-memory-image-store.js';
import { InMemoryJobQueue } from './in-memory-job-queue.js';
import { InMemoryJobRecordStore } from './in-memory-job-record-store.js';
import { InMemoryLedger } from './in-memory-ledger.js';
import { InMemoryMoneyMessageStore } from './in-memory-money-message-store.js';
import { InMemoryNumbersStore } from './in-memory-numbers-store.js';
import { operatorStoresOver } from './in-memory-operator-stores.js';
import { InMemoryPaymentStore } from './in-memory-payment-store.js';
import { InMemoryPromoStore } from './in-memory-promo-store.js';
import { InMemoryQuotaStore } from './in-memory-quota-store.js';
import { InMemoryReferralStore } from './in-memory-referral-store.js';
import { InMemoryStarBooksStore } from './in-memory-star-books-store.js';
import { type Access, copyOf, emptyState, type QueuedJob, type State } from './in-memory-state.js';
import { InMemorySubscriptionStore } from './in-memory-subscription-store.js';
import { trainingStoresOver } from './in-memory-training-stores.js';
import { InMemoryUserStore } from './in-memory-user-store.js';
import { InMemoryWebhookInbox } from './in-memory-webhook-inbox.js';
import { InMemoryWorkerStore } from './in-memory-worker-store.js';

/**
 * The stores in memory. Transactions run one after another, each on a copy that replaces the rows when its work is
 * done, so one that throws leaves nothing behind. A stand-alone call from inside a transaction is refused: on
 * PostgreSQL it would run beside it, on another connection, and could wait for it forever.
 */
export class InMemoryDatabase implements Database {
  readonly stores: Stores;
  /** Whoever commits a step begins the next one, too; else all is left to the queue. */
  beginsSteps = true;
  private readonly asks = () => this.beginsSteps;
  private committed = emptyState();
  private away = 0;
  private why = new Error('the database is away');
  private last: Promise<unknown> = Promise.resolve();
  private readonly current = new AsyncLocalStorage<{ open: boolean }>();

  constructor() {
    this.stores = storesOver((work) => {
      if (this.current.getStore()?.open)
        throw new Error('inside a transaction only the stores that it was given are used');
      return this.inTurn(async (state) => work(state));
    }, this.asks);
  }

  transaction<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result> {
    if (this.current.getStore()?.open) throw new Error('a transaction inside a transaction');
    const mark = { open: true };
    return this.inTurn((state) =>
      this.current.run(mark, async () => {
        const access: Access = async (step) => {
          if (!mark.open) throw new Error('the transaction is over, its stores are not to be used any more');
          return step(state);
        };
        try {
          return await work(storesOver(access, this.asks));
        } finally {
          mark.open = false;
        }
      }),
    );
  }

  /** The next so many statements or transactions fail, as when the database restarts. */
  goAway(times = 1, why = new Error('the database is away')): void {
    this.away = times;
    this.why = why;
  }

  /** This worker is on the list of the living until it is buried: its leases are its own, whatever a clock says. */
  live(worker: string): void {
    this.committed.living.add(worker);
  }

  /** Jobs that wait, in the order they were added. */
  get queued(): readonly QueuedJob[] {
    return this.committed.jobs;
  }

  /** Takes the jobs that are due out of the queue, as workers would. Without a time: all of them. */
  takeJobs(now?: Date): QueuedJob[] {
    const isDue = ({ runAt }: QueuedJob) => now === undefined || runAt === null || runAt <= now;
    const due = this.committed.jobs.filter(isDue);
    const rest = this.committed.jobs.filter((job) => !isDue(job));
    this.committed.jobs.splice(0, Number.POSITIVE_INFINITY, ...rest);
    return due;
  }

  private inTurn<Result>(work: (state: State) => Promise<Result>): Promise<Result> {
    const turn = this.last.then(async () => {
      if (this.away > 0) {
        this.away -= 1;
        throw this.why;
      }
      const state = copyOf(this.committed);
      const result = await work(state);
      this.committed = state;
      return result;
    });
    // The next one waits for the end of this one, however it ends; the failure itself goes to the caller.
    this.last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}

/** Nothing grows old here. */
const nothingIsLeft: Leftovers = {
  forget: async () => ({
    webhooks: 0,
    forms: 0,
    galleryViews: 0,
    pendingReplies: 0,
    jobMessages: 0,
    followUps: 0,
    refusals: 0,
    queueJobs: 0,
    intents: 0,
    cases: 0,
    apiRequests: 0,
  }),
};

function storesOver(access: Access, beginsSteps: () => boolean): Stores {
  return {
    users: new InMemoryUserStore(access),
    avatars: new InMemoryAvatarStore(access),
    generations: new InMemoryGenerationStore(access),
    images: new InMemoryImageStore(access),
    ledger: new InMemoryLedger(access),
    payments: new InMemoryPaymentStore(access),
    starBooks: new InMemoryStarBooksStore(access),
    moneyMessages: new InMemoryMoneyMessageStore(access),
    promos: new InMemoryPromoStore(access),
    subscriptions: new InMemorySubscriptionStore(access),
    numbers: new InMemoryNumbersStore(access),
    referrals: new InMemoryReferralStore(access),
    jobs: new InMemoryJobQueue(access, beginsSteps),
    webhookInbox: new InMemoryWebhookInbox(access),
    endpoints: new InMemoryEndpointStatusStore(access),
    workers: new InMemoryWorkerStore(access),
    leftovers: nothingIsLeft,
    alerts: new InMemoryAlertStore(access),
    ...doorStoresOver(access),
    broadcasts: new InMemoryBroadcastStore(access),
    quotas: new InMemoryQuotaStore(access),
    eventHooks: new InMemoryEventHookStore(access),
    bills: new InMemoryBillStore(access),
    jobRecords: new InMemoryJobRecordStore(access),
    ...operatorStoresOver(access),
    ...botStoresOver(access),
    ...trainingStoresOver(access),
    ...countStoresOver(access),
    ...apiStoresOver(access),
  };
}
