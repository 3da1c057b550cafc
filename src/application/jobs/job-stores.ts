/** What the steps of a job touch, of whichever kind it is. */
export type JobStores =
  | 'avatars'
  | 'endpoints'
  | 'generations'
  | 'images'
  | 'jobs'
  | 'ledger'
  | 'trainings'
  | 'webhookInbox';
