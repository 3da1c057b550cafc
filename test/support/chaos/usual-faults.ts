import type { FaultRule } from '../../../src/sandbox/fal/faults/fault-rule.js';
import type { World } from './world.js';

/** What goes wrong at fal all the time. */
export function falFaults(webhooks: boolean): FaultRule[] {
  const sometimes = { probability: 0.04 };
  return [
    { step: 'submit', fault: { kind: 'answer', status: 503 }, ...sometimes },
    { step: 'submit', fault: { kind: 'answer', status: 429, headers: { 'retry-after': '1' } }, ...sometimes },
    { step: 'submit', fault: { kind: 'drop', when: 'before' }, ...sometimes },
    { step: 'status', fault: { kind: 'answer', status: 503 }, probability: 0.1 },
    { step: 'status', fault: { kind: 'drop' }, ...sometimes },
    { step: 'stream', fault: { kind: 'cut', afterEvents: 1 }, ...sometimes },
    { step: 'result', fault: { kind: 'answer', status: 502 }, ...sometimes },
    { step: 'file', fault: { kind: 'truncate' }, ...sometimes },
    { step: 'file', fault: { kind: 'answer', status: 503 }, ...sometimes },
    { step: 'file', fault: { kind: 'wrong-type' }, probability: 0.02 },
    { step: 'job', fault: { kind: 'fail', status: 422, type: 'no_media_generated' }, probability: 0.02 },
    ...(webhooks
      ? ([
          { step: 'webhook', fault: { kind: 'missing' }, ...sometimes },
          { step: 'webhook', fault: { kind: 'duplicate', copies: 2 }, probability: 0.1 },
          { step: 'webhook', fault: { kind: 'late', milliseconds: 3000 }, ...sometimes },
          { step: 'webhook', fault: { kind: 'forged' }, ...sometimes },
          { step: 'webhook', fault: { kind: 'tampered' }, ...sometimes },
          { step: 'webhook', fault: { kind: 'foreign' }, ...sometimes },
        ] as const)
      : []),
  ];
}

/** What goes wrong at Telegram all the time. */
export function telegramFaults({ telegram }: World): void {
  telegram.faults.add({ fault: { kind: 'flood', retryAfter: 1 }, probability: 0.02 });
  telegram.faults.add({ fault: { kind: 'bad_gateway' }, probability: 0.03 });
  // Pictures, and broadcasts.
  for (const method of ['sendPhoto', 'copyMessage']) {
    telegram.faults.add({ method, fault: { kind: 'drop_after' }, probability: 0.02 });
    telegram.faults.add({ method, fault: { kind: 'drop_before' }, probability: 0.02 });
  }
}
