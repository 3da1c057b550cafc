import type {
  EndpointStatusStore,
  TroubledEndpoint,
} from '../../src/application/ports/stores/jobs/endpoint-status-store.js';
import { isPutOff, type Refusals, type Retirement } from '../../src/domain/generation/endpoint-refusals.js';
import type { Access, State } from './in-memory-state.js';

export interface RefusalRow extends Omit<Refusals, 'jobs'> {
  readonly endpoint: string;
  readonly job: string;
}

export const retiredIn = ({ retired }: State, now: Date): ReadonlySet<string> =>
  new Set([...retired].flatMap(([endpoint, retirement]) => (isPutOff(retirement, now) ? [endpoint] : [])));

export class InMemoryEndpointStatusStore implements EndpointStatusStore {
  constructor(private readonly access: Access) {}

  retired(now: Date): Promise<ReadonlySet<string>> {
    return this.access((state) => retiredIn(state, now));
  }

  noteRefusal(endpoint: string, job: string, now: Date): Promise<Refusals> {
    return this.access(({ refusals }) => {
      const key = `${endpoint} ${job}`;
      const was = refusals.get(key);
      const isInARow = was !== undefined && was.inARow > 0;
      refusals.set(key, {
        endpoint,
        job,
        ofJob: (was?.ofJob ?? 0) + 1,
        since: was?.since ?? now,
        inARow: (was?.inARow ?? 0) + 1,
        inARowSince: isInARow ? was.inARowSince : now,
      });
      const row = refusals.get(key);
      if (row === undefined) throw new Error('a refusal was not written');
      const jobs = [...refusals.values()].filter((each) => each.endpoint === endpoint && each.inARow > 0);
      const { ofJob, since, inARow, inARowSince } = row;
      return { ofJob, since, inARow, inARowSince, jobs: jobs.length };
    });
  }

  refusersOf(job: string): Promise<ReadonlySet<string>> {
    return this.access(
      ({ refusals }) =>
        new Set([...refusals.values()].filter((row) => row.job === job).map(({ endpoint }) => endpoint)),
    );
  }

  retirementOf(endpoint: string): Promise<Retirement | null> {
    return this.access(({ retired }) => retired.get(endpoint) ?? null);
  }

  retire(endpoint: string, retirement: Retirement): Promise<boolean> {
    return this.access(({ retired }) => {
      const was = retired.get(endpoint);
      retired.set(endpoint, was === undefined ? retirement : { ...retirement, since: was.since });
      return was === undefined;
    });
  }

  served(endpoint: string): Promise<boolean> {
    return this.access(({ retired, refusals }) => {
      for (const [key, row] of refusals)
        if (row.endpoint === endpoint) refusals.set(key, { ...row, inARow: 0 });
      return retired.delete(endpoint);
    });
  }

  troubled(): Promise<readonly TroubledEndpoint[]> {
    return this.access(({ retired, refusals }) => {
      const rows = [...refusals.values()].filter(({ inARow }) => inARow > 0);
      const names = new Set([...rows.map(({ endpoint }) => endpoint), ...retired.keys()]);
      return [...names].sort().map((endpoint) => {
        const own = rows.filter((row) => row.endpoint === endpoint);
        const retirement = retired.get(endpoint) ?? null;
        const first = Math.min(...own.map(({ inARowSince }) => inARowSince.getTime()));
        return {
          endpoint,
          jobs: own.length,
          refusals: own.reduce((sum, { inARow }) => sum + inARow, 0),
          since: retirement?.since ?? new Date(first),
          retirement,
        };
      });
    });
  }
}
