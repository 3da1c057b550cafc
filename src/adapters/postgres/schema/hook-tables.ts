import type { ColumnType, Generated } from 'kysely';
import type { HookEvent, HookTrouble, hookTest } from '../../../domain/hooks/event-hook.js';
import type { UserId } from '../../../domain/ids.js';
import type { Json } from './json-column.js';

/** Who is told by webhook of what becomes of their jobs. */
export interface HookTables {
  event_hooks: {
    id: string;
    owner: UserId;
    url: string;
    events: ColumnType<HookEvent[], readonly HookEvent[], never>;
    secret: string;
    createdAt: Date;
    failingSince: ColumnType<Date | null, never, Date | null>;
    failures: Generated<number>;
    /** The latest of them. */
    failedAt: ColumnType<Date | null, never, Date | null>;
    /** As its address asked. */
    quietUntil: ColumnType<Date | null, never, Date | null>;
    lastTrouble: ColumnType<HookTrouble | null, never, HookTrouble | null>;
    switchedOffAt: ColumnType<Date | null, never, Date | null>;
    /** Its owner is to be told then that it is switched off. */
    tellAt: ColumnType<Date | null, never, Date | null>;
  };
  hook_events: {
    hook: string;
    id: string;
    type: HookEvent | typeof hookTest;
    at: Date;
    data: Json<Readonly<Record<string, unknown>>>;
    /** Long ago: at once. */
    nextTryAt: Date;
    /** When it was taken to be sent. */
    triedAt: Date | null;
    tries: Generated<number>;
    /** Sent, or given up. */
    endedAt: Date | null;
  };
}
