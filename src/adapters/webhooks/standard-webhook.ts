import { withDeadline } from '../../application/policy/with-deadline.js';
import type { Clock } from '../../application/ports/clock.js';
import type { Alert, AlertChannel } from '../../application/ports/operator/alert-channel.js';
import { summaryOf } from '../../domain/operator/trouble.js';
import { signedHeaders } from './signed-headers.js';

const timeoutMilliseconds = 10_000;

interface Settings {
  readonly url: string;
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  readonly clock: Clock;
  /** 10,000 unless given. */
  readonly milliseconds?: number | undefined;
}

/** Posts alerts to the operator's receiver, signed. */
export class StandardWebhook implements AlertChannel {
  constructor(private readonly settings: Settings) {}

  async send(alert: Alert, stopped: AbortSignal): Promise<void> {
    const { url, secret, clock, milliseconds = timeoutMilliseconds } = this.settings;
    const body = JSON.stringify(bodyOf(alert));
    const id = `msg_${alert.id}_${alert.event}`;
    const headers = signedHeaders({ id, body, secret, now: clock.now() });
    await withDeadline(milliseconds, stopped, async (signal) => {
      // What is signed for one place is not carried to another.
      const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the receiver of alerts answered ${response.status}`);
    });
  }
}

const bodyOf = ({ id, event, trouble: { kind, subject, facts }, begunAt, clearedAt }: Alert) => ({
  type: `alert.${event}`,
  timestamp: (event === 'begun' ? begunAt : (clearedAt ?? begunAt)).toISOString(),
  data: {
    alert: id,
    kind,
    subject,
    summary: summaryOf[kind](subject),
    begunAt: begunAt.toISOString(),
    clearedAt: event === 'cleared' ? (clearedAt?.toISOString() ?? null) : null,
    facts,
  },
});
