import type { ColumnType, Generated } from 'kysely';
import type { LeftAtFal } from '../../../application/ports/stores/personal-data.js';
import type { TrainingProgress } from '../../../application/ports/stores/training-store.js';
import type { Consent } from '../../../domain/avatar/avatar-draft.js';
import type { DraftPhoto, PhotoWarning } from '../../../domain/avatar/photo.js';
import type { Failure } from '../../../domain/failure.js';
import type { AvatarId, PhotoId, UserId } from '../../../domain/ids.js';
import type { Origin } from '../../../domain/origin.js';
import type { Proof, statusWord, Training } from '../../../domain/training/training.js';
import type { TrainingSpeed } from '../../../domain/training/training-order.js';
import type { Json, NullableJson, Stored } from './json-column.js';
import type { HeldInRow } from './weights-in-rows.js';

interface Job {
  readonly id: string;
  readonly avatar: AvatarId | null;
  readonly order: object;
  readonly status: string;
}

/** Of every row that workers take steps on. */
export interface JobColumns<Kind extends Job, Progress, Status = Kind['status']> {
  id: Kind['id'];
  owner: UserId;
  avatar: Kind['avatar'];
  order: Json<Kind['order']>;
  price: number;
  origin: Json<Origin>;
  created_at: Date;
  request_key: string | null;
  submits: number;
  doubts: number;
  status: Status;
  not_before: Date | null;
  submitting_at: Date | null;
  ambiguous_at: Date | null;
  ticket: string | null;
  submitted_at: Date | null;
  fetch_failures: number | null;
  ended_at: Date | null;
  announced_at: Date | null;
  failure: NullableJson<Failure>;
  progress: NullableJson<Progress>;
  lease_owner: string | null;
  lease_until: Date | null;
  check_after: Date;
  /** Steps that were begun and came to no end, one after the other. */
  tries: Generated<number>;
  last_error: string | null;
  /** When it was given up after too many of them, until the operator has it tried again. */
  dead_at: Date | null;
  /** Seconds that were seen to pass in this state. */
  waited: Generated<number>;
  seen_at: Date | null;
  seen_by: string | null;
  seen_ticks: number | null;
}

export interface TrainingTables {
  avatar_drafts: {
    avatar: AvatarId;
    owner: UserId;
    consent: NullableJson<Stored<Consent>>;
    origin: Json<Origin>;
    /** The transport state. */
    memo: Json<Readonly<Record<string, unknown>>>;
    created_at: Date;
    touched_at: Date;
    expiry_told_at: Date | null;
  };
  draft_photos: {
    id: PhotoId;
    avatar: AvatarId;
    owner: UserId;
    slot: number;
    status: DraftPhoto['status'];
    warnings: PhotoWarning[];
    media_key: string;
    thumbnail_key: string;
    width: number;
    height: number;
    bytes: ColumnType<string, number, number>;
    source_sha256: string;
    upload: string | null;
    fingerprint: string;
    created_at: Date;
  };
  trainings: {
    speed: TrainingSpeed;
    /** Whether it is free. */
    courtesy: boolean;
    weights: NullableJson<HeldInRow>;
    ready_at: Date | null;
    proof: NullableJson<Stored<Proof>>;
  } & JobColumns<Training, TrainingProgress, ReturnType<typeof statusWord>>;
  judging_attempts: { owner: UserId; source_sha256: string; attempts: number; at: Date };
  allowances: { owner: UserId; kind: string; used: string; since: Date };
  deletion_receipts: {
    id: string;
    at: Date;
    counts: Json<Readonly<Record<string, number>>>;
    /** Times are text in it. */
    at_fal: NullableJson<LeftAtFal>;
  };
}
