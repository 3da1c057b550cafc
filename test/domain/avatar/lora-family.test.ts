import { describe, expect, it } from 'vitest';
import { loraFamily } from '../../../src/domain/avatar/lora-family.js';

/** Layers as trainers name them; with a width it is what goes into the layer. */
const of = (names: readonly string[], metadata: Record<string, string> = {}, width = 8) =>
  loraFamily(
    names.map((name) => ({ name, shape: [4, width] })),
    metadata,
  );

describe('LoRAs of FLUX.1 are known, whoever trained them', () => {
  it.each([
    ['fal, diffusers, SimpleTuner', 'transformer.single_transformer_blocks.0.attn.to_k.lora_A.weight'],
    ['only two-stream blocks', 'transformer.transformer_blocks.18.attn.add_k_proj.lora_A.weight'],
    ['PEFT', 'transformer.base_model.model.single_transformer_blocks.37.proj_mlp.lora_B.weight'],
    ['feed-forward alone', 'transformer.transformer_blocks.3.ff.net.0.proj.lora_A.weight'],
    ['ai-toolkit', 'transformer.transformer_blocks.0.norm1.linear.lora_A.weight'],
    ['kohya', 'lora_unet_double_blocks_0_img_attn_proj.lora_down.weight'],
    ['kohya, one-stream blocks', 'lora_unet_single_blocks_37_linear1.lora_up.weight'],
    ['kohya, modulation', 'lora_unet_single_blocks_0_modulation_lin.alpha'],
    ['kohya, MLP', 'lora_unet_double_blocks_18_img_mlp_0.lora_down.weight'],
    ['LyCORIS', 'diffusion_model.double_blocks.0.img_attn.proj.lokr_w1'],
    ['ComfyUI', 'diffusion_model.single_blocks.0.linear2.lora_A.weight'],
    ['Black Forest Labs', 'single_blocks.0.linear1.lora_A.weight'],
    ['XLabs', 'double_blocks.0.processor.proj_lora1.down.weight'],
    ['OneTrainer', 'lora_transformer_single_transformer_blocks_0_attn_to_k.lora_down.weight'],
    ['TheLastBen', 'lora_unet_single_transformer_blocks_0_attn_to_k_.lora_down.weight'],
    ['DiffSynth', 'single_blocks.0.to_qkv_mlp.lora_A.default.weight'],
    ['Replicate', 'base_model.model.double_blocks.0.img_attn.qkv.lora_A.weight'],
  ])('%s', (_, name) => {
    expect(of([name])).toEqual({ kind: 'flux' });
    expect(of([name], {}, 3072)).toEqual({ kind: 'flux' });
    // Early ai-toolkit wrote this into every file.
    expect(of([name], { ss_base_model_version: 'sd_1.5' })).toEqual({ kind: 'flux' });
    expect(of([name, 'lora_te1_text_model_encoder_layers_0_mlp_fc1.lora_down.weight'])).toEqual({
      kind: 'flux',
    });
  });

  it.each([
    { ss_base_model_version: 'flux1' },
    { 'modelspec.architecture': 'flux-1-dev/lora' },
    { 'modelspec.architecture': 'Flux.1-AE' },
    { base_model: 'black-forest-labs/FLUX.1-dev' },
  ])('by metadata alone: %j', (metadata) => {
    const clip = ['lora_te1_text_model_encoder_layers_0_mlp_fc1.lora_down.weight'];
    expect(of(clip, metadata)).toEqual({ kind: 'flux' });
    expect(of(clip)).toEqual({ kind: 'unclear' });
  });

  it('a T5 of FLUX.1 is none of SDXL', () => {
    const names = [
      'lora_te2_encoder_block_0_layer_0_SelfAttention_q',
      'lora_unet_double_blocks_0_img_mod_lin',
    ];
    expect(of(names.map((name) => `${name}.lora_down.weight`))).toEqual({ kind: 'flux' });
  });
});

