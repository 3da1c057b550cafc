import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultDiary } from './fault-diary.js';
import type { Fleet } from './fleet.js';
import type { World } from './world.js';

type Say = (line: string) => void;

/** One kind of disaster. A new one is a new entry in `troublesOf`, and a line in what the audit forgives. */
export interface Trouble {
  readonly name: string;
  readonly times: number;
  /** May last longer than the time to the next one, which does not wait for it. */
  happen(random: () => number, say: Say): Promise<unknown>;
}

/** Names in the diary. */
export const databaseCrash = 'a crash of the database';
export const workerPause = 'a pause of a worker';

export interface TroubleOptions {
  readonly kills: number;
  readonly databaseCrashes: number;
  /** How often a worker is stopped (SIGSTOP), and for how many seconds: after a minute it is taken for dead. */
  readonly pauses: number;
  readonly pauseSeconds: number;
}

export function troublesOf(world: World, fleet: Fleet, options: TroubleOptions): readonly Trouble[] {
  const anyOf = (names: readonly string[], random: () => number) =>
    names[Math.floor(random() * names.length)] ?? '';
  // Who has people in front of him is not paused: nobody else answers them.
  const workers = fleet.names.filter((name) => name !== 'front');
  // A slow start may take longer than the pause before the next kill, which must not meet a process that is not up.
  let allUp: Promise<void> = Promise.resolve();
  return [
    {
      name: databaseCrash,
      times: options.databaseCrashes,
      async happen(_random, say) {
        say('the database crashes');
        await world.crashDatabase();
      },
    },
    {
      name: 'kill -9',
      times: options.kills,
      async happen(random, say) {
        const victim = anyOf(fleet.names, random);
        allUp = allUp.then(async () => {
          say(`kill -9 of ${victim}`);
          await fleet.kill(victim);
          await sleep(300);
          await startAgain(fleet, victim, say);
        });
        await allUp;
      },
    },
    {
      name: workerPause,
      times: options.pauses,
      async happen(random, say) {
        const victim = anyOf(workers, random);
        say(`${victim} is stopped for ${options.pauseSeconds} s`);
        await fleet.pause(victim, options.pauseSeconds);
        say(`${victim} goes on`);
      },
    },
  ];
}

/** All of them in a random order, spread over the time. Resolves when the last is over. */
export async function makeTrouble(
  troubles: readonly Trouble[],
  { seconds, random, diary, say }: { seconds: number; random: () => number; diary: FaultDiary; say: Say },
): Promise<void> {
  const events = troubles.flatMap((trouble) => Array.from({ length: trouble.times }, () => trouble));
  const order = events.map((trouble) => ({ trouble, at: random() })).sort((one, other) => one.at - other.at);
  const pause = (seconds * 1000) / (events.length + 1);
  const lasting: Promise<unknown>[] = [];
  for (const { trouble } of order) {
    await sleep(pause * (0.5 + random() / 2));
    const over = diary.during(trouble.name, () => trouble.happen(random, say));
    lasting.push(over);
    // Kills and crashes come one after the other, as long as they are short.
    await Promise.race([over, sleep(pause)]);
  }
  await Promise.all(lasting);
}

/** As a supervisor would: a process that finds the database in recovery ends and is started again. */
export async function startAgain(fleet: Fleet, name: string, say: Say): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt += 1) {
    try {
      return await fleet.start(name);
    } catch (error) {
      say(`${name} did not start: ${error instanceof Error ? error.message : error}`);
      await sleep(500);
    }
  }
  throw new Error(`${name} cannot be started`);
}
