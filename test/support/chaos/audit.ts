import type { FaultDiary } from './fault-diary.js';
import { auditPurchases, type PurchaseAudit } from './purchase-audit.js';
import { type Silence, silences } from './silence.js';
import { auditTrainings, type TrainingAudit } from './training-audit.js';
import type { World } from './world.js';

/** In a prompt: fal says odd things about whether its picture is safe. Nobody may get such a picture. */
export const oddlyFlagged = 'odd-flags';

/** What the dust leaves when it has settled. Everything under `breaches` must be nought. */
export interface Audit extends Silence, TrainingAudit, PurchaseAudit {
  readonly asked: number;
  readonly accepted: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly duplicateDeliveries: number;
  /** Jobs that did not come to an end that was told, as they stand. */
  readonly lost: readonly string[];
  readonly untold: readonly string[];
  readonly holdsLeft: number;
  /** Of people from whom no bank has taken anything back. */
  readonly negativeBalances: number;
  /** Pictures that were handed out although nobody can say whether they are safe. */
  readonly unsafeDelivered: number;
  readonly updatesSetAside: number;
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
  transport: string;
  chat: string | null;
  odd: boolean;
}

/** Compares what people see in their chats, what fal took, and what the books say. */
export async function audit(world: World, asked: number, diary: FaultDiary): Promise<Audit> {
  const { rows } = await world.pool.query<Row>(`
    select id, owner, status, price, image_count, announced_at, submits, (origin -> 'address' ->> 'message')::bigint as message,
      origin ->> 'transport' as transport,
      origin -> 'address' ->> 'chat' as chat,
      "order"::text like '%${oddlyFlagged}%' as odd,
      (select coalesce(-sum(amount), 0) from ledger_entries where account = 'generation:' || generations.id) as charged
    from generations`);
  const byStatus: Record<string, number> = {};
  const lost: string[] = [];
  const untold: string[] = [];
  let duplicateDeliveries = 0;
  let wronglyCharged = 0;
  let unsafeDelivered = 0;
  const accepted = new Set<string>();
  for (const row of rows) {
    byStatus[row.status] = (byStatus[row.status] ?? 0) + 1;
    const ended = ['failed', 'blocked', 'cancelled'].includes(row.status);
    if (row.status !== 'delivered' && !(ended && row.announced_at !== null))
      lost.push(`${row.id} ${row.status}`);
    if (row.odd && row.status === 'delivered') unsafeDelivered += 1;
    accepted.add(`${row.chat}:${row.message}`);
    if (row.transport !== 'telegram') {
      if (Number(row.charged) !== 0) wronglyCharged += 1;
      continue;
    }
    const seen = seenOf(world, row);
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
  const { rows: accounts } = await world.pool.query<{ balance: number; held: number; isOwing: boolean }>(`
    select balance, held, exists (select from ledger_entries
      where user_id = accounts.user_id and kind = 'chargeback') as "isOwing" from accounts`);
  const {
    rows: [aside],
  } = await world.pool.query<{ count: string }>(`select count(*) from seen_updates where body ? 'setAside'`);
  return {
    ...silences(world, diary, accepted),
    ...(await auditTrainings(world)),
    ...auditPurchases({ submits: world.fal.requests(), exchanges: world.falExchanges, diary }),
    unsafeDelivered,
    updatesSetAside: Number(aside?.count ?? 0),
    asked,
    accepted: rows.filter(({ transport }) => transport === 'telegram').length,
    byStatus,
    duplicateDeliveries,
    lost,
    untold,
    holdsLeft: accounts.filter(({ held }) => held !== 0).length,
    negativeBalances: accounts.filter(({ balance, isOwing }) => balance < 0 && !isOwing).length,
    wronglyCharged,
    ledgerBreaches: await world.database.stores.ledger.breaches(),
  };
}

/** What answers it in the chat that asked, or stands in its person's own chat because that one took nothing. */
function seenOf({ telegram }: World, { id, chat, owner, message }: Row) {
  const there = telegram.drive.messages(Number(chat)).filter(({ replyTo }) => replyTo === Number(message));
  if (chat === owner) return there;
  const inData = Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url');
  const elsewhere = telegram.drive
    .messages(Number(owner))
    .filter(({ buttons }) => buttons.flat().some(({ data }) => data?.includes(inData)));
  return [...there, ...elsewhere];
}
