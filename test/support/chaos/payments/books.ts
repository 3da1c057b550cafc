import { setTimeout as sleep } from 'node:timers/promises';
import type { StarTransaction } from 'grammy/types';
import { payloadOf } from '../../../../src/domain/payments/offer.js';
import type { World } from '../world.js';
import type { KeptEntry, KeptPayment, MoneyBooks, Movement } from './payment-audit.js';

const pageSize = 100;

/** Both sides, as they stand now: ours first, so that what comes meanwhile is missing there and not here. */
export async function readBooks(world: World): Promise<MoneyBooks> {
  const { pool } = world;
  const payments = await pool.query<KeptPayment>(`
    select charge, user_id as user, credits, stars, status, taken, refusals, expired,
      paid_at as "paidAt", told_at as "toldAt" from payments`);
  const entries = await pool.query<KeptEntry>(
    'select user_id as user, kind, amount, reason from ledger_entries order by id',
  );
  const offers = await pool.query<{ id: string; version: number; credits: number }>(
    `select id, version, (terms ->> 'credits')::integer as credits from offers`,
  );
  return {
    payments: payments.rows,
    entries: entries.rows,
    terms: new Map(offers.rows.map((offer) => [payloadOf(offer), offer.credits])),
    movements: await telegramsBooks(world),
  };
}

/** Everything that stands in the local Telegram's books, asked for as any program would. */
async function telegramsBooks({ telegram }: World): Promise<Movement[]> {
  const movements: Movement[] = [];
  for (;;) {
    const { transactions } = await callTelegram<{ transactions: StarTransaction[] }>(
      telegram,
      'getStarTransactions',
      { offset: movements.length, limit: pageSize },
    );
    movements.push(...transactions.map(asMovement));
    if (transactions.length < pageSize) return movements;
  }
}

function asMovement({ id, amount, source, receiver }: StarTransaction): Movement {
  const partner = source ?? receiver;
  if (partner?.type !== 'user') throw new Error(`${id} is nobody's payment`);
  return {
    charge: id,
    kind: source === undefined ? 'returned' : 'paid',
    person: String(partner.user.id),
    payload: partner.invoice_payload ?? '',
    stars: amount,
  };
}

/** Calls the Bot API as another program with the same token would, until it answers. @throws what it refuses */
export async function callTelegram<Result>(
  { url, token }: World['telegram'],
  method: string,
  parameters: object,
): Promise<Result> {
  for (;;) {
    const answer = await fetch(`${url}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    })
      .then((response) => response.json() as Promise<{ ok: boolean; result: Result; description?: string }>)
      .catch((error: unknown) => {
        // A connection that was cut; anything else is a fault of ours.
        if (error instanceof TypeError) return null;
        throw error;
      });
    if (answer?.ok) return answer.result;
    const refusal = answer?.description ?? '';
    if (refusal.startsWith('Bad Request')) throw new Error(refusal);
    await sleep(100);
  }
}
