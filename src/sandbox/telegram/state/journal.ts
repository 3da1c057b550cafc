import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** One line of the journal: collection, key, value; a missing value means "removed". */
type Line = readonly [collection: string, key: string, value?: unknown];

/**
 * Named collections of JSON values in one append-only file of lines. Every change is handed to the operating
 * system before it takes effect, so it survives `kill -9` of the program; the last line for a key wins.
 * The file is rewritten with the living values only when most of it is history.
 */
export class Journal {
  private readonly collections = new Map<string, Map<string, unknown>>();
  private lines = 0;
  private file: number;
  private isClosed = false;

  /** Opens or creates the file; a last line that was cut off by a crash is dropped. */
  constructor(private readonly path: string) {
    if (existsSync(path)) {
      this.replay(readFileSync(path, 'utf8'));
      this.compact();
    }
    this.file = openSync(path, 'a', 0o600);
  }

  collection<Value>(name: string): Collection<Value> {
    return new Collection<Value>(this.valuesOf(name) as Map<string, Value>, (key, value) =>
      this.append(value === undefined ? [name, key] : [name, key, value]),
    );
  }

  /** Later changes are refused: the number of a closed file may belong to another file by then. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    closeSync(this.file);
  }

  private valuesOf(name: string): Map<string, unknown> {
    const known = this.collections.get(name) ?? new Map<string, unknown>();
    this.collections.set(name, known);
    return known;
  }

  private replay(text: string): void {
    const end = text.lastIndexOf('\n');
    for (const line of end < 0 ? [] : text.slice(0, end).split('\n')) {
      const [collection, key, value] = JSON.parse(line) as Line;
      if (value === undefined) this.valuesOf(collection).delete(key);
      else this.valuesOf(collection).set(key, value);
    }
  }

  private append(line: Line): void {
    if (this.isClosed) throw new Error('The local Telegram is closed');
    writeSync(this.file, `${JSON.stringify(line)}\n`);
    this.lines += 1;
    const alive = [...this.collections.values()].reduce((sum, values) => sum + values.size, 0);
    if (this.lines > 20_000 && this.lines > 4 * alive) {
      closeSync(this.file);
      this.compact();
      this.file = openSync(this.path, 'a', 0o600);
    }
  }

  private compact(): void {
    const fresh = `${this.path}.new`;
    const file = openSync(fresh, 'w', 0o600);
    this.lines = 0;
    for (const [name, values] of this.collections) {
      for (const [key, value] of values) {
        writeSync(file, `${JSON.stringify([name, key, value])}\n`);
        this.lines += 1;
      }
    }
    fsyncSync(file);
    closeSync(file);
    renameSync(fresh, this.path);
  }
}

/** One collection of a journal: a map whose changes are remembered. Values are replaced, never mutated. */
export class Collection<Value> {
  constructor(
    private readonly entries: Map<string, Value>,
    private readonly remember: (key: string, value?: Value) => void,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: string | number): Value | undefined {
    return this.entries.get(String(key));
  }

  set(key: string | number, value: Value): Value {
    this.remember(String(key), value);
    this.entries.set(String(key), value);
    return value;
  }

  delete(key: string | number): boolean {
    if (!this.entries.has(String(key))) return false;
    this.remember(String(key));
    return this.entries.delete(String(key));
  }

  /** In the order in which the keys were first set. */
  values(): IterableIterator<Value> {
    return this.entries.values();
  }
}
