import { WeightsLook } from '../../src/application/avatars/weights-look.js';

export interface SafetensorsContent {
  /** Of the only tensor; 16. */
  readonly bytes?: number;
  /** Of the tensors; the first holds all bytes. One of FLUX.1. */
  readonly names?: readonly string[];
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A tiny but true safetensors file of a LoRA. */
export function safetensors(content: number | SafetensorsContent = {}): Buffer {
  const given = typeof content === 'number' ? { bytes: content } : content;
  const { bytes = 16, metadata = { format: 'pt' } } = given;
  const { names = ['transformer.single_transformer_blocks.0.attn.to_k.lora_A.weight'] } = given;
  const tensors = names.map((name, index) => {
    const size = index === 0 ? bytes : 0;
    return [name, { dtype: 'U8', shape: [size], data_offsets: [bytes - size, bytes] }];
  });
  const header = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(tensors) }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.byteLength));
  return Buffer.concat([length, header, Buffer.alloc(bytes, 7)]);
}

/** Finds a LoRA of FLUX.1 at every address. */
export const fluxEverywhere = new WeightsLook({
  downloads: { open: async () => inChunksOf(safetensors(), 1000) },
});

export async function* inChunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}
