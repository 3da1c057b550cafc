import { type Kysely, sql } from 'kysely';
import type {
  DurationEstimate,
  DurationStore,
} from '../../../../application/ports/stores/jobs/duration-store.js';
import type { PresetName } from '../../../../domain/generation/preset.js';
import type { GenerationId } from '../../../../domain/ids.js';
import type { Tables } from '../../schema/tables.js';

const newestJobs = 100;
const fewestJobs = 5;

export class PostgresDurationStore implements DurationStore {
  constructor(private readonly database: Kysely<Tables>) {}

  async measured(preset: PresetName): Promise<DurationEstimate | null> {
    const { rows } = await sql<{ jobs: string; typical: number | null; slow: number | null }>`
      select count(*) as jobs,
        percentile_cont(0.5) within group (order by seconds) as typical,
        percentile_cont(0.9) within group (order by seconds) as slow
      from (
        select extract(epoch from collected_at - submitted_at)::double precision as seconds
        from generations
        where preset = ${preset} and status in ('collected', 'delivered')
        order by collected_at desc limit ${newestJobs}
      ) as newest`.execute(this.database);
    const [row] = rows;
    if (row === undefined || row.typical === null || row.slow === null) return null;
    return Number(row.jobs) < fewestJobs ? null : { typical: row.typical, slow: row.slow };
  }

  async ahead(generation: GenerationId): Promise<number> {
    const { rows } = await sql<{ ahead: string }>`
      select count(*) as ahead from generations as other, generations as mine
      where mine.id = ${generation} and mine.status = 'accepted' and other.status = 'accepted'
        and (other.turn, other.created_at) < (mine.turn, mine.created_at)`.execute(this.database);
    return Number(rows[0]?.ahead ?? 0);
  }
}
