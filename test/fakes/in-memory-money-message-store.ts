import type {
  MoneyMessage,
  MoneyMessageStore,
  OwedMoneyMessage,
} from '../../src/application/ports/stores/money/money-message-store.js';
import type { UserId } from '../../src/domain/ids.js';
import { type Access, requireUser } from './in-memory-state.js';
import { isOver } from './is-over.js';

export class InMemoryMoneyMessageStore implements MoneyMessageStore {
  constructor(private readonly access: Access) {}

  add(message: MoneyMessage, now: Date, due = now): Promise<void> {
    return this.access((state) => {
      requireUser(state, message.user);
      const { moneyMessages: messages } = state.money;
      if (!messages.has(keyOf(message)))
        messages.set(keyOf(message), { ...message, createdAt: now, tries: 0, nextTryAt: due });
    });
  }

  take(now: Date, until: Date, user?: UserId): Promise<OwedMoneyMessage | null> {
    return this.access(({ money: { moneyMessages: messages } }) => {
      const [due] = [...messages.values()]
        .filter((each) => isOver(each.nextTryAt, now) && (user === undefined || each.user === user))
        .sort(
          (one, other) =>
            Number(one.nextTryAt) - Number(other.nextTryAt) ||
            Number(one.createdAt) - Number(other.createdAt),
        );
      if (due === undefined) return null;
      const taken = { ...due, nextTryAt: until, tries: due.tries + 1 };
      messages.set(keyOf(due), taken);
      const { nextTryAt: _, ...owed } = taken;
      return owed;
    });
  }

  owed(user: UserId): Promise<OwedMoneyMessage[]> {
    return this.access(({ money: { moneyMessages: messages } }) =>
      [...messages.values()]
        .filter((each) => each.user === user)
        .sort((one, other) => Number(one.createdAt) - Number(other.createdAt))
        .map(({ nextTryAt: _, ...owed }) => owed),
    );
  }

  putOff(message: MoneyMessage, nextTryAt: Date): Promise<void> {
    return this.access(({ money: { moneyMessages: messages } }) => {
      const kept = messages.get(keyOf(message));
      if (kept !== undefined) messages.set(keyOf(message), { ...kept, nextTryAt });
    });
  }

  remove(message: Pick<MoneyMessage, 'kind' | 'subject'>): Promise<void> {
    return this.access(({ money: { moneyMessages: messages } }) => {
      messages.delete(keyOf(message));
    });
  }
}

const keyOf = ({ kind, subject }: Pick<MoneyMessage, 'kind' | 'subject'>): string => `${kind} ${subject}`;
