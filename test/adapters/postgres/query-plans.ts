import pg from 'pg';

/** One node of a plan as PostgreSQL explains it in JSON. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

export interface ReadTable {
  readonly table: string;
  /** `null`: the whole table was read. */
  readonly index: string | null;
  /** How many rows it looked at. */
  readonly rows: number;
}

const explainEverything = [
  '-c session_preload_libraries=auto_explain',
  '-c auto_explain.log_min_duration=0',
  '-c auto_explain.log_analyze=on',
  '-c auto_explain.log_format=json',
  '-c auto_explain.log_level=notice',
].join(' ');

/** A pool that tells how PostgreSQL carries every statement out: the real one, with its real values. */
export class ExplainingPool {
  readonly pool: pg.Pool;
  private plans: PlanNode[] = [];

  constructor(connectionString: string) {
    this.pool = new pg.Pool({ connectionString, options: explainEverything, max: 1 });
    this.pool.on('error', (error) => {
      if (!this.pool.ending) throw error;
    });
    this.pool.on('connect', (client) => client.on('notice', ({ message }) => this.note(message)));
  }

  /** The tables that the work reads, and by which index. */
  async explain(work: () => Promise<unknown>): Promise<ReadTable[]> {
    this.plans = [];
    await work();
    return this.plans.flatMap(tablesRead);
  }

  private note(message: string | undefined): void {
    const start = message?.indexOf('{') ?? -1;
    if (message === undefined || start < 0) return;
    const { Plan } = JSON.parse(message.slice(start)) as { Plan: PlanNode };
    this.plans.push(Plan);
  }
}

function tablesRead(node: PlanNode): ReadTable[] {
  return [...own(node), ...(node.Plans ?? []).flatMap(tablesRead)];
}

function own(node: PlanNode): ReadTable[] {
  const { 'Node Type': type, 'Relation Name': table, 'Index Name': index } = node;
  const seen =
    (node['Actual Rows'] ?? 0) +
    (node['Rows Removed by Filter'] ?? 0) +
    (node['Rows Removed by Index Recheck'] ?? 0);
  const rows = seen * (node['Actual Loops'] ?? 1);
  if (type === 'Seq Scan' && table !== undefined) return [{ table, index: null, rows }];
  // A bitmap scan names its table above and its index below: the index tells enough.
  if (index !== undefined) return [{ table: table ?? '', index, rows }];
  return [];
}
