import { readFileSync } from 'node:fs';
import type { Shape } from './shape.js';

/** One question, and the form of its answer as it is documented. */
export interface Probe {
  readonly name: string;
  /** Where the form is taken from. */
  readonly source: string;
  /**
   * Who may be asked: `free` costs nothing and changes nothing; `costs` is a picture, an upload or a message;
   * `local` needs a person or a state that only a stand-in can be given.
   */
  readonly asks: 'free' | 'costs' | 'local';
  readonly call: Call;
  readonly status: number;
  readonly shape: Shape;
  /** Asked again until a field has this value. */
  readonly until?: Readonly<Record<string, unknown>>;
  /** Names for fields of the answer, put into later calls for `{name}`. */
  readonly keep?: Readonly<Record<string, string>>;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Of fal: `queue`, `run`, `rest` or `api`; of Telegram always `bot`. */
  readonly host: string;
  readonly path: string;
  readonly key: 'right' | 'wrong' | 'none';
  readonly json?: unknown;
}

/** The committed fixtures of one of them. */
export const probesOf = (server: 'fal' | 'telegram'): readonly Probe[] =>
  JSON.parse(readFileSync(`test/fixtures/drift/${server}.json`, 'utf8')) as Probe[];