describe('LoRAs of others are called by their family', () => {
  it.each([
    ['SDXL', 'lora_te2_text_model_encoder_layers_0_mlp_fc1.lora_up.weight'],
    ['SDXL', 'lora_unet_down_blocks_2_attentions_1_transformer_blocks_9_attn2_to_v.lora_up.weight'],
    ['SDXL', 'lora_unet_output_blocks_5_1_transformer_blocks_1_ff_net_2.lora_up.weight'],
    ['SDXL', 'unet.mid_block.attentions.0.transformer_blocks.1.attn1.to_k.lora_A.weight'],
    ['Stable Diffusion', 'lora_unet_down_blocks_0_attentions_0_proj_in.lora_down.weight'],
    [
      'Stable Diffusion',
      'unet.up_blocks.1.attentions.0.transformer_blocks.0.attn1.processor.to_q_lora.down.weight',
    ],
    ['Stable Diffusion 3', 'lora_unet_joint_blocks_0_context_block_attn_qkv.lora_down.weight'],
    ['Wan', 'diffusion_model.blocks.0.cross_attn.k.lora_A.weight'],
    ['Wan', 'lora_unet_blocks_0_self_attn_q.lora_down.weight'],
    ['Wan', 'transformer.blocks.0.attn1.to_q.lora_A.weight'],
    ['Wan', 'diffusion_model.blocks.0.ffn.0.lora_A.weight'],
    ['Cosmos', 'diffusion_model.blocks.0.self_attn.q_proj.lora_A.weight'],
    ['Hunyuan', 'transformer.double_blocks.9.txt_mod.linear.lora_B.weight'],
    ['Hunyuan', 'lora_unet_single_blocks_0_modulation_linear.lora_down.weight'],
    ['Hunyuan', 'lora_unet_double_blocks_0_img_mlp_fc1.lora_down.weight'],
    ['Hunyuan or FLUX.2', 'lora_unet_single_blocks_39_linear1.lora_down.weight'],
    ['Qwen-Image', 'diffusion_model.transformer_blocks.0.img_mlp.net.2.lora_A.weight'],
    ['Qwen-Image', 'lora_unet_transformer_blocks_0_img_mlp_net_0_proj.lora_down.weight'],
    ['Qwen-Image or Stable Diffusion 3', 'transformer.transformer_blocks.59.attn.to_q.lora_A.weight'],
    ['FLUX.2', 'transformer.single_transformer_blocks.0.attn.to_qkv_mlp_proj.lora_A.weight'],
    ['FLUX.2', 'transformer.transformer_blocks.0.ff.linear_in.lora_A.weight'],
    ['FLUX.2', 'diffusion_model.double_stream_modulation_img.lin.lora_A.weight'],
    ['Chroma', 'diffusion_model.distilled_guidance_layer.layers.0.in_layer.lora_A.weight'],
    ['HiDream', 'diffusion_model.double_stream_blocks.0.block.ff_i.shared_experts.w1.lora_A.weight'],
    ['Z-Image or Lumina', 'diffusion_model.layers.0.attention.to_q.lora_A.weight'],
    ['Z-Image or Lumina', 'lora_unet_layers_0_feed_forward_w1.lora_down.weight'],
    ['AuraFlow', 'transformer.joint_transformer_blocks.0.attn.to_q.lora_A.weight'],
    ['LTX-Video or PixArt', 'transformer.transformer_blocks.0.attn1.to_k.lora_A.weight'],
    ['textual inversion', 'emb_params'],
    ['textual inversion', '<my-cat>'],
  ])('%s: %s', (family, name) => {
    expect(of([name])).toEqual({ kind: 'foreign', family });
    // Whatever the metadata say.
    expect(of([name], { ss_base_model_version: 'flux1' })).toEqual({ kind: 'foreign', family });
  });

  it.each([
    ['FLUX.2', 'lora_unet_single_blocks_0_linear1.lora_down.weight', 6144],
    ['FLUX.2', 'diffusion_model.double_blocks.0.img_attn.qkv.lora_A.weight', 4096],
    ['Stable Diffusion 3', 'transformer.transformer_blocks.0.attn.to_k.lora_A.weight', 1536],
    ['Stable Diffusion 3', 'transformer.transformer_blocks.0.attn.add_q_proj.lora_A.weight', 2432],
  ])('%s by its width: %s', (family, name, width) => {
    expect(of([name], {}, width)).toEqual({ kind: 'foreign', family });
    expect(of([name.replace(/lora_A|lora_down/, 'lora_B')], {}, width)).toEqual({ kind: 'flux' });
  });

  it.each([
    ['FLUX.2', { ss_base_model_version: 'flux2_klein_4b' }],
    ['FLUX.2', { base_model: 'black-forest-labs/FLUX.2-dev' }],
    ['Chroma', { 'modelspec.architecture': 'chroma/lora' }],
    ['Hunyuan', { 'modelspec.architecture': 'hunyuan-video' }],
  ])('%s by its metadata, where the layers are called as in FLUX.1', (family, metadata) => {
    expect(of(['lora_unet_double_blocks_0_img_attn_proj.lora_down.weight'], metadata)).toEqual({
      kind: 'foreign',
      family,
    });
  });

  it.each([
    ['SDXL', { ss_base_model_version: 'sdxl_base_v1-0' }],
    ['Stable Diffusion', { ss_base_model_version: 'sd_v1' }],
    ['Stable Diffusion 3', { 'modelspec.architecture': 'stable-diffusion-3-medium/lora' }],
    ['Wan', { ss_base_model_version: 'wan2.1_14b' }],
    ['Qwen-Image', { base_model: 'Qwen/Qwen-Image-2512' }],
  ])('%s by its metadata, where the layers say nothing', (family, metadata) => {
    expect(of(['something.lora_A.weight'], metadata)).toEqual({ kind: 'foreign', family });
  });
});

it('is not sure of what it has never seen', () => {
  expect(of(['transformer.x.lora_A.weight'])).toEqual({ kind: 'unclear' });
  expect(of(['transformer.x.lora_A.weight'], { base_model: 'my own' })).toEqual({ kind: 'unclear' });
});
