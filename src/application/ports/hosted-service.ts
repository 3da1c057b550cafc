/** As `ROLES` calls them. */
export type Role = 'bot' | 'worker' | 'http';

/** What runs as long as the program does, where its role is wanted: a worker, or a way in that listens. */
export interface HostedService {
  readonly role: Role;
  /** Resolves once it runs. */
  start(): Promise<void>;
  /** Finishes what is at hand. Does nothing when it was not started. */
  stop(): Promise<void>;
}
