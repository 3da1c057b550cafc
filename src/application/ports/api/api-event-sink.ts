import type { Notification } from '../transport.js';

/** Hears what is to be told of jobs that came by the API: webhooks are made of it. */
export interface ApiEventSink {
  /** Returns once it is kept. The same may come again. @throws DeliveryDelayed when it cannot be kept now */
  tell(notification: Notification): Promise<void>;
}
