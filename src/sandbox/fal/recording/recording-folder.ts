import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomically } from '../atomic-file.js';

/** One exchange with fal as it may be shown to anybody. */
export interface Recording {
  readonly recordedFrom: 'fal';
  readonly request: {
    readonly method: string;
    readonly host: string;
    /** Ids are `{id}`. */
    readonly path: string;
    /** Names of the query; no values. */
    readonly query: readonly string[];
    readonly body?: unknown;
  };
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** `json` and `events` have the shapes, `file` has nothing but its type. */
    readonly kind: 'json' | 'events' | 'file' | 'empty';
    readonly body?: unknown;
  };
}

/** Recordings in a folder, one file for each kind of exchange and each status; a later one takes its place. */
export class RecordingFolder {
  constructor(private readonly folder: string) {}

  keep(recording: Recording): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const { method, host, path } = recording.request;
    const words = [method, host, ...path.split('/').slice(1), String(recording.answer.status)];
    const name = words.join('_').replace(/[^\w.-]/g, '');
    writeAtomically(join(this.folder, `${name}.json`), `${JSON.stringify(recording, null, 2)}\n`);
  }

  all(): Recording[] {
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => JSON.parse(readFileSync(join(this.folder, name), 'utf8')) as Recording);
  }
}
