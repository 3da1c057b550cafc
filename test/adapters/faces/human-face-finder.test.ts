import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HumanFaceFinder } from '../../../src/adapters/faces/human-face-finder.js';
import { type InstalledHuman, installedHuman } from '../../../src/adapters/faces/installed-human.js';
import { type Face, isSmall, resemblance } from '../../../src/domain/avatar/faces.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { astronaut } from '../../support/astronaut.js';
import { photograph } from '../../support/photographs.js';

const human = installedHuman();
if (human === null) throw new Error('the optional dependencies are not installed');

describe('HumanFaceFinder', () => {
  const log = new RecordingLogger();
  let finder: HumanFaceFinder;
  let number = 0;
  const facesIn = async (picture: Uint8Array): Promise<readonly Face[]> => {
    const faces = await finder.find(`picture-${++number}`, async () => picture);
    if (faces === null) throw new Error(JSON.stringify(log.lines));
    return faces;
  };

  beforeAll(() => {
    finder = new HumanFaceFinder({ human, log });
  });
  afterAll(() => finder.stop());

  it('finds the face of a portrait, where it is in the whole picture and where it looks', async () => {
    const large = await sharp(await astronaut())
      .resize(1536, 1536)
      .jpeg()
      .toBuffer();
    const [face, ...more] = await facesIn(large);
    expect(more).toEqual([]);
    expect(face?.box.left).toBeGreaterThan(380);
    expect(face?.box.left).toBeLessThan(700);
    expect(face?.box.width).toBeGreaterThan(300);
    expect(face?.box.width).toBeLessThan(560);
    expect(Math.abs(face?.yaw ?? 90)).toBeLessThan(20);
    expect(face?.traits).toHaveLength(1024);
    // She was in her forties: what a model reckons is no more than a hint.
    expect(face?.age).toBeGreaterThan(20);
    expect(face?.age).toBeLessThan(60);
  });

  it('finds nobody where there is nobody', async () => {
    expect(await facesIn(await photograph(900, 700, { seed: 3 }))).toEqual([]);
    const plain = sharp({ create: { width: 700, height: 700, channels: 3, background: '#987' } });
    expect(await facesIn(await plain.jpeg().toBuffer())).toEqual([]);
  });

  it('knows the same person again: mirrored, darker, blurred', async () => {
    const whole = await astronaut();
    const [face] = await facesIn(whole);
    for (const change of [
      (one: Sharp) => one.flop(),
      (one: Sharp) => one.linear(0.6, 0),
      (one: Sharp) => one.blur(1.5),
      (one: Sharp) => one.resize(300).jpeg({ quality: 40 }),
    ]) {
      const [again] = await facesIn(await change(sharp(whole)).jpeg().toBuffer());
      expect(
        resemblance(face?.traits ?? Float32Array.of(), again?.traits ?? Float32Array.of()),
      ).toBeGreaterThan(0.7);
    }
  });

  it('finds two people side by side, and a face that is too small to learn from', async () => {
    const one = await sharp(await astronaut())
      .extract({ left: 100, top: 0, width: 260, height: 300 })
      .toBuffer();
    const two = sharp({ create: { width: 620, height: 300, channels: 3, background: '#777' } });
    const both = await two
      .composite([
        { input: one, left: 0, top: 0 },
        { input: await sharp(one).flop().toBuffer(), left: 340, top: 0 },
      ])
      .jpeg()
      .toBuffer();
    expect(await facesIn(both)).toHaveLength(2);
    const wide = sharp({ create: { width: 900, height: 1000, channels: 3, background: '#777' } });
    const far = await wide
      .composite([{ input: one, left: 300, top: 500 }])
      .jpeg()
      .toBuffer();
    const [small] = await facesIn(far);
    if (small === undefined) throw new Error('it was not found');
    expect(isSmall(small, { width: 900, height: 1000 })).toBe(true);
  });

  it('gives back what it takes: after many pictures the library holds no more than after one', async () => {
    await facesIn(await astronaut());
    const before = finder.tensors;
    for (let count = 0; count < 5; count += 1) await facesIn(await astronaut());
    expect(before).toBeGreaterThan(0);
    expect(finder.tensors).toBe(before);
  });

  it('looks once at a picture, and forgets all of them when it stops', async () => {
    let reads = 0;
    const look = () =>
      finder.find('remembered', () => {
        reads += 1;
        return astronaut();
      });
    await Promise.all([look(), look()]);
    await look();
    expect(reads).toBe(1);
    await finder.stop();
    expect(await look()).toHaveLength(1);
    expect(reads).toBe(2);
  });

  it('says in the log what it could not look at, and goes on with the next', async () => {
    expect(await finder.find('broken', async () => Buffer.from('no picture'))).toBeNull();
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn' });
    expect(await facesIn(await astronaut())).toHaveLength(1);
  });
});

