import type { Trouble } from '../../../domain/operator/trouble.js';

/** That a trouble has begun, or is over. */
export interface Alert {
  /** The same however often it is sent: who gets it twice can tell. */
  readonly id: string;
  readonly event: 'begun' | 'cleared';
  readonly trouble: Trouble;
  readonly begunAt: Date;
  readonly clearedAt: Date | null;
}

/** Where operators are told, outside the chat. */
export interface AlertChannel {
  /** Within a time of its own. @throws Error when it was not surely taken; the message names no address */
  send(alert: Alert, stopped: AbortSignal): Promise<void>;
}
