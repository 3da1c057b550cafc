import type { PicturesOutcome, RequestRecord } from '../queue/request-record.js';
import { hashOf } from '../seeded-random.js';
import { drawPicture, type PictureOrder } from './picture.js';

/** Kept in memory at most, in bytes; a picture that was dropped is drawn again when somebody asks. */
const mostKept = 96 * 2 ** 20;
/** Drawn at the same time: two of libuv's four threads stay free for files and the network. */
const mostDrawers = 2;

/** Draws the pictures of requests when they are asked for, and remembers the latest. */
export class Studio {
  readonly #kept = new Map<string, Promise<Buffer>>();
  readonly #waiting: (() => void)[] = [];
  #bytes = 0;
  #drawing = 0;

  /** @param prepared one picture per size and format for everybody, drawn once: for load tests */
  constructor(private readonly prepared: boolean) {}

  picture(record: RequestRecord, outcome: PicturesOutcome, index: number): Promise<Buffer> {
    return this.prepared
      ? this.#once(`${outcome.width}x${outcome.height}.${outcome.format}`, preparedOrder(outcome))
      : this.#once(`${record.id}/${index}`, orderFor(record, outcome, index));
  }

  #once(key: string, order: PictureOrder): Promise<Buffer> {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      // Last in, last out: what was asked for lately stays longest.
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const drawn = this.#inTurn(() => drawPicture(order));
    this.#kept.set(key, drawn);
    drawn.then(
      (bytes) => this.#keep(bytes.length),
      () => this.#kept.delete(key),
    );
    return drawn;
  }

  async #keep(bytes: number): Promise<void> {
    this.#bytes += bytes;
    for (const [key, old] of this.#kept) {
      if (this.#bytes <= mostKept || this.#kept.size === 1) return;
      this.#kept.delete(key);
      this.#bytes -= (await old).length;
    }
  }

  async #inTurn(draw: () => Promise<Buffer>): Promise<Buffer> {
    if (this.#drawing >= mostDrawers) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#drawing += 1;
    try {
      return await draw();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#drawing -= 1;
      else next();
    }
  }
}

/** Exported for the tests: what the picture of a request shows. */
export function orderFor(record: RequestRecord, outcome: PicturesOutcome, index: number): PictureOrder {
  const { input } = record;
  const [lora] = Array.isArray(input.loras) ? (input.loras as { path?: string; scale?: number }[]) : [];
  const isFinetune = typeof input.finetune_id === 'string';
  return {
    width: outcome.width,
    height: outcome.height,
    format: outcome.format,
    seed: outcome.seed + index,
    motif: isFinetune ? 'style' : lora === undefined ? 'landscape' : 'person',
    identity: hashOf(
      isFinetune ? String(input.finetune_id) : (lora?.path?.split('/').slice(-2).join('/') ?? ''),
    ),
    black: outcome.flagged[index] === true,
    caption: { prompt: String(input.prompt), facts: factsOf(record, outcome, index, lora?.scale) },
  };
}

function factsOf(
  { endpoint, input, headers }: RequestRecord,
  outcome: PicturesOutcome,
  index: number,
  scale: number | undefined,
): string[] {
  const label = headers['x-sandbox-label'];
  const named = (name: string, value: unknown) => (value === undefined ? [] : [`${name} ${String(value)}`]);
  return [
    ...(label === undefined ? [] : [`preset: ${decodeURIComponent(label).slice(0, 60)}`]),
    endpoint,
    `${outcome.width}×${outcome.height}`,
    `seed ${outcome.seed}`,
    ...(outcome.flagged.length > 1 ? [`image ${index + 1} of ${outcome.flagged.length}`] : []),
    ...named('steps', input.num_inference_steps),
    ...named('guidance', input.guidance_scale),
    ...named('LoRA scale', scale),
    ...named('finetune strength', input.finetune_strength),
    ...named('safety', input.safety_tolerance),
    ...(input.raw === true ? ['raw'] : []),
  ];
}

function preparedOrder(outcome: PicturesOutcome): PictureOrder {
  return {
    ...outcome,
    seed: 1,
    motif: 'person',
    identity: 1,
    black: false,
    caption: { prompt: 'A prepared picture of the sandbox, the same for everybody', facts: ['load test'] },
  };
}
