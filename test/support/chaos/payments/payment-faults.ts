import type { World } from '../world.js';

/** What goes wrong with money all the time, at Telegram and on the way there. */
export function paymentFaults({ telegram: { faults } }: World): void {
  const cuts = (method: string, probability: number) => {
    for (const kind of ['bad_gateway', 'drop_before', 'drop_after'] as const)
      faults.add({ method, fault: { kind }, probability });
  };
  // Each time nothing is heard for seconds.
  cuts('getUpdates', 0.005);
  cuts('answerPreCheckoutQuery', 0.02);
  cuts('getStarTransactions', 0.02);
  const often = { method: 'refundStarPayment', probability: 0.08 };
  faults.add({ ...often, fault: { kind: 'drop_before' } });
  faults.add({ ...often, fault: { kind: 'drop_after' } });
  faults.add({ ...often, fault: { kind: 'bad_gateway' } });
  faults.add({ ...often, fault: { kind: 'flood', retryAfter: 1 } });
  // Said to a first refund, which was done all the same.
  faults.add({ ...often, fault: refusal('CHARGE_ALREADY_REFUNDED', true) });
  faults.add({ ...often, fault: refusal('PAYMENT_REFUND_FAILED', false) });
}

const refusal = (reason: string, isDone: boolean) =>
  ({
    kind: 'error',
    code: 400,
    description: `Bad Request: ${reason}`,
    ...(isDone ? { isDone: true as const } : {}),
  }) as const;
