import type { EventHook } from '../../../domain/hooks/event-hook.js';
import type { DeliveryReport } from '../transport.js';

export interface HookOwnerChannel {
  /** Tells the owner that nothing is sent to it any more. @throws DeliveryDelayed, and what says that nobody knows whether it arrived */
  tellSwitchedOff(hook: EventHook): Promise<Pick<DeliveryReport, 'kind'>>;
}
