import type { PicturesOutcome, RequestRecord } from '../queue/request-record.js';
import { hashOf } from '../seeded-random.js';
import type { KeptInputs } from '../storage/kept-inputs.js';
import type { PictureOrder } from './picture.js';

/** Kept in memory at most, in bytes; a picture that was dropped is drawn again when somebody asks. */
const mostKept = 96 * 2 ** 20;
/** Drawn at the same time: two of libuv's four threads stay free for files and the network. */
const mostDrawers = 2;

/** The pen with its fonts is read with the first picture, so that the sandbox starts without it. */
async function drawPicture(order: PictureOrder): Promise<Buffer> {
  const pen = await import('./picture.js');
  return pen.drawPicture(order);
}

/** Draws the pictures of requests when they are asked for, and remembers the latest. */
export class Studio {
  readonly #kept = new Map<string, Buffer>();
  readonly #drawing = new Map<string, Promise<Buffer>>();
  readonly #waiting: (() => void)[] = [];
  #bytes = 0;
  #busy = 0;

  /** @param prepared one picture per size and format for everybody, drawn once: for load tests */
  constructor(
    private readonly prepared: boolean,
    private readonly inputs: KeptInputs,
  ) {}

  picture(record: RequestRecord, outcome: PicturesOutcome, index: number): Promise<Buffer> {
    return this.prepared
      ? this.other(`${outcome.width}x${outcome.height}.${outcome.format}`, () =>
          drawPicture(preparedOrder(outcome)),
        )
      : this.other(`${record.id}/${index}`, () => this.#drawFor(record, outcome, index));
  }

  /** Begins to draw what will be asked for soon. A failure shows when it is asked for. */
  drawAhead(record: RequestRecord, outcome: PicturesOutcome): void {
    for (const index of outcome.flagged.keys()) this.picture(record, outcome, index).catch(() => undefined);
  }

  /** Any other picture under a key of its own, made in turn and remembered like the drawn ones. */
  other(key: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      // To the end of the row: what was asked for lately stays longest.
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return Promise.resolve(kept);
    }
    const drawing = this.#drawing.get(key) ?? this.#draw(key, draw);
    this.#drawing.set(key, drawing);
    return drawing;
  }

  async #drawFor(record: RequestRecord, outcome: PicturesOutcome, index: number): Promise<Buffer> {
    const { kept } = outcome;
    const source = kept === undefined ? undefined : { bytes: await this.inputs.read(record.id), kept };
    return drawPicture({ ...orderFor(record, outcome, index), source });
  }

  async #draw(key: string, draw: () => Promise<Buffer>): Promise<Buffer> {
    try {
      const bytes = await this.#inTurn(draw);
      this.#keep(key, bytes);
      return bytes;
    } finally {
      this.#drawing.delete(key);
    }
  }

  #keep(key: string, bytes: Buffer): void {
    this.#kept.set(key, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= mostKept || this.#kept.size === 1) return;
      this.#bytes -= length;
      this.#kept.delete(oldest);
    }
  }

  async #inTurn(draw: () => Promise<Buffer>): Promise<Buffer> {
    if (this.#busy >= mostDrawers) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#busy += 1;
    try {
      return await draw();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#busy -= 1;
      else next();
    }
  }
}

/** What the picture of a request shows. */
function orderFor(record: RequestRecord, outcome: PicturesOutcome, index: number): PictureOrder {
  const { input } = record;
  const loras = Array.isArray(input.loras) ? (input.loras as { path?: string; scale?: number }[]) : [];
  const [lora] = loras;
  const isFinetune = typeof input.finetune_id === 'string';
  return {
    width: outcome.width,
    height: outcome.height,
    format: outcome.format,
    seed: outcome.seed + index,
    motif: isFinetune ? 'style' : lora === undefined ? 'landscape' : 'person',
    identity: isFinetune ? hashOf(String(input.finetune_id)) : identityOf(lora?.path),
    group: outcome.names?.map((name, at) => ({ name, identity: identityOf(loras[at]?.path) })),
    black: outcome.flagged[index] === true,
    caption: {
      prompt: typeof input.prompt === 'string' ? input.prompt : '',
      facts: factsOf(
        record,
        outcome,
        index,
        loras.flatMap(({ scale }) => scale ?? []),
      ),
      mark: lora?.scale === undefined || loras.length > 1 ? undefined : `×${lora.scale}`,
    },
  };
}

/** Of the same weights, wherever they lie. */
const identityOf = (path: string | undefined): number => hashOf(path?.split('/').slice(-2).join('/') ?? '');

function factsOf(
  { endpoint, input, headers }: RequestRecord,
  outcome: PicturesOutcome,
  index: number,
  scales: readonly number[],
): string[] {
  const label = headers['x-sandbox-label'];
  const named = (name: string, value: unknown) => (value === undefined ? [] : [`${name} ${String(value)}`]);
  return [
    ...(label === undefined ? [] : [`preset: ${readLabel(label)}`]),
    endpoint,
    `${outcome.width}×${outcome.height}`,
    `seed ${outcome.seed}`,
    ...(outcome.flagged.length > 1 ? [`image ${index + 1} of ${outcome.flagged.length}`] : []),
    ...named('steps', input.num_inference_steps),
    ...named('guidance', input.guidance_scale),
    ...named('LoRA scale', scales.length === 0 ? undefined : scales.join(' + ')),
    ...named('finetune strength', input.finetune_strength),
    ...named('change', input.strength),
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

/** Headers carry only Latin letters, so others come percent-encoded. */
function readLabel(label: string): string {
  try {
    return decodeURIComponent(label).slice(0, 60);
  } catch (error) {
    if (error instanceof URIError) return label.slice(0, 60);
    throw error;
  }
}
