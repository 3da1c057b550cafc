import { setTimeout as sleep } from 'node:timers/promises';
import { openWork } from '../open-work.js';
import type { World } from '../world.js';
import { callTelegram, readBooks } from './books.js';
import { auditPayments, type Deeds, type PaymentAudit, paymentBreaches } from './payment-audit.js';

/** Looks until nothing is open and nothing amiss, and Telegram has nothing left to tell; twice, or the time is over. */
export async function settled(
  world: World,
  deeds: Deeds,
  until: number,
): Promise<{ audit: PaymentAudit; open: string }> {
  for (let calm = 0; ; ) {
    const pending = await pendingUpdates(world);
    const open = await openWork(world);
    const audit = auditPayments(await readBooks(world), deeds);
    calm = pending === 0 && open === '' && paymentBreaches(audit).length === 0 ? calm + 1 : 0;
    if (calm === 2) return { audit, open: '' };
    if (Date.now() > until) return { audit, open: open || `${pending} updates` };
    await sleep(1000);
  }
}

async function pendingUpdates({ telegram }: World): Promise<number> {
  const info = await callTelegram<{ pending_update_count: number }>(telegram, 'getWebhookInfo', {});
  return info.pending_update_count;
}
