import type { Finding } from '../../adapters/cli/cli-host.js';
import type { WaitingEvents } from '../../application/ports/stores/event-hook-store.js';
import type { Composed } from '../composition-root.js';
import { services } from '../identifiers.js';

/** A worker takes what is due within seconds. */
const lateAfterSeconds = 600;

/** Whether what people's webhooks are to hear gets on its way. */
export async function checkEvents({ container }: Composed): Promise<Finding> {
  const { eventHooks } = container.get(services.database).stores;
  return eventsFinding(await eventHooks.waiting(container.get(services.clock).now()));
}

/** An address that does not answer is its owner's trouble; one that nobody asks is ours. */
function eventsFinding({ well, failing, lateSeconds }: WaitingEvents): Finding {
  const subject = 'webhooks';
  if (well + failing === 0) return { subject, ok: true, detail: 'no event waits to be sent' };
  const waiting = `${well + failing} events wait to be sent, ${failing} of them for addresses that do not take them now`;
  if (lateSeconds < lateAfterSeconds) return { subject, ok: true, detail: waiting };
  return {
    subject,
    ok: false,
    detail: `${waiting}; one that nothing hinders waits for ${Math.floor(lateSeconds / 60)} minutes`,
    advice:
      'Workers send them: see that one runs and reaches the internet. Its log says why it sends nothing.',
  };
}
