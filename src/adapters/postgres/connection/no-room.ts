import pg from 'pg';
import { NoRoom } from '../../../application/ports/media-store.js';

/** `disk_full`: often the disk of the media too, and as little for good. */
export const asNoRoom = (error: unknown): unknown =>
  error instanceof pg.DatabaseError && error.code === '53100' ? new NoRoom({ cause: error }) : error;
