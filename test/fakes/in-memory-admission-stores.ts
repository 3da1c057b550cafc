import type { AccessLinkStore } from '../../src/application/ports/stores/operator/access-link-store.js';
import type {
  AccessOf,
  AdmissionStore,
  Applicant,
} from '../../src/application/ports/stores/operator/admission-store.js';
import type { Stores } from '../../src/application/ports/stores/stores.js';
import type { UserId } from '../../src/domain/ids.js';
import {
  type AccessLink,
  type Admission,
  type AdmissionState,
  isLive,
} from '../../src/domain/operator/admission.js';
import type { Access } from './in-memory-state.js';

/** Who may come in. Rows are replaced, never changed. */
export interface DoorState {
  readonly admissions: Map<UserId, Admission>;
  readonly links: Map<string, AccessLink>;
}

export const emptyDoorState = (): DoorState => ({ admissions: new Map(), links: new Map() });

export const copyOfDoorState = ({ admissions, links }: DoorState): DoorState => ({
  admissions: new Map(admissions),
  links: new Map(links),
});

export const doorStoresOver = (access: Access): Pick<Stores, 'admissions' | 'accessLinks'> => ({
  admissions: new InMemoryAdmissionStore(access),
  accessLinks: new InMemoryAccessLinkStore(access),
});

export const isClosed = ({ admissions, links }: DoorState): boolean =>
  links.size > 0 || [...admissions.values()].some(({ state }) => state === 'allowed' || state === 'removed');

class InMemoryAdmissionStore implements AdmissionStore {
  constructor(private readonly access: Access) {}

  of(user: UserId): Promise<AccessOf> {
    return this.access(({ door, operator: { blocks } }) => ({
      isBlocked: blocks.has(user),
      isClosed: isClosed(door),
      admission: door.admissions.get(user) ?? null,
    }));
  }

  list({ state, limit, offset = 0 }: Parameters<AdmissionStore['list']>[0]): Promise<Admission[]> {
    return this.access(({ door }) =>
      [...door.admissions.values()]
        .filter((row) => row.state === state)
        .sort((one, other) => other.at.getTime() - one.at.getTime() || (one.user < other.user ? -1 : 1))
        .slice(offset, offset + limit),
    );
  }

  count(): Promise<Record<AdmissionState, number>> {
    return this.access(({ door }) => {
      const counts = { asked: 0, allowed: 0, refused: 0, removed: 0 };
      for (const { state } of door.admissions.values()) counts[state] += 1;
      return counts;
    });
  }

  ask(who: Applicant, at: Date, turnedAwayBefore: Date): Promise<boolean> {
    return this.access(({ door: { admissions } }) => {
      const known = admissions.get(who.user);
      const wasTurnedAway = known?.state === 'refused' || known?.state === 'removed';
      if (known !== undefined && !(wasTurnedAway && known.at <= turnedAwayBefore)) return false;
      admissions.set(who.user, { link: null, ...known, ...who, state: 'asked', at });
      return true;
    });
  }

  join(who: Applicant, link: string, at: Date): Promise<boolean> {
    return this.access(({ door: { admissions } }) => {
      const known = admissions.get(who.user);
      if (known !== undefined && known.state !== 'asked') return false;
      admissions.set(who.user, { ...who, state: 'allowed', at, link });
      return true;
    });
  }

  decide(user: UserId, state: AdmissionState, at: Date, shown?: AdmissionState): Promise<boolean> {
    return this.access(({ door: { admissions } }) => {
      const known = admissions.get(user);
      if (shown === undefined ? known?.state === state : known?.state !== shown) return false;
      admissions.set(user, { name: null, language: null, link: null, ...known, user, state, at });
      return true;
    });
  }

  clear(): Promise<void> {
    return this.access(({ door }) => door.admissions.clear());
  }
}

class InMemoryAccessLinkStore implements AccessLinkStore {
  constructor(private readonly access: Access) {}

  add(link: AccessLink): Promise<void> {
    return this.access(({ door }) => void door.links.set(link.code, link));
  }

  find(code: string): Promise<AccessLink | null> {
    return this.access(({ door }) => door.links.get(code) ?? null);
  }

  list(limit: number, liveAt?: Date): Promise<AccessLink[]> {
    return this.access(({ door }) =>
      [...door.links.values()]
        .filter((link) => liveAt === undefined || isLive(link, liveAt))
        .sort(
          (one, other) =>
            other.createdAt.getTime() - one.createdAt.getTime() || (one.code < other.code ? -1 : 1),
        )
        .slice(0, limit),
    );
  }

  count(): Promise<number> {
    return this.access(({ door }) => door.links.size);
  }

  end(code: string, now: Date): Promise<boolean> {
    return this.access(({ door: { links } }) => {
      const link = links.get(code);
      if (link === undefined || link.endedAt !== null) return false;
      links.set(code, { ...link, endedAt: now });
      return true;
    });
  }

  use(code: string, now: Date): Promise<boolean> {
    return this.access(({ door: { links } }) => {
      const link = links.get(code);
      if (link === undefined || link.endedAt !== null || link.until < now || link.used >= link.uses)
        return false;
      links.set(code, { ...link, used: link.used + 1 });
      return true;
    });
  }

  clear(): Promise<void> {
    return this.access(({ door }) => door.links.clear());
  }
}
