import sharp from 'sharp';
import { modelError } from '../fal-error.js';
import type { JobOutcome } from '../queue/request-record.js';
import { hashOf } from '../seeded-random.js';
import type { Endpoint, Input, PreparationTools } from './endpoint.js';
import { checkInput, fileUrl, flag, listOf, number, optional, required, text } from './input-fields.js';
import { translateRussian } from './russian-words.js';
import { refusedFor } from './sandbox-words.js';

const shape = {
  prompt: required(text),
  model: required(text),
  system_prompt: optional(text),
  temperature: optional(number(0, 2)),
  max_tokens: optional(number(1, 1_000_000)),
  reasoning: optional(flag),
};

/**
 * No language model runs in the sandbox. Its stand-in is honest and the same every time: Russian is translated
 * word by word from a small dictionary, and a few words about light and detail are added behind the prompt,
 * unless the system prompt asks for a translation only. Asked for categories it finds those that a prompt calls by name. It never adds the trigger word of an avatar or a name.
 */
export const languageModel: Endpoint = {
  name: 'openrouter/router',
  work: 'language',
  check: (input) => checkInput(shape, input),
  prepare: (input) =>
    refusedFor(input.prompt) ?? {
      kind: 'text',
      output: /categories/i.test(String(input.system_prompt)) ? judged(input) : rewritten(input),
    },
};

/** Says what a picture is like as far as that can be measured: format, light and main colour. */
export const visionModel: Endpoint = {
  name: 'openrouter/router/vision',
  work: 'language',
  check: (input) => checkInput({ ...shape, image_urls: required(listOf(fileUrl)) }, input),
  prepare: described,
};

const finishes = [
  'soft natural light, fine detail, shallow depth of field',
  'cinematic light, rich colors, sharp focus',
  'golden hour light, gentle contrast, detailed textures',
  'studio light, clean composition, high detail',
];

const judged = ({ prompt, system_prompt: systemPrompt }: Input): string => {
  const named = [...String(systemPrompt).matchAll(/(\w+):/g)].map(([, name = '']) => name);
  const found = named.filter((name) => String(prompt).toLowerCase().includes(name));
  return found.length === 0 ? 'none' : found.join(', ');
};

function rewritten({ prompt, system_prompt: systemPrompt }: Input): string {
  const translated = translateRussian(String(prompt)).trim();
  const instructions = String(systemPrompt ?? '');
  const onlyTranslate =
    /translat/i.test(instructions) && !/improve|enrich|expand|enhance|detail/i.test(instructions);
  return onlyTranslate ? translated : `${translated}, ${finishes[hashOf(translated) % finishes.length]}`;
}

async function described(input: Input, { files }: PreparationTools): Promise<JobOutcome> {
  const urls = input.image_urls as readonly string[];
  const sentences: string[] = [];
  for (const [index, url] of urls.entries()) {
    const bytes = await files.read(url);
    const sentence = bytes === undefined ? undefined : await describe(bytes);
    if (sentence === undefined) {
      return modelError('file_download_error', 'The image could not be had', ['body', 'image_urls', index]);
    }
    sentences.push(sentence);
  }
  return { kind: 'text', output: sentences.join(' ') };
}

async function describe(bytes: Buffer): Promise<string | undefined> {
  try {
    const { width, height } = await sharp(bytes).metadata();
    const { dominant } = await sharp(bytes).resize(64, 64, { fit: 'inside' }).toColourspace('srgb').stats();
    const format = width > height ? 'landscape' : width < height ? 'portrait' : 'square';
    const light = (dominant.r + dominant.g + dominant.b) / 3;
    const mood = light < 70 ? 'dark' : light > 185 ? 'bright' : 'evenly lit';
    return `A ${mood} picture in ${format} format, mostly ${colorName(dominant)}.`;
  } catch {
    // Sharp's way of saying that these bytes are no picture.
    return undefined;
  }
}

function colorName({ r, g, b }: { r: number; g: number; b: number }): string {
  if (Math.max(r, g, b) - Math.min(r, g, b) < 30) return 'gray';
  if (r >= g && r >= b) return g > b + 40 ? 'orange' : 'red';
  if (g >= r && g >= b) return 'green';
  return r > g + 30 ? 'purple' : 'blue';
}
