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
import type { Outcome } from '../../../domain/generation/outcome.js';
import type { Overrides } from '../../../domain/generation/overrides.js';
import type { PresetName } from '../../../domain/generation/preset.js';
import type { AvatarId, GenerationId, UserId } from '../../../domain/ids.js';
import type { EntryKind } from '../../../domain/ledger.js';
import type { Origin } from '../../../domain/origin.js';
import type { Json, NullableJson, Stored } from './json-column.js';
import type { JobColumns, TrainingTables } from './training-tables.js';
import type { HeldInRow } from './weights-in-rows.js';

export interface Tables extends TrainingTables {
  users: {
    id: UserId;
    display_name: string | null;
    language: string | null;
    created_at: Date;
  };
  avatars: {
    id: AvatarId;
    owner: UserId;
    name: string;
    type: AvatarType;
    status: AvatarStatus;
    model: NullableJson<HeldInRow>;
    failure_reason: string | null;
    trigger: string | null;
    is_main: boolean;
    default_strength: number | null;
    legacy_id: string | null;
    /** What its owner can go back to. */
    earlier: Json<readonly (Stored<Omit<EarlierModel, 'model'>> & { readonly model: HeldInRow })[]>;
    created_at: Date;
  };
  /** Written by a trigger. */
  deleted_legacy_avatars: { legacy_id: string; deleted_at: Date };
  generations: {
    companion: AvatarId | null;
    preset: PresetName | null;
    prompt: string;
    overrides: Json<Overrides>;
    endpoint: string;
    run: number;
    rerolls: number;
    collected_at: Date | null;
    image_count: number | null;
    flagged: number | null;
    /** numeric: fal's own seeds exceed 63 bits. */
    seed: string | null;
    delivered_at: Date | null;
    /** Its position in the fair queue. */
    turn: ColumnType<string, number, number>;
  } & JobColumns<Generation, Progress>;
  images: {
    id: string;
    generation: GenerationId;
    owner: UserId;
    position: number;
    media_key: string;
    thumbnail_key: string;
    width: number;
    height: number;
    content_type: string;
    bytes: ColumnType<string, number, number>;
    sha256: string;
    created_at: Date;
    favourite: Generated<boolean>;
    deleted_at: ColumnType<Date | null, never, Date | null>;
    /** These three are copied from the job by a trigger. */
    avatar: ColumnType<AvatarId | null, never, never>;
    preset: ColumnType<PresetName | null, never, never>;
    /** The prompt in lower case, for searching in it. */
    sought: ColumnType<string, never, never>;
    /** Of a proof sheet, and not kept by its owner. Set by the trigger. */
    proof: ColumnType<boolean, never, boolean>;
  };
  accounts: { user_id: UserId; balance: number; held: number };
  ledger_entries: {
    id: Generated<string>;
    user_id: UserId;
    kind: EntryKind;
    amount: number;
    reason: string;
    account: ColumnType<string, never, never>;
    at: Date;
  };
  /** Events of the provider that came by webhook. */
  receipts: {
    request_id: string;
    reference: string;
    ticket: string;
    outcome: NullableJson<Exclude<Outcome, { kind: 'pending' }>>;
    received_at: Date;
  };
  retired_endpoints: { endpoint: string; noticed_at: Date; tries: number; next_try_at: Date };
  refused_submits: {
    endpoint: string;
    job: string;
    refusals: number;
    since: Date;
    in_a_row: number;
    in_a_row_since: Date;
    latest: Date;
  };
  workers: {
    id: string;
    lock_key: ColumnType<string, bigint, bigint>;
    queue_ids: string[];
    started_at: Date;
    heartbeat_at: Date;
  };
  seen_updates: {
    source: string;
    update_id: string;
    received_at: Date;
    claimed_at: Date | null;
    claimed_by: string | null;
    done: Generated<boolean>;
    body: NullableJson<unknown>;
    person: string | null;
    tries: Generated<number>;
    last_error: string | null;
    dead_at: Date | null;
  };
  job_messages: {
    generation: GenerationId;
    source: string;
    chat: ColumnType<string, number, number>;
    message: ColumnType<string, number, number>;
    language: string;
    shown_at: Date;
  };
  /** Forms: the table has the name that they had before. */
  wishes: {
    id: string;
    owner: UserId;
    prompt: string | null;
    suggestion: string | null;
    choices: Json<Choices>;
    overrides: Json<Overrides>;
    origin: Json<Origin>;
    created_at: Date;
  };
  /** Pending replies: the table has the name that they had before. */
  expectations: {
    owner: UserId;
    chat: string;
    kind: PendingReply['kind'];
    subject: string;
    created_at: Date;
  };
  recipes: {
    id: string;
    owner: UserId;
    generation: GenerationId;
    prompt: string;
    preset: PresetName;
    overrides: Json<Overrides>;
    created_at: Date;
  };
  gallery_views: {
    id: string;
    owner: UserId;
    filter: Json<GalleryFilter>;
    selection: string[];
    created_at: Date;
  };
  sent_files: { source: string; image: string; form: SentFile['form']; handle: string };
  preferences: {
    user_id: UserId;
    language: string | null;
    preset: PresetName | null;
    aspect_ratio: AspectRatio | null;
    count: number | null;
    prompt_help: Generated<PromptHelp>;
    notifications: Generated<boolean>;
    last_choices: NullableJson<Choices>;
  };
}
