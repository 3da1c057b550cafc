import type { Logger } from '../ports/logger.js';
import { StaleWrite } from '../ports/stores/jobs/leases.js';
import type { Database, Stores } from '../ports/stores/stores.js';
import type { JobKind, JobRow } from './job-kind.js';
import type { JobStores } from './job-stores.js';
import { retryWrite, type Sleep } from './retry-write.js';

/** What was bought: whose ticket it is, what its row says next, and until when the sweep leaves it alone. */
export interface Purchase<Row extends JobRow> {
  readonly kind: JobKind<Row, never>;
  readonly ticket: string;
  readonly state: Row;
  readonly next: Row;
  readonly checkAfter: Date;
  /** Written in the same transaction. */
  also?(stores: Pick<Stores, JobStores>): Promise<void>;
}

/**
 * Writes a ticket down that the provider gave. It is money spent: the database is waited for, and it is written even
 * when the lease was lost, as long as the row still waits for one. What was given up meanwhile is called off. Returns
 * whether it was written here, and not by others or not at all.
 */
export function saveTicketWithRetry<Row extends JobRow>(
  purchase: Purchase<Row>,
  {
    database,
    log,
    sleep,
  }: { readonly database: Database<JobStores>; readonly log: Logger; readonly sleep: Sleep },
): Promise<boolean> {
  const { kind, state } = purchase;
  return retryWrite(
    () => saveTicket(purchase, database, log),
    sleep,
    (error) => log.warn('bought, and not yet written down', { [kind.name]: state.id, error }),
  );
}

async function saveTicket<Row extends JobRow>(
  { kind, ticket, state, next, checkAfter, also }: Purchase<Row>,
  database: Database<JobStores>,
  log: Logger,
): Promise<boolean> {
  try {
    const save = (stores: Pick<Stores, JobStores>) =>
      kind.rows(stores).save(next, { status: state.status, submits: state.submits }, { checkAfter });
    if (also === undefined) await save(database.stores);
    else
      await database.transaction(async (stores) => {
        await save(stores);
        await also(stores);
      });
    log.info('submitted', { [kind.name]: state.id, ticket });
    return true;
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error;
    const row = await kind.rows(database.stores).find(state.id);
    // An event of it came before its own answer, and was enough.
    if (row !== null && 'ticket' in row && row.ticket === ticket) return false;
    log.info('given up while it was being submitted', { [kind.name]: state.id });
    await database.stores.jobs.add(kind.jobs.cancel(ticket));
    return false;
  }
}
