import { maximumTries } from '../../src/application/policy/policy.js';
import type { StepFailure } from '../../src/application/ports/stores/jobs/leased-store.js';
import type { Lease } from '../../src/application/ports/stores/jobs/leases.js';
import { secondsAfter } from '../../src/domain/time.js';

/** What rows that workers take on lease have besides their state. */
export interface LeasedRow {
  readonly lease: Lease | null;
  readonly checkAfter: Date;
  readonly tries: number;
  readonly error: string | null;
  readonly deadAt: Date | null;
  readonly waited: number;
  readonly seen: { readonly by: string; readonly ticks: number | undefined; readonly at: Date } | null;
}

export const unleased = (checkAfter: Date): LeasedRow => ({
  lease: null,
  checkAfter,
  tries: 0,
  error: null,
  deadAt: null,
  waited: 0,
  seen: null,
});

/** Who lives keeps what it holds, whatever a clock says. */
export const isFree = ({ lease }: LeasedRow, now: Date, living: ReadonlySet<string>): boolean =>
  lease === null || (lease.until < now && !living.has(lease.owner));
export const isFreeToAcquire = (row: LeasedRow, now: Date, living: ReadonlySet<string>): boolean =>
  isFree(row, now, living) && row.tries < maximumTries;
export const isHopeless = ({ tries, lease, deadAt }: LeasedRow): boolean =>
  tries >= maximumTries && lease === null && deadAt === null;

/** Nothing is put off for longer than half an hour. */
export const isUnlikely = (time: Date, now: Date): boolean => time > secondsAfter(now, 1800);

export function looked<Row extends LeasedRow>(row: Row, { owner, from }: Lease, at: Date): Row {
  const ticks = from?.ticks;
  const { seen } = row;
  const passed =
    seen === null
      ? 0
      : seen.by === owner && seen.ticks !== undefined && ticks !== undefined
        ? Math.max(ticks - seen.ticks, 0)
        : Math.min(Math.max((at.getTime() - seen.at.getTime()) / 1000, 0), 20);
  return { ...row, waited: row.waited + passed, seen: { by: owner, ticks, at } };
}

export const acquired = <Row extends LeasedRow>(row: Row, lease: Lease, now: Date): Row => ({
  ...looked(row, lease, now),
  lease,
  checkAfter: lease.until,
  tries: row.tries + 1,
});

interface Written {
  readonly status: string;
  readonly ambiguousAt?: Date | null;
}

export function written<Row extends LeasedRow>(
  row: Row,
  [before, next]: readonly [Written, Written],
  then: { checkAfter: Date; lease?: Lease | undefined; dead?: Date | undefined },
): Row {
  const isSame =
    before.status === next.status &&
    (before.ambiguousAt ?? null)?.getTime() === (next.ambiguousAt ?? null)?.getTime();
  return {
    ...row,
    lease: then.lease ?? null,
    checkAfter: then.checkAfter,
    ...(then.lease === undefined ? { tries: 0, error: null } : {}),
    waited: isSame ? row.waited : 0,
    seen: seenAfter(row, isSame || next.status !== 'accepted', then.lease),
    deadAt: then.dead ?? (before.status === next.status ? row.deadAt : null),
  };
}

function seenAfter({ seen }: LeasedRow, isKept: boolean, lease: Lease | undefined): LeasedRow['seen'] {
  if (lease?.from !== undefined) return { by: lease.owner, ...lease.from };
  return isKept ? seen : null;
}

export const released = <Row extends LeasedRow>(row: Row, checkAfter: Date): Row => ({
  ...row,
  lease: null,
  checkAfter,
  tries: 0,
  error: null,
});

export const pauseAfter = (tries: number): number => Math.min(300, 2 ** Math.max(tries - 1, 0));

export const putBack = <Row extends LeasedRow>(row: Row, { now, error, counts }: StepFailure): Row => ({
  ...row,
  lease: null,
  error,
  checkAfter: secondsAfter(now, counts ? pauseAfter(row.tries) : 2),
  tries: counts ? row.tries : Math.max(row.tries - 1, 0),
});
