import type { ColumnType, Generated } from 'kysely';
import type { PendingReply } from '../../../application/ports/stores/chat/pending-reply-store.js';
import type { SentFile } from '../../../application/ports/stores/chat/sent-file-store.js';
import type { GalleryFilter } from '../../../application/ports/stores/gallery-store.js';
import type { Progress } from '../../../application/ports/stores/generation-store.js';
import type { Choices, PromptHelp } from '../../../application/ports/stores/preference-store.js';
import type { AvatarStatus, EarlierModel } from '../../../domain/avatar/avatar.js';
import type { AvatarType } from '../../../domain/avatar/avatar-type.js';
import type { AspectRatio } from '../../../domain/generation/aspect-ratio.js';
import type { Generation } from '../../../domain/generation/generation.js';
import type { StartingPicture } from '../../../domain/generation/image-order.js';
import type { Outcome } from '../../../domain/generation/outcome.js';
import type { Overrides } from '../../../domain/generation/overrides.js';
import type { PresetName } from '../../../domain/generation/preset.js';
import type { AvatarId, GenerationId, UserId } from '../../../domain/ids.js';
import type { EntryKind } from '../../../domain/ledger.js';
import type { Origin } from '../../../domain/origin.js';
import type { ApiTables } from './api-tables.js';
import type { HookTables } from './hook-tables.js';
import type { Json, NullableJson, Stored } from './json-column.js';
import type { MoneyTables } from './money-tables.js';
import type { OperatorTables } from './operator-tables.js';
import type { JobColumns, TrainingTables } from './training-tables.js';
import type { HeldInRow } from './weights-in-rows.js';

/** Columns as `CamelCasePlugin` names them; the names of tables are those in SQL. */
export interface Tables extends TrainingTables, MoneyTables, OperatorTables, HookTables, ApiTables {
  users: {
    id: UserId;
    displayName: string | null;
    language: string | null;
    createdAt: Date;
  };
  avatars: {
    id: AvatarId;
    owner: UserId;
    name: string;
    type: AvatarType;
    status: AvatarStatus;
    model: NullableJson<HeldInRow>;
    failureReason: string | null;
    trigger: string | null;
    isMain: boolean;
    defaultStrength: number | null;
    legacyId: string | null;
    /** What its owner can go back to. */
    earlier: Json<readonly (Stored<Omit<EarlierModel, 'model'>> & { readonly model: HeldInRow })[]>;
    createdAt: Date;
  };
  /** Written by a trigger. */
  deleted_legacy_avatars: { legacyId: string; deletedAt: Date };
  generations: {
    companion: AvatarId | null;
    preset: PresetName | null;
    prompt: string;
    overrides: Json<Overrides>;
    endpoint: string;
    run: number;
    rerolls: number;
    collectedAt: Date | null;
    imageCount: number | null;
    flagged: number | null;
    /** numeric: fal's own seeds exceed 63 bits. */
    seed: string | null;
    deliveredAt: Date | null;
    /** Its position in the fair queue. */
    turn: ColumnType<string, number, number>;
  } & JobColumns<Generation, Progress>;
  images: {
    id: string;
    generation: GenerationId;
    owner: UserId;
    position: number;
    mediaKey: string;
    thumbnailKey: string;
    width: number;
    height: number;
    contentType: string;
    bytes: ColumnType<string, number, number>;
    sha256: string;
    createdAt: Date;
    favourite: Generated<boolean>;
    deletedAt: ColumnType<Date | null, never, Date | null>;
    /** These three are copied from the job by a trigger. */
    avatar: ColumnType<AvatarId | null, never, never>;
    preset: ColumnType<PresetName | null, never, never>;
    /** The prompt in lower case, for searching in it. */
    sought: ColumnType<string, never, never>;
    /** Of a proof sheet, and not kept by its owner. Set by the trigger. */
    proof: ColumnType<boolean, never, boolean>;
  };
  accounts: { userId: UserId; balance: number; held: number };
  ledger_entries: {
    id: Generated<string>;
    userId: UserId;
    kind: EntryKind;
    amount: number;
    reason: string;
    account: ColumnType<string, never, never>;
    at: Date;
  };
  /** Events of the provider that came by webhook. */
  receipts: {
    requestId: string;
    reference: string;
    ticket: string;
    outcome: NullableJson<Exclude<Outcome, { kind: 'pending' }>>;
    receivedAt: Date;
  };
  retired_endpoints: { endpoint: string; noticedAt: Date; tries: number; nextTryAt: Date };
  refused_submits: {
    endpoint: string;
    job: string;
    refusals: number;
    since: Date;
    inARow: number;
    inARowSince: Date;
    latest: Date;
  };
  workers: {
    id: string;
    lockKey: ColumnType<string, bigint, bigint>;
    queueIds: string[];
    startedAt: Date;
    heartbeatAt: Date;
  };
  seen_updates: {
    source: string;
    updateId: string;
    receivedAt: Date;
    claimedAt: Date | null;
    claimedBy: string | null;
    done: Generated<boolean>;
    body: NullableJson<unknown>;
    person: string | null;
    tries: Generated<number>;
    lastError: string | null;
    deadAt: Date | null;
  };
  job_messages: {
    generation: GenerationId;
    source: string;
    chat: ColumnType<string, number, number>;
    message: ColumnType<string, number, number>;
    language: string;
    shownAt: Date;
    draftedAt: Date | null;
  };
  /** Forms: the table has the name that they had before. */
  wishes: {
    id: string;
    owner: UserId;
    prompt: string | null;
    suggestion: string | null;
    choices: Json<Choices>;
    overrides: Json<Overrides>;
    picture: NullableJson<StartingPicture>;
    recipe: string | null;
    origin: Json<Origin>;
    createdAt: Date;
  };
  /** Pending replies: the table has the name that they had before. */
  expectations: {
    owner: UserId;
    chat: string;
    kind: PendingReply['kind'];
    subject: string;
    createdAt: Date;
  };
  recipes: {
    id: string;
    owner: UserId;
    generation: GenerationId;
    prompt: string;
    preset: PresetName;
    overrides: Json<Overrides>;
    createdAt: Date;
    hiddenAt: ColumnType<Date | null, never, Date>;
  };
  gallery_views: {
    id: string;
    owner: UserId;
    filter: Json<GalleryFilter>;
    selection: string[];
    removed: Generated<string[]>;
    createdAt: Date;
  };
  sent_files: {
    source: string;
    image: string;
    form: SentFile['form'];
    handle: string;
    chat: ColumnType<string | null, number | null | undefined, number | null>;
    message: ColumnType<string | null, number | null | undefined, number | null>;
  };
  follow_ups: { generation: GenerationId; source: string; takenAt: Date; hasButtons: boolean };
  own_files: { source: string; name: string; handle: string };
  preferences: {
    userId: UserId;
    language: string | null;
    preset: PresetName | null;
    aspectRatio: AspectRatio | null;
    count: number | null;
    promptHelp: Generated<PromptHelp>;
    notifications: Generated<boolean>;
    /** Written by earlier releases, and never read. */
    lastChoices: NullableJson<Choices>;
    confirmOrders: boolean | null;
    broadcasts: Generated<boolean>;
  };
}
