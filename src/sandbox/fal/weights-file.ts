import type { RequestRecord, WeightsOutcome } from './queue/request-record.js';
import { seededRandom } from './seeded-random.js';
import type { ByteSource } from './storage/zip-listing.js';

/** Two layers of rank 4: small, yet every reader of safetensors takes it for a FLUX LoRA. */
const rank = 4;
const width = 64;
const layers = [
  'transformer.single_transformer_blocks.0.attn.to_q',
  'transformer.transformer_blocks.0.attn.to_k',
];

/**
 * LoRA weights as the trainers deliver them: a valid safetensors file (8 bytes of header length, the header in
 * JSON, the tensors). The numbers mean nothing; the same training always gives the same bytes.
 */
export function weightsFile(record: RequestRecord, outcome: WeightsOutcome): Buffer {
  const tensors = layers.flatMap((layer) => [
    { name: `${layer}.lora_A.weight`, shape: [rank, width] },
    { name: `${layer}.lora_B.weight`, shape: [width, rank] },
  ]);
  const bytesEach = rank * width * Float32Array.BYTES_PER_ELEMENT;
  const header = JSON.stringify({
    __metadata__: { format: 'pt', sandbox: 'true', trainer: record.endpoint, trigger: outcome.trigger },
    ...Object.fromEntries(
      tensors.map(({ name, shape }, index) => [
        name,
        { dtype: 'F32', shape, data_offsets: [index * bytesEach, (index + 1) * bytesEach] },
      ]),
    ),
  });
  // Tensors begin at a multiple of eight: spaces after the JSON are allowed for that.
  const padded = Buffer.from(header.padEnd(Math.ceil(Buffer.byteLength(header) / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  const random = seededRandom(outcome.seed);
  const numbers = Float32Array.from({ length: tensors.length * rank * width }, () => (random() - 0.5) * 0.02);
  return Buffer.concat([length, padded, Buffer.from(numbers.buffer)]);
}

/** The configuration that comes beside the weights. */
export function trainingConfigFile(record: RequestRecord, outcome: WeightsOutcome): Buffer {
  return Buffer.from(
    JSON.stringify({
      sandbox: true,
      trainer: record.endpoint,
      instance_prompt: outcome.trigger,
      steps: outcome.steps,
      images: outcome.pictures,
    }),
  );
}

/** The header of a LoRA has some 100 KB at most; one that claims more is not read. */
const longestHeader = 2 ** 20;

/** What the weights were trained to be called, if their header says so. */
export async function triggerIn(weights: ByteSource | undefined): Promise<string | undefined> {
  if (weights === undefined || weights.size < 8) return undefined;
  const length = Number((await weights.read(0, 8)).readBigUInt64LE());
  if (length > Math.min(longestHeader, weights.size - 8)) return undefined;
  try {
    const header: unknown = JSON.parse((await weights.read(8, length)).toString());
    const trigger = (header as { __metadata__?: { trigger?: unknown } } | null)?.__metadata__?.trigger;
    return typeof trigger === 'string' && trigger !== '' ? trigger : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
