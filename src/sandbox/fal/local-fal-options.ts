import type { FaultRule } from './faults/fault-rule.js';
import type { FaultScript } from './faults/fault-script.js';
import type { NextPicture } from './faults/next-picture.js';

export interface LocalFalOptions {
  /** Where all state lives; made when missing. Several processes may share it, also at the same time. */
  readonly folder: string;
  /** 0 (the default): any free port. */
  readonly port?: number;
  /** How long an image takes; 2000 without it. */
  readonly imageMilliseconds?: number;
  /** How long a training takes; 10 000 without it. */
  readonly trainingMilliseconds?: number;
  /** How long the language model takes; 300 without it. */
  readonly languageMilliseconds?: number;
  /** Jobs running at once, more wait IN_QUEUE; 10 without it. */
  readonly concurrency?: number;
  /** Serves one picture per size and format, drawn once: for load tests. */
  readonly preparedPictures?: boolean;
  /** Image endpoints beside those that fal's client knows: plain pictures from a prompt. */
  readonly endpoints?: readonly string[];
  /** The only key that is taken; without it any will do. */
  readonly key?: string;
  /** The only key that the bill is shown to; without it nobody sees it. */
  readonly adminKey?: string;
  /** Waits before a refused webhook is sent again; its length is the number of retries. */
  readonly webhookRetryMilliseconds?: readonly number[];
  /** Rules of the fault script from the start, and the seed of its randomness. */
  readonly faults?: readonly FaultRule[];
  readonly faultSeed?: number;
  readonly log?: (line: LocalFalLogLine) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** 0 ≤ number < 1; chooses seeds. */
  readonly random?: () => number;
}

/** One answered (or dropped) exchange, or one webhook attempt. */
export interface LocalFalLogLine {
  readonly at: Date;
  readonly step: string;
  readonly method: string;
  readonly path: string;
  /** 0: the connection was dropped. */
  readonly status: number;
  readonly milliseconds: number;
  readonly endpoint?: string;
  readonly requestId?: string;
  /** The body of a submit, as received. */
  readonly input?: unknown;
  /** The scripted fault that struck. */
  readonly fault?: string;
  /** The server itself failed; should never be there. */
  readonly error?: string;
}

/** A submit as it came in. */
export interface RecordedSubmit {
  readonly requestId: string;
  readonly endpoint: string;
  readonly input: unknown;
  /** Names in lower case. The key is not among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly webhookUrl?: string;
  readonly at: Date;
}

/** A file whose upload was announced to the storage. */
interface RecordedUpload {
  readonly name: string;
  readonly contentType: string;
  readonly fileUrl: string;
  /** The header `X-Fal-Object-Lifecycle` as it came. */
  readonly lifecycle?: string;
  readonly at: Date;
}

/** A running local fal. */
export interface LocalFal {
  /** `http://127.0.0.1:<port>`; files are below `/files/`. */
  readonly url: string;
  /** Stands for `https://fal.run`. */
  readonly runUrl: string;
  /** Stands for `https://queue.fal.run`. */
  readonly queueUrl: string;
  /** Stands for `https://rest.fal.ai`. */
  readonly restUrl: string;
  /** Stands for `https://api.fal.ai`. */
  readonly apiUrl: string;
  /** The latest accepted submits of this process, oldest first, at most 2000. */
  requests(): readonly RecordedSubmit[];
  /** The latest uploads announced to this process, oldest first, at most 500. */
  uploads(): readonly RecordedUpload[];
  readonly faults: FaultScript;
  /** What the next picture meets, for the menu of the chat. */
  readonly nextPicture: NextPicture;
  /** Signs with a new key from now on; the JWKS shows only that one. */
  rotateSigningKey(): void;
  /** Answers what is under way, stops; unfinished requests go on when a server starts on the same folder. */
  close(): Promise<void>;
}