describe('a thread that finds faces', () => {
  let folder: string;
  afterEach(() => rm(folder, { recursive: true }));

  /** A library of that source in place of the real one. */
  async function withLibrary(source: string, settings = {}) {
    folder = await mkdtemp(join(tmpdir(), 'faces-'));
    const library = join(folder, 'library.cjs');
    await writeFile(library, source);
    const log = new RecordingLogger();
    const finder = new HumanFaceFinder({ human: { ...(human as InstalledHuman), library }, log }, settings);
    return { finder, log };
  }

  it('asks no network for anything', async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      response.end();
    }).listen(0);
    const { port } = server.address() as AddressInfo;
    const { finder, log } = await withLibrary(
      `exports.Human = class { async init() { await fetch('http://127.0.0.1:${port}/model.json'); } }`,
    );
    expect(await finder.find('a', astronaut)).toBeNull();
    expect(asked).toBe(0);
    expect(JSON.stringify(log.lines.map(({ facts }) => String(facts.error)))).toContain('nothing but files');
    await finder.stop();
    server.close();
  });

  it('is given up when it does not answer, and the next picture gets another', async () => {
    const flag = join(tmpdir(), `faces-flag-${process.pid}`);
    const { finder, log } = await withLibrary(
      `const { appendFileSync, existsSync, writeFileSync } = require('node:fs');
       exports.Human = class {
         tf = {
           engine: () => ({ startScope() {}, endScope() {} }),
           tensor4d: () => ({}),
           memory: () => ({ numTensors: 1 }),
         };
         async init() {}
         async load() {}
         async detect() {
           if (existsSync(${JSON.stringify(flag)})) return { face: [] };
           writeFileSync(${JSON.stringify(flag)}, '');
           for (;;) appendFileSync(${JSON.stringify(`${flag}-beats`)}, '.');
         }
       }`,
      { seconds: 3 },
    );
    expect(await finder.find('a', astronaut)).toBeNull();
    expect(log.lines).toHaveLength(1);
    expect(await finder.find('b', astronaut)).toEqual([]);
    // The first thread has ended: it would go on for ever.
    const beats = async () => (await stat(`${flag}-beats`)).size;
    const then = await beats();
    expect(await finder.find('c', astronaut)).toEqual([]);
    expect(await beats()).toBe(then);
    await finder.stop();
    await Promise.all([rm(flag), rm(`${flag}-beats`)]);
  });

  it('is none where the library is not installed: nothing is read, nothing is said', async () => {
    folder = await mkdtemp(join(tmpdir(), 'faces-'));
    const log = new RecordingLogger();
    const finder = new HumanFaceFinder({ human: null, log });
    const read = () => readFile(join(folder, 'never.jpg'));
    expect(await finder.find('a', read)).toBeNull();
    expect(log.lines).toEqual([]);
    const missing = Object.assign(new Error('Cannot find module'), { code: 'MODULE_NOT_FOUND' });
    const resolve = (name: string) => {
      if (name.startsWith('@tensorflow')) throw missing;
      return createRequire(import.meta.url).resolve(name);
    };
    expect(installedHuman(resolve)).toBeNull();
  });
});
