import type { AccessLink } from '../../../../domain/operator/admission.js';

/** Links that let people in. */
export interface AccessLinkStore {
  add(link: AccessLink): Promise<void>;
  find(code: string): Promise<AccessLink | null>;
  /** Newest first. @param liveAt only those that let somebody in then */
  list(limit: number, liveAt?: Date): Promise<AccessLink[]>;
  count(): Promise<number>;
  /** From now on it lets nobody in. `false`: there is none, or it had ended. */
  end(code: string, now: Date): Promise<boolean>;
  /** Takes one of its uses, exact however many ask at once. `false`: none, used up, over or ended; nothing was written. */
  use(code: string, now: Date): Promise<boolean>;
  clear(): Promise<void>;
}
