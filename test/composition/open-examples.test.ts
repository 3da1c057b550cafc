import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { openExamples } from '../../src/composition/open-examples.js';

const picture = (format: 'jpeg' | 'png' | 'webp', width = 900, height = 1200) =>
  sharp({ create: { width, height, channels: 3, background: '#3478c6' } })
    .toFormat(format)
    .toBuffer();

async function aFolder(files: Readonly<Record<string, Buffer>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'examples-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  return folder;
}

const live = (examplesDir: string | null) => openExamples({ mode: 'live', examplesDir });

test('the pictures of the folder are shown by their names, six at most, no larger than a chat shows', async () => {
  const names = ['b.png', 'a.jpg', 'c.webp', 'd.jpeg', 'e.jpg', 'f.jpg', 'g.jpg'];
  const pictures = await Promise.all(
    names.map((name) =>
      picture(name.endsWith('png') ? 'png' : name.endsWith('webp') ? 'webp' : 'jpeg', 1500, 2000),
    ),
  );
  const folder = await aFolder({
    ...Object.fromEntries(names.map((name, index) => [name, pictures[index] as Buffer])),
    'notes.txt': Buffer.from('no picture'),
  });
  const examples = await (await live(folder))();
  expect(examples?.each.map(({ name }) => name)).toEqual(
    [1, 2, 3, 4, 5, 6].map((number) => `example-${number}.jpg`),
  );
  for (const { bytes } of examples?.each ?? [])
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width: 960, height: 1280 });
  expect(await sharp(examples?.mosaic.bytes).metadata()).toMatchObject({ width: 1280, height: 960 });
});

test.each([
  [
    'too few',
    async () => ({ 'a.jpg': await picture('jpeg'), 'b.jpg': await picture('jpeg') }),
    'holds 2 pictures',
  ],
  ['no picture', async () => ({ 'a.jpg': Buffer.from('words'), ...(await two()) }), 'a.jpg, which'],
  ['another format', async () => ({ 'a.jpg': await gif(), ...(await two()) }), 'a.jpg, which is no JPEG'],
  [
    'a small one',
    async () => ({ 'a.jpg': await picture('jpeg', 200, 300), ...(await two()) }),
    'smaller than 512',
  ],
  [
    'a strip',
    async () => ({ 'a.jpg': await picture('jpeg', 600, 2400), ...(await two()) }),
    'too long and narrow',
  ],
  ['a heavy one', async () => ({ 'a.jpg': Buffer.alloc(21 * 2 ** 20), ...(await two()) }), 'more than 20 MB'],
] as const)('a start is refused with %s', async (_, files, reason) => {
  await expect(live(await aFolder(await files()))).rejects.toThrow(reason);
});

test('a folder that is not there is named at the start', async () => {
  await expect(live('/no/such/folder')).rejects.toThrow('EXAMPLES_DIR "/no/such/folder" cannot be read');
});

test('without a folder live mode invents nothing, and the sandbox draws', async () => {
  expect(await (await live(null))()).toBeNull();
  const drawn = await (await openExamples({ mode: 'sandbox', examplesDir: null }))();
  expect(drawn?.each).toHaveLength(4);
  expect(await sharp(drawn?.mosaic.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 1280 });
});

const two = async () => ({ 'b.jpg': await picture('jpeg'), 'c.jpg': await picture('jpeg') });
const gif = () =>
  sharp({ create: { width: 900, height: 900, channels: 3, background: '#fff' } })
    .gif()
    .toBuffer();
