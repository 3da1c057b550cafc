import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { presetNames } from '../../src/domain/generation/preset.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';
import { aisha } from '../support/spawned.js';

/** What people have in their scripts: the built library, called by `node -e` in a process of its own. */

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aisha-calls-'));
  database = await createTestDatabase();
  const style = ['--owner', '1', '--name', 'style-lora', '--type', 'artistic', '--trigger', 'ARTST'];
  const address = ['--lora', 'https://v3.fal.media/files/sandbox/style.safetensors'];
  const { code, stderr } = await aisha(['avatar', 'add', ...style, ...address], settings(), folder);
  expect(code, stderr).toBe(0);
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const settings = () => ({
  DATA_DIR: join(folder, 'data'),
  DATABASE_URL: database.connectionString,
  SANDBOX_IMAGE_MILLISECONDS: '10',
  LOG_LEVEL: 'silent',
});

interface Made {
  readonly endpoint: string;
  readonly prompt: string;
  readonly size: string;
}

/** Runs `body`, which sees `generateAvatarImage` and `getGenerationConfigPresets` and puts what it makes into `made`. */
async function run(body: string): Promise<Record<string, Made>> {
  const script = `
    import { createAisha } from 'aisha';
    const aisha = createAisha();
    const { generateAvatarImage, getGenerationConfigPresets } = aisha;
    const made = {};
    ${body}
    await aisha.close();
    const shown = Object.entries(made).map(([name, { endpoint, prompt, images: [image] }]) => [
      name, { endpoint, prompt, size: image.width + 'x' + image.height }]);
    console.log(JSON.stringify(Object.fromEntries(shown)));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: join(import.meta.dirname, '../..'),
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

const lora = 'fal-ai/flux-lora';
const finetuned = 'fal-ai/flux-pro/finetuned';
const ultra = 'fal-ai/flux-pro/v1.1-ultra-finetuned';

test("the old documents' two examples buy the pictures they name, in their names and in ours", async () => {
  const made = await run(`
    const avatar = 'demo-artistic';
    const prompt = 'beautiful landscape';
    made.theirs = await generateAvatarImage({ avatar, prompt, config: {
      finetune_strength: 1.2, num_inference_steps: 35, guidance_scale: 4.0, image_size: 'square_hd', safety_tolerance: '2',
    } });
    made.ours = await generateAvatarImage({ avatar, prompt, config: {
      finetuneStrength: 1.2, steps: 35, guidance: 4.0, imageSize: 'square_hd', safety: 2,
    } });
    made.theirUltra = await generateAvatarImage({ avatar, prompt, config: {
      use_ultra: true, finetune_strength: 1.1, aspect_ratio: '16:9', output_format: 'jpeg', enable_safety_checker: true,
    } });
    made.ourUltra = await generateAvatarImage({ avatar, prompt, config: {
      preset: 'ultra', finetuneStrength: 1.1, aspectRatio: '16:9', format: 'jpeg',
    } });`);
  const standard = { endpoint: finetuned, prompt: 'ARTST beautiful landscape', size: '1024x1024' };
  const wide = { endpoint: ultra, prompt: 'ARTST beautiful landscape', size: '2752x1536' };
  expect(made).toEqual({ theirs: standard, ours: standard, theirUltra: wide, ourUltra: wide });
});

const sizes = { fast: '512x512', portrait: '768x1024', landscape: '1024x768', ultra: '2048x2048' };

test('every entry of the presets is a config, on every avatar that it allows', async () => {
  const made = await run(`
    const presets = getGenerationConfigPresets();
    const requests = ['demo-portrait', 'demo-artistic', 'style-lora'].flatMap((avatar) =>
      Object.entries(presets).map(([name, config]) => ({ avatar, name, config })));
    const allowed = requests.filter(({ avatar, name }) => name !== 'ultra' || avatar === 'demo-artistic');
    await Promise.all(allowed.map(async ({ avatar, name, config }) => {
      made[avatar + ' ' + name] = await generateAvatarImage({ avatar, prompt: 'in medieval armor', config });
    }));`);
  expect(Object.keys(made)).toHaveLength(7 + 8 + 7);
  for (const [form, { endpoint, size }] of Object.entries(made)) {
    const [avatar, name] = form.split(' ');
    const expected = avatar === 'demo-artistic' ? finetuned : lora;
    expect({ form, endpoint, size }).toEqual({
      form,
      endpoint: name === 'ultra' ? ultra : expected,
      size: new Map(Object.entries(sizes)).get(name ?? '') ?? '1024x1024',
    });
  }
  expect(new Set(Object.keys(made).map((form) => form.split(' ')[1]))).toEqual(new Set(presetNames));
});
