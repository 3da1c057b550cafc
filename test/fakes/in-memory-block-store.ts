import type { Block, BlockStore, NewBlock } from '../../src/application/ports/stores/operator/block-store.js';
import type { UserId } from '../../src/domain/ids.js';
import type { Access } from './in-memory-state.js';

export class InMemoryBlockStore implements BlockStore {
  constructor(private readonly access: Access) {}

  block(block: NewBlock): Promise<boolean> {
    return this.access(({ operator: { blocks } }) => {
      if (blocks.has(block.user)) return false;
      blocks.set(block.user, { ...block, appealedAt: null });
      return true;
    });
  }

  unblock(user: UserId): Promise<boolean> {
    return this.access(({ operator: { blocks } }) => blocks.delete(user));
  }

  find(user: UserId): Promise<Block | null> {
    return this.access(({ operator: { blocks } }) => blocks.get(user) ?? null);
  }

  appeal(user: UserId, now: Date): Promise<Block | null> {
    return this.access(({ operator: { blocks } }) => {
      const found = blocks.get(user);
      if (found === undefined || found.appealedAt !== null) return null;
      const appealed = { ...found, appealedAt: now };
      blocks.set(user, appealed);
      return appealed;
    });
  }
}
