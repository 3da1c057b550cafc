import type { BroadcastOutcome, BroadcastStatus } from '../../../../src/domain/operator/broadcast.js';
import type { BotApiCall } from '../../../../src/sandbox/telegram/bot-api/call-log.js';
import type { FaultDiary } from '../fault-diary.js';
import type { Fleet } from '../fleet.js';
import { databaseCrash, workerPause } from '../troubles.js';
import type { World } from '../world.js';
import type { Copy, KeptBroadcast, Spread } from './broadcast-audit.js';
import type { Told } from './news.js';

/** A process that is killed takes with it what came so few milliseconds ago. */
const unwritten = 5000;
/** How long the database takes to be back, and a process that was paused to write what it knows. */
const recovering = 10_000;
const waking = 5000;
/** What went on so many milliseconds before or after may have had a part in it. */
const around = 1000;

interface Scene {
  readonly world: World;
  readonly fleet: Fleet;
  readonly diary: FaultDiary;
}

/** What was asked for, what the books say, and what Telegram took. */
export async function readSpread({ world, fleet, diary }: Scene, told: Told): Promise<Spread> {
  const { people, leaver, operator, telegram } = world;
  const { broadcasts, previews } = await readKept(world);
  const isDoubtful = ({ answer, at }: BotApiCall): boolean => {
    const time = at.getTime();
    return (
      !answer.ok ||
      fleet.kills.some((kill) => kill > time - 500 && kill < time + unwritten) ||
      diary.turned(databaseCrash, time, recovering) ||
      diary.turned(workerPause, time, waking)
    );
  };
  const copies = telegram.calls.of('copyMessage').flatMap((call): Copy[] => {
    const { parameters, answer, at } = call;
    const broadcast = previews.get(Number(parameters.message_id));
    const person = Number(parameters.chat_id);
    const isTaken = answer.ok || ('dropped' in answer && answer.dropped === 'after');
    if (broadcast === undefined || person === operator || !isTaken) return [];
    return [{ broadcast, person, at: at.getTime(), isDoubtful: isDoubtful(call) }];
  });
  const storyOf = ({ at, isDoubtful: doubtful }: Copy) =>
    [
      `at ${diary.secondsAt(at)} s${doubtful ? ' (doubtful)' : ''}`,
      ...diary.wentOn(at - around, at + around).map((fault) => `beside ${fault}`),
    ].join(' ');
  return { ...told, broadcasts, copies, leaver, living: people.map(({ id }) => id), storyOf };
}

/** The broadcasts, and which message each is a copy of. */
async function readKept({ pool }: World) {
  const { rows } = await pool.query<{
    id: string;
    status: BroadcastStatus;
    createdAt: Date;
    endedAt: Date | null;
    preview: number;
  }>(`
    select id, status, created_at as "createdAt", ended_at as "endedAt",
      (message -> 'address' ->> 'message')::integer as preview from broadcasts`);
  const people = await pool.query<{ broadcast: string; person: string; state: BroadcastOutcome | 'waiting' }>(
    'select broadcast, user_id as person, state from broadcast_people',
  );
  const broadcasts = rows.map(
    ({ id, status, createdAt, endedAt }): KeptBroadcast => ({
      ...{ id, status, createdAt: createdAt.getTime(), endedAt: endedAt?.getTime() ?? null },
      readers: new Map(
        people.rows
          .filter(({ broadcast }) => broadcast === id)
          .map(({ person, state }) => [Number(person), state]),
      ),
    }),
  );
  return { broadcasts, previews: new Map(rows.map(({ id, preview }) => [preview, id])) };
}
