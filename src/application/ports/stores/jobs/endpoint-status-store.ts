import type { Refusals, Retirement } from '../../../../domain/generation/endpoint-refusals.js';

/** An endpoint that has refused jobs since it served the last one. */
export interface TroubledEndpoint {
  readonly endpoint: string;
  /** Jobs and calls that it has refused; they are forgotten after a day. */
  readonly jobs: number;
  readonly refusals: number;
  readonly since: Date;
  /** `null` while that is no verdict over everybody. */
  readonly retirement: Retirement | null;
}

/** What was learned at run time about endpoints. */
export interface EndpointStatusStore {
  /** Those that nothing new is sent to now. One whose next try is due is not among them: somebody has to try. */
  retired(now: Date): Promise<ReadonlySet<string>>;
  /** Writes down that an endpoint refused a job, and returns all that is known of the two. */
  noteRefusal(endpoint: string, job: string, now: Date): Promise<Refusals>;
  /** The endpoints that have refused this job. */
  refusersOf(job: string): Promise<ReadonlySet<string>>;
  retirementOf(endpoint: string): Promise<Retirement | null>;
  /** True when it was not retired before: the operator is told once. */
  retire(endpoint: string, retirement: Retirement): Promise<boolean>;
  /** It works: what was held against it is forgotten. Returns whether it was retired. */
  served(endpoint: string): Promise<boolean>;
  /** For the operator: the retired ones and those on their way there. */
  troubled(): Promise<readonly TroubledEndpoint[]>;
}
