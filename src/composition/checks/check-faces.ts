import type { Finding } from '../../adapters/cli/cli-host.js';
import { type InstalledHuman, installedHuman } from '../../adapters/faces/installed-human.js';
import type { Config } from '../settings/config.js';

const without = 'Photos are taken without a word about faces, and proof sheets are not sorted by likeness';

/** Whether faces in photos are looked at. All is well either way: without it photos are judged as they are elsewhere. */
export function checkFaces(
  { lookAtFaces }: Pick<Config, 'lookAtFaces'>,
  find: () => InstalledHuman | null = installedHuman,
): Finding {
  const is = (detail: string): Finding => ({ subject: 'faces', ok: true, detail });
  if (!lookAtFaces) return is(`not looked at: LOOK_AT_FACES is false. ${without}`);
  if (find() !== null) return is('looked at in photos and proof sheets, on this machine alone');
  return is(
    'not looked at: the optional package @vladmandic/human or one of its parts is missing. ' +
      `${without}; \`npm install\` brings it`,
  );
}
