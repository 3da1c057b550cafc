import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere, writeAtomically } from '../atomic-file.js';
import type { RequestRecord } from './request-record.js';

const requestId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A request that still has something to come: its end, or a webhook that nobody has taken yet. */
export interface Outstanding {
  /** The server process that looks after it. */
  readonly owner: string;
  /** Webhook attempts so far. */
  readonly attempts: number;
}

/**
 * The requests on disk, the only truth: every process over the same folder reads them anew for each answer.
 * `outstanding/` names the few that are not settled, so that a restart need not read all.
 */
export class RequestFolder {
  readonly #requests: string;
  readonly #outstanding: string;

  constructor(folder: string) {
    this.#requests = join(folder, 'requests');
    this.#outstanding = join(folder, 'outstanding');
    mkdirSync(this.#requests, { recursive: true, mode: 0o700 });
    mkdirSync(this.#outstanding, { recursive: true, mode: 0o700 });
  }

  write(record: RequestRecord): void {
    writeAtomically(this.#pathOf(record.id), JSON.stringify(record));
  }

  read(id: string): RequestRecord | undefined {
    if (!requestId.test(id)) return undefined;
    const text = readIfThere(this.#pathOf(id));
    return text === undefined ? undefined : (JSON.parse(text) as RequestRecord);
  }

  /** Whole, with those that are settled: not for what must be quick. */
  all(): RequestRecord[] {
    return readdirSync(this.#requests).flatMap((name) => this.read(name.replace(/\.json$/, '')) ?? []);
  }

  markOutstanding(id: string, mark: Outstanding): void {
    writeAtomically(join(this.#outstanding, `${id}.json`), JSON.stringify(mark));
  }

  outstanding(id: string): Outstanding | undefined {
    const text = readIfThere(join(this.#outstanding, `${id}.json`));
    return text === undefined ? undefined : (JSON.parse(text) as Outstanding);
  }

  settle(id: string): void {
    rmSync(join(this.#outstanding, `${id}.json`), { force: true });
  }

  outstandingIds(): string[] {
    return readdirSync(this.#outstanding)
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length));
  }

  #pathOf(id: string): string {
    return join(this.#requests, `${id}.json`);
  }
}
