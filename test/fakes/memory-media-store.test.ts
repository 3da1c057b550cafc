import { mediaStoreContract } from '../contracts/media-store.js';
import { MemoryMediaStore } from './memory-media-store.js';

mediaStoreContract('MemoryMediaStore', async () => ({
  store: new MemoryMediaStore(1_000_000),
  close: async () => undefined,
}));
