import type { World } from './world.js';

/** What the dust leaves when it has settled. Everything under `breaches` must be nought. */
export interface Audit {
  readonly asked: number;
  readonly accepted: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly falSubmits: number;
  readonly duplicatePurchases: number;
  readonly duplicateDeliveries: number;
  readonly lost: number;
  /** Wishes that were neither accepted nor refused with a word. */
  readonly unanswered: readonly string[];
  readonly untold: readonly string[];
  readonly holdsLeft: number;
  readonly negativeBalances: number;
  readonly wronglyCharged: number;
  readonly ledgerBreaches: readonly string[];
}

interface Row {
  id: string;
  owner: string;
  status: string;
  price: number;
  image_count: number | null;
  announced_at: Date | null;
  message: number;
  charged: string;
  submits: number;
}

/** Compares what people see in their chats, what fal took, and what the books say. */
export async function audit(world: World, asked: number): Promise<Audit> {
  const { rows } = await world.pool.query<Row>(`
    select id, owner, status, price, image_count, announced_at, submits, (origin -> 'address' ->> 'message')::bigint as message,
      (select coalesce(-sum(amount), 0) from ledger_entries where account = 'generation:' || generations.id) as charged
    from generations`);
  const byStatus: Record<string, number> = {};
  let lost = 0;
  const untold: string[] = [];
  let duplicateDeliveries = 0;
  let wronglyCharged = 0;
  for (const row of rows) {
    byStatus[row.status] = (byStatus[row.status] ?? 0) + 1;
    const ended = ['failed', 'blocked', 'cancelled'].includes(row.status);
    if (row.status !== 'delivered' && !(ended && row.announced_at !== null)) lost += 1;
    const seen = world.telegram.drive
      .messages(Number(row.owner))
      .filter(({ replyTo }) => replyTo === Number(row.message));
    const pictures = seen.filter(
      ({ photo, document }) => photo !== undefined || document !== undefined,
    ).length;
    if (row.status === 'delivered') {
      const owed = row.image_count ?? 0;
      if (pictures < owed) untold.push(`${row.id} ${row.status}: ${pictures} of ${owed} pictures`);
      duplicateDeliveries += Math.max(0, pictures - owed);
      if (Number(row.charged) !== owed * row.price) wronglyCharged += 1;
    } else {
      // The news of an end is the edited progress message or an answer of its own.
      if (seen.length === 0) untold.push(`${row.id} ${row.status}`);
      if (Number(row.charged) !== 0) wronglyCharged += 1;
    }
  }
  const { rows: accounts } = await world.pool.query<{ balance: number; held: number }>(
    'select balance, held from accounts',
  );
  const submits = world.fal.requests();
  const perJob = new Map<string, number>();
  for (const { input } of submits) {
    const seed = String((input as { seed?: number }).seed);
    perJob.set(seed, (perJob.get(seed) ?? 0) + 1);
  }
  return {
    unanswered: unanswered(world),
    asked,
    accepted: rows.length,
    byStatus,
    falSubmits: submits.length,
    duplicatePurchases: [...perJob.values()].reduce((extra, count) => extra + count - 1, 0),
    duplicateDeliveries,
    lost,
    untold,
    holdsLeft: accounts.filter(({ held }) => held !== 0).length,
    negativeBalances: accounts.filter(({ balance }) => balance < 0).length,
    wronglyCharged,
    ledgerBreaches: await world.database.stores.ledger.breaches(),
  };
}

/** Messages of people that no message of the bot answers. */
function unanswered({ people, telegram }: World): string[] {
  return people.flatMap(({ id }) => {
    const messages = telegram.drive.messages(id);
    const answered = new Set(messages.map(({ replyTo }) => replyTo));
    return messages
      .filter(({ from, id: message }) => from === id && !answered.has(message))
      .map(({ id: message, text }) => `${id}:${message} ${text}`);
  });
}
