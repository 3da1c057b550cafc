import type { Finding } from '../adapters/cli/cli-host.js';
import { type InstalledHuman, installedHuman } from '../adapters/faces/installed-human.js';

/** Whether faces in photos are looked at. Both is well: without it photos are judged as they are elsewhere. */
export function checkFaces(human: InstalledHuman | null = installedHuman()): Finding {
  const detail =
    human === null
      ? 'not looked at: the optional package @vladmandic/human or one of its parts is missing. Photos are taken ' +
        'without a word about faces, and proof sheets are not sorted by likeness; `npm install` brings it'
      : 'looked at in photos and proof sheets, on this machine alone';
  return { subject: 'faces', ok: true, detail };
}
