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
  /** Millionths of a dollar. */
  cost: number | null;
  origin: Json<Origin>;
  createdAt: Date;
  requestKey: string | null;
  submits: number;
  doubts: number;
  status: Status;
  notBefore: Date | null;
  submittingAt: Date | null;
  ambiguousAt: Date | null;
  ticket: string | null;
  submittedAt: Date | null;
  fetchFailures: number | null;
  endedAt: Date | null;
  announcedAt: Date | null;
  failure: NullableJson<Failure>;
  progress: NullableJson<Progress>;
  leaseOwner: string | null;
  leaseUntil: Date | null;
  checkAfter: Date;
  /** Steps that were begun and came to no end, one after the other. */
  tries: Generated<number>;
  lastError: string | null;
  /** When it was given up after too many of them, until the operator has it tried again. */
  deadAt: Date | null;
  /** Seconds that were seen to pass in this state. */
  waited: Generated<number>;
  seenAt: Date | null;
  seenBy: string | null;
  seenTicks: number | null;
}

export interface TrainingTables {
  avatar_drafts: {
    avatar: AvatarId;
    owner: UserId;
    consent: NullableJson<Stored<Consent>>;
    origin: Json<Origin>;
    /** The transport state. */
    memo: Json<Readonly<Record<string, unknown>>>;
    createdAt: Date;
    touchedAt: Date;
    expiryToldAt: Date | null;
  };
  draft_photos: {
    id: PhotoId;
    avatar: AvatarId;
    owner: UserId;
    slot: number;
    status: DraftPhoto['status'];
    warnings: PhotoWarning[];
    mediaKey: string;
    thumbnailKey: string;
    width: number;
    height: number;
    bytes: ColumnType<string, number, number>;
    sourceSha256: string;
    upload: string | null;
    fingerprint: string;
    /** `null`: nobody has looked. */
    faceCount: number | null;
    /** Degrees. */
    faceYaw: number | null;
    looksYoung: boolean | null;
    createdAt: Date;
  };
  trainings: {
    speed: TrainingSpeed;
    /** Whether it is free: the column keeps the name of the first release. */
    courtesy: boolean;
    weights: NullableJson<HeldInRow>;
    readyAt: Date | null;
    proof: NullableJson<Stored<Proof>>;
  } & JobColumns<Training, TrainingProgress, ReturnType<typeof statusWord>>;
  judging_attempts: { owner: UserId; sourceSha256: string; attempts: number; at: Date };
  allowances: { owner: UserId; kind: string; used: string; since: Date };
  deletion_receipts: {
    id: string;
    at: Date;
    counts: Json<Readonly<Record<string, number>>>;
    /** Times are text in it. */
    atFal: NullableJson<LeftAtFal>;
  };
}
