import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/*
 * Fontconfig reads its configuration once per process, and each test file has a process of its own: sharp must
 * not be loaded before the variable is set. A file that is not there would not do: then it looks in /usr/share.
 */
const before = process.env.FONTCONFIG_FILE;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'no-fonts-'));
  process.env.FONTCONFIG_FILE = join(folder, 'fonts.conf');
  await writeFile(process.env.FONTCONFIG_FILE, '<?xml version="1.0"?><fontconfig></fontconfig>');
});
afterAll(async () => {
  if (before === undefined) delete process.env.FONTCONFIG_FILE;
  else process.env.FONTCONFIG_FILE = before;
  await rm(folder, { recursive: true, force: true });
});

it('draws its text on a machine without any font', async () => {
  const { default: sharp } = await import('sharp');
  const { drawPicture } = await import('../../../../src/sandbox/fal/pictures/picture.js');

  const plain = (text: string) =>
    sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="99" height="40"><text x="9" y="30" font-size="30">${text}</text></svg>`,
      ),
    )
      .raw()
      .toBuffer();
  const boxes = (await plain('AB')).equals(await plain('OX'));
  expect(boxes, 'this process has fonts after all: the test would prove nothing').toBe(true);

  const panelWith = async (prompt: string) => {
    const picture = await drawPicture({
      ...{ width: 512, height: 512, format: 'png', seed: 1, motif: 'person', identity: 1, black: false },
      caption: { prompt, facts: ['seed 1'] },
    });
    return sharp(picture).extract({ left: 0, top: 420, width: 512, height: 92 }).greyscale().raw().toBuffer();
  };
  const [cat, dog] = [await panelWith('Кот in armor'), await panelWith('Пёс in armor')];
  expect(cat.filter((value) => value > 235).length).toBeGreaterThan(300);
  expect(cat.equals(dog)).toBe(false);
});
