import type { UserId } from '../../../../domain/ids.js';

/** What a request was answered, to be answered again. */
export interface KeptAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A request that names itself, so that it is done once however often it comes. */
export interface NamedRequest {
  /** A UUID for it if it is new. */
  readonly id: string;
  readonly owner: UserId;
  /** What its sender calls it. */
  readonly value: string;
  /** Of what was sent. */
  readonly digest: string;
  readonly now: Date;
  /** Until then nobody else works on it. */
  readonly until: Date;
}

/**
 * `begun`: to be done, under this id; `isNew`: for the first time. `answered`: was done. `running`: somebody is at it.
 * `different`: something else was sent under this name.
 */
export type Begun =
  | { readonly kind: 'begun'; readonly id: string; readonly isNew: boolean }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  | { readonly kind: 'running' | 'different' };

/** Rows go after a day, with the leftovers. */
export interface ApiRequestStore {
  /** Of many at once exactly one begins. */
  begin(request: NamedRequest): Promise<Begun>;
  answer(id: string, answer: KeptAnswer): Promise<void>;
  /** It came to no end: whoever comes next goes on with it, under the same id. */
  free(id: string, now: Date): Promise<void>;
  /** Nothing was done: the name is free again. */
  remove(id: string): Promise<void>;
}
