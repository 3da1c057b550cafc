import { copyableMediaContract } from '../contracts/copyable-media.js';
import { mediaStoreContract } from '../contracts/media-store.js';
import { MemoryMediaStore } from './memory-media-store.js';

const open = async () => ({ store: new MemoryMediaStore(1_000_000), close: async () => undefined });

mediaStoreContract('MemoryMediaStore', open);
copyableMediaContract('MemoryMediaStore', open);
