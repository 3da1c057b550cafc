import type { ColumnType, Generated } from 'kysely';
import type { PhotoId, UserId } from '../../../domain/ids.js';
import type { ActKind, KeptAct, Operator } from '../../../domain/operator/act.js';
import type { AccessLink, AdmissionState } from '../../../domain/operator/admission.js';
import type {
  BroadcastCounts,
  BroadcastOutcome,
  BroadcastStatus,
  BroadcastTexts,
} from '../../../domain/operator/broadcast.js';
import type { CaseKind, Decision, ReportCategory } from '../../../domain/operator/case.js';
import type { IntendedAct } from '../../../domain/operator/intent.js';
import type { Trouble, TroubleKind } from '../../../domain/operator/trouble.js';
import type { Origin } from '../../../domain/origin.js';
import type { Json, NullableJson } from './json-column.js';

/** What operators did, decided, and are told. */
export interface OperatorTables {
  admissions: {
    userId: UserId;
    state: AdmissionState;
    name: string | null;
    language: string | null;
    at: Date;
    link: string | null;
  };
  access_links: AccessLink;
  picture_limits: { userId: UserId; pictures: number };
  /** Sums are bigints, which come as texts. */
  provider_bills: {
    day: string;
    endpoint: string;
    reckoned: ColumnType<string, number, number>;
    billed: ColumnType<string, number, number>;
  };
  alerts: {
    id: string;
    kind: TroubleKind;
    subject: string;
    facts: Json<Trouble['facts']>;
    begunAt: Date;
    seenAt: Date;
    clearedAt: Date | null;
  };
  alert_tellings: {
    alert: string;
    way: string;
    told: Generated<'nothing' | 'begun' | 'cleared'>;
    tries: Generated<number>;
    nextTryAt: Date;
  };
  operator_acts: {
    id: Generated<string>;
    at: Date;
    admin: Operator;
    act: ActKind;
    subject: string | null;
    why: string | null;
    details: Json<KeptAct['details']>;
  };
  blocked_people: {
    userId: UserId;
    at: Date;
    why: string | null;
    appealedAt: ColumnType<Date | null, never, Date>;
  };
  operator_intents: {
    id: string;
    admin: Operator;
    act: Json<IntendedAct>;
    madeAt: Date;
    doneAt: ColumnType<Date | null, never, Date>;
  };
  moderation_cases: {
    id: string;
    key: string;
    kind: CaseKind;
    person: UserId;
    reporter: ColumnType<UserId | null, UserId | null | undefined, never>;
    subject: ColumnType<string | null, string | null | undefined, never>;
    category: ColumnType<ReportCategory | null, ReportCategory | null | undefined, never>;
    photos: Json<readonly PhotoId[]>;
    words: ColumnType<string | null, string | null | undefined, never>;
    openedAt: Date;
    decision: ColumnType<Decision | null, never, Decision>;
    decidedAt: ColumnType<Date | null, never, Date>;
  };
  broadcasts: {
    id: string;
    admin: UserId;
    message: Json<Origin>;
    translations: Json<BroadcastTexts['translations']>;
    card: Json<Origin>;
    createdAt: Date;
    status: BroadcastStatus;
    endedAt: Date | null;
    notBefore: Date;
    setbacks: Generated<number>;
    /** Once the rows of its people are deleted. */
    counts: NullableJson<BroadcastCounts>;
  };
  broadcast_people: {
    broadcast: string;
    userId: UserId;
    state: Generated<BroadcastOutcome | 'waiting'>;
    at: Date | null;
    takenBy: string | null;
    takenUntil: Date | null;
    tries: Generated<number>;
  };
  unreachable_people: { userId: UserId; since: Date };
}
