/** Where media are kept, and the database if it is our own. */
export interface Disk {
  /** Bytes that this program may still write there. */
  freeBytes(): Promise<number>;
}
