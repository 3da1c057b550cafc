/** One tensor as the header of a safetensors file names it. */
export interface TensorEntry {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What a LoRA was trained for. Unclear ones may well fit: trainers invent names of their own. */
export type LoraFamily =
  | { readonly kind: 'flux' }
  | { readonly kind: 'foreign'; readonly family: string }
  | { readonly kind: 'unclear' };

/**
 * Names of layers that FLUX.1 does not have, in the spellings of kohya (`lora_unet_a_b`), diffusers and PEFT
 * (`transformer.a.b`), ai-toolkit and ComfyUI (`diffusion_model.a.b`). The first that fits counts, so the narrow ones
 * stand above the wide ones.
 */
const foreignLayers: ReadonlyArray<readonly [family: string, layer: RegExp]> = [
  [
    'FLUX.2',
    /(double|single)_stream_modulation|to_qkv_mlp_proj|transformer_blocks[._]\d+[._]ff(_context)?[._]linear_(in|out)/,
  ],
  [
    'Hunyuan',
    /individual_token_refiner|token_refiner[._]refiner_blocks|byt5_in|(img|txt)_mlp[._]fc[12]|(img|txt)_mod[._]linear|single_blocks[._]\d+[._]modulation[._]linear/,
  ],
  ['Chroma', /distilled_guidance_layer/],
  ['HiDream', /(double|single)_stream_blocks/],
  ['Qwen-Image', /transformer_blocks[._]\d+[._](img|txt)_(mlp[._]net|mod[._]1)/],
  ['Stable Diffusion 3', /joint_blocks[._]\d+/],
  ['AuraFlow', /joint_transformer_blocks|(double|single)_layers[._]\d+/],
  [
    'Z-Image or Lumina',
    /noise_refiner|context_refiner|cap_embedder|(^|[._])layers[._]\d+[._](attention[._]|feed_forward|adaln)/i,
  ],
  ['Mochi', /blocks[._]\d+[._]attn[._](qkv|proj)_[xy]/],
  ['Cosmos', /blocks[._]\d+[._](cross|self)_attn[._](q|k|v|output)_proj/],
  [
    'Wan',
    /(^|\.|lora_unet_)blocks[._]\d+[._]((cross|self)_attn[._](q|k|v|o|k_img|v_img)[._]|ffn[._]|attn[12]\.)/,
  ],
  [
    'SDXL',
    /lora_te2_text_model|text_encoder_2\.text_model|(down|up)_blocks[._]\d+[._].*transformer_blocks[._][1-9]|mid_block[._].*transformer_blocks[._][1-9]|(input|output)_blocks[._]\d+[._]\d+[._]transformer_blocks[._][1-9]/,
  ],
  [
    'Stable Diffusion',
    /(^|[._])(down_blocks|up_blocks|mid_block|input_blocks|output_blocks|middle_block)[._]/,
  ],
  ['LTX-Video or PixArt', /transformer_blocks[._]\d+[._]attn[12][._]/],
];

/** Layers of FLUX.1 by the names of Black Forest Labs, of XLabs and of diffusers. */
const fluxLayer =
  /(double_blocks|single_blocks|single_transformer_blocks)[._](\d+)[._]|(?:^|[._])transformer_blocks[._](\d+)[._](?:attn[._](?:to_|add_|norm_)|ff[._]|ff_context[._]|norm1)/;
/** FLUX.1 has 19 blocks of two streams and 38 of one. */
const blocks = { double: 19, single: 38 } as const;

/** What goes into the attention of other models; 3072 numbers in FLUX.1, some Hunyuan, Qwen-Image and FLUX.2 [klein]. */
const foreignWidths = new Map([
  [1536, 'Stable Diffusion 3'],
  [2432, 'Stable Diffusion 3'],
  [4096, 'FLUX.2'],
  [6144, 'FLUX.2'],
]);
const attentionInput =
  /(attn[._](to|add)_[qkv](_proj)?|img_attn[._](qkv|proj)|single_blocks[._]\d+[._]linear1)[._].*(lora_A|lora_down|lora\.down|down)(\.default)?\.weight$/;

/** A whole file that holds nothing else is an embedding. */
const embedding = /^(emb_params|clip_[lg]|t5xxl|string_to_(param|token).*|<.+>)$/;

/** Names that metadata use for the base model. */
const familiesByName: ReadonlyArray<readonly [family: string | null, name: RegExp]> = [
  ['FLUX.2', /flux[._ -]?2(?!\d)|klein/i],
  ['Chroma', /chroma/i],
  [null, /flux/i],
  ['SDXL', /xl|pony|illustrious|noobai/i],
  ['Stable Diffusion 3', /stable-diffusion-3|sd[_.-]?3/i],
  ['Stable Diffusion', /stable-diffusion-v[12]|^sd[_.-]?(v?[12]|1\.5)/i],
  ['Wan', /\bwan|wan[_-]?2/i],
  ['Hunyuan', /hunyuan|hidit|hydit|framepack/i],
  ['Qwen-Image', /qwen/i],
  ['Z-Image or Lumina', /z[_-]?image|lumina/i],
  ['HiDream', /hidream/i],
  ['LTX-Video or PixArt', /ltx|pixart/i],
];
const namesOfBase = ['modelspec.architecture', 'ss_base_model_version', 'base_model', 'baseModel'];
/** Their layers bear the names of FLUX.1, so that here metadata know better. Some trainers call FLUX.1 "sd_1.5". */
const namedLikeFlux = ['FLUX.2', 'Chroma', 'Hunyuan', 'Qwen-Image'];

/** Tells from names, widths and metadata. Names go before metadata, which trainers copy from one another. */
export function loraFamily(
  tensors: readonly TensorEntry[],
  metadata: Readonly<Record<string, string>>,
): LoraFamily {
  if (tensors.length > 0 && tensors.every(({ name }) => embedding.test(name)))
    return foreign('textual inversion');
  for (const [family, layer] of foreignLayers)
    if (tensors.some(({ name }) => layer.test(name))) return foreign(family);
  const named = familyByName(metadata);
  const layers = tensors.filter(({ name }) => fluxLayer.test(name));
  if (layers.length === 0) return named ?? { kind: 'unclear' };
  if (named?.kind === 'foreign' && namedLikeFlux.includes(named.family)) return named;
  const family = layers.map(foreignByPlaceOrWidth).find((one) => one !== null);
  return family == null ? { kind: 'flux' } : foreign(family);
}

function foreignByPlaceOrWidth({ name, shape }: TensorEntry): string | null {
  const width = attentionInput.test(name) ? foreignWidths.get(shape[1] ?? 0) : undefined;
  if (width !== undefined) return width;
  const [, kind = '', place, double] = fluxLayer.exec(name) ?? [];
  const isSingle = kind.startsWith('single');
  if (Number(place ?? double) < (isSingle ? blocks.single : blocks.double)) return null;
  return kind === '' ? 'Qwen-Image or Stable Diffusion 3' : 'Hunyuan or FLUX.2';
}

function familyByName(metadata: Readonly<Record<string, string>>): LoraFamily | null {
  for (const key of namesOfBase) {
    const found = familiesByName.find(([, name]) => name.test(metadata[key] ?? ''));
    if (found !== undefined) return found[0] === null ? { kind: 'flux' } : foreign(found[0]);
  }
  return null;
}

const foreign = (family: string): LoraFamily => ({ kind: 'foreign', family });
