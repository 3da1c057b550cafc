import type { Block, BlockStore } from '../../src/application/ports/stores/operator/block-store.js';
import type { UserId } from '../../src/domain/ids.js';
import type { Access } from './in-memory-state.js';

export class InMemoryBlockStore implements BlockStore {
  constructor(private readonly access: Access) {}

  block(block: Block): Promise<boolean> {
    return this.access(({ operator: { blocks } }) => {
      if (blocks.has(block.user)) return false;
      blocks.set(block.user, block);
      return true;
    });
  }

  unblock(user: UserId): Promise<boolean> {
    return this.access(({ operator: { blocks } }) => blocks.delete(user));
  }

  find(user: UserId): Promise<Block | null> {
    return this.access(({ operator: { blocks } }) => blocks.get(user) ?? null);
  }
}
