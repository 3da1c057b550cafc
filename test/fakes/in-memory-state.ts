import type { ProviderEvent } from '../../src/application/ports/provider-webhooks.js';
import type { Progress } from '../../src/application/ports/stores/generation-store.js';
import type { ImageRow } from '../../src/application/ports/stores/image-store.js';
import type { Job } from '../../src/application/ports/stores/jobs/job-queue.js';
import type { WrittenEntry } from '../../src/application/ports/stores/ledger.js';
import type { User } from '../../src/application/ports/stores/user-store.js';
import type { Avatar } from '../../src/domain/avatar/avatar.js';
import type { Retirement } from '../../src/domain/generation/endpoint-refusals.js';
import type { Generation } from '../../src/domain/generation/generation.js';
import type { AvatarId, GenerationId, UserId } from '../../src/domain/ids.js';
import type { BillLine } from '../../src/domain/operator/bill.js';
import { copyOfDoorState, type DoorState, emptyDoorState } from './in-memory-admission-stores.js';
import type { AlertRow } from './in-memory-alert-store.js';
import { type ApiState, copyOfApiState, emptyApiState } from './in-memory-api-stores.js';
import { type BotState, copyOfBotState, emptyBotState } from './in-memory-bot-stores.js';
import {
  type BroadcastState,
  copyOfBroadcastState,
  emptyBroadcastState,
} from './in-memory-broadcast-store.js';
import { type CountState, copyOfCountState, emptyCountState } from './in-memory-counts.js';
import type { RefusalRow } from './in-memory-endpoint-status-store.js';
import { copyOfHookState, emptyHookState, type HookState } from './in-memory-event-hook-store.js';
import type { JobRow } from './in-memory-leased-store.js';
import { copyOfOperatorState, emptyOperatorState, type OperatorState } from './in-memory-operator-stores.js';
import { copyOfMoneyState, emptyMoneyState, type MoneyState } from './in-memory-payment-store.js';
import { copyOfQuotaState, emptyQuotaState, type QuotaState } from './in-memory-quota-store.js';
import { copyOfTrainingState, emptyTrainingState, type TrainingState } from './in-memory-training-stores.js';

export interface AvatarRow {
  readonly avatar: Avatar;
  readonly legacyId: string | null;
}

export interface GenerationRow extends JobRow<Generation, Progress> {
  /** Position in the fair queue. */
  readonly turn: number;
}

export interface QueuedJob {
  readonly job: Job;
  /** `null`: at once. */
  readonly runAt: Date | null;
  /** Only one waiting job has the same; `null`: any number of them. */
  readonly key: string | null;
}

/** All that is kept. Rows are replaced, never changed, so that copying the collections copies everything. */
export interface State {
  readonly users: Map<UserId, User>;
  readonly avatars: Map<AvatarId, AvatarRow>;
  readonly deletedLegacyIds: Set<string>;
  readonly generations: Map<GenerationId, GenerationRow>;
  readonly images: ImageRow[];
  readonly entries: WrittenEntry[];
  readonly jobs: QueuedJob[];
  readonly webhookInbox: Map<string, { readonly event: ProviderEvent; readonly receivedAt: Date }>;
  readonly retired: Map<string, Retirement>;
  readonly refusals: Map<string, RefusalRow>;
  readonly bot: BotState;
  readonly training: TrainingState;
  readonly counts: CountState;
  readonly money: MoneyState;
  readonly alerts: Map<string, AlertRow>;
  readonly operator: OperatorState;
  readonly door: DoorState;
  readonly broadcasting: BroadcastState;
  readonly quotas: QuotaState;
  readonly hooks: HookState;
  readonly api: ApiState;
  /** Lines of the provider’s bill, by day. */
  readonly bills: Map<string, readonly BillLine[]>;
  /** Worker processes that were struck off, with the sign of life that they gave last. */
  readonly reaped: Set<string>;
  /** Those that are on the list of the living, as far as leases ask. */
  readonly living: Set<string>;
}

/** Lets a store at the rows: those of a transaction, or the committed ones for a call that stands alone. */
export type Access = <Result>(work: (state: State) => Result) => Promise<Result>;

export const emptyState = (): State => ({
  users: new Map(),
  avatars: new Map(),
  deletedLegacyIds: new Set(),
  generations: new Map(),
  images: [],
  entries: [],
  jobs: [],
  webhookInbox: new Map(),
  retired: new Map(),
  refusals: new Map(),
  bot: emptyBotState(),
  training: emptyTrainingState(),
  counts: emptyCountState(),
  money: emptyMoneyState(),
  alerts: new Map(),
  operator: emptyOperatorState(),
  door: emptyDoorState(),
  broadcasting: emptyBroadcastState(),
  quotas: emptyQuotaState(),
  hooks: emptyHookState(),
  api: emptyApiState(),
  bills: new Map(),
  reaped: new Set(),
  living: new Set(),
});

export const copyOf = (state: State): State => ({
  users: new Map(state.users),
  avatars: new Map(state.avatars),
  deletedLegacyIds: new Set(state.deletedLegacyIds),
  generations: new Map(state.generations),
  images: [...state.images],
  entries: [...state.entries],
  jobs: [...state.jobs],
  webhookInbox: new Map(state.webhookInbox),
  retired: new Map(state.retired),
  refusals: new Map(state.refusals),
  bot: copyOfBotState(state.bot),
  training: copyOfTrainingState(state.training),
  counts: copyOfCountState(state.counts),
  money: copyOfMoneyState(state.money),
  alerts: new Map(state.alerts),
  operator: copyOfOperatorState(state.operator),
  door: copyOfDoorState(state.door),
  broadcasting: copyOfBroadcastState(state.broadcasting),
  quotas: copyOfQuotaState(state.quotas),
  hooks: copyOfHookState(state.hooks),
  api: copyOfApiState(state.api),
  bills: new Map(state.bills),
  reaped: new Set(state.reaped),
  living: new Set(state.living),
});

export function dropAvatar({ avatars, deletedLegacyIds }: State, id: AvatarId): void {
  const legacyId = avatars.get(id)?.legacyId;
  if (legacyId != null) deletedLegacyIds.add(legacyId);
  avatars.delete(id);
}

/** A picture of a proof sheet that its owner did not keep. */
export const isProof = ({ generations, bot }: State, { id, generation }: ImageRow): boolean =>
  generations.get(generation)?.job.origin.transport === 'proof' && !bot.kept.has(id);

/** What the real tables refuse by their foreign keys. */
export function requireUser(state: State, id: UserId): void {
  if (!state.users.has(id)) throw new Error(`there is no user ${id}`);
}
