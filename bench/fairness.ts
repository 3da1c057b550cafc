import { setTimeout as sleep } from 'node:timers/promises';
import { type Rows, rounded } from './figures.js';
import { quantile, type Stage, startProgram, stopProgram } from './stage.js';

const wishes = 40;
const others = 10;

/** Ten places at fal; one person asks for forty pictures, then ten ask for one each: when those ten have theirs. */
export async function measureFairness(stage: Stage): Promise<Rows> {
  const worker = await startProgram({
    ...stage.environment,
    ...stage.webhooks,
    HTTP_PORT: '0',
    ROLES: 'worker',
    MAX_IN_FLIGHT: '10',
    MAX_IN_FLIGHT_PER_USER: '4',
  });
  const before = await stage.photos();
  for (let wish = 0; wish < wishes; wish += 1) stage.say(1, `/generate wish ${wish}`);
  for (let other = 1; other <= others; other += 1) stage.say(1 + other, '/generate the only one');
  for (let look = 0; look < 600 && (await stage.photos()) < before + wishes + others; look += 1)
    await sleep(100);
  await stopProgram(worker);
  const { requests, answers } = await stage.report();
  const photos = answers.filter(({ method }) => method === 'sendPhoto');
  const waits = (isTheirs: (person: number) => boolean) =>
    requests
      .filter(({ person }) => isTheirs(person))
      .map(({ person, message, at }) => {
        const photo = photos.find((photo) => photo.person === person && photo.message === message);
        return ((photo?.at ?? Number.NaN) - at) / 1000;
      });
  return [
    row(
      'ten places, ten people with one wish each beside one with forty: to their picture, s',
      waits((person) => person > 1),
    ),
    row(
      'the one with forty: to each picture, s',
      waits((person) => person === 1),
    ),
  ];
}

const row = (what: string, seconds: readonly number[]) => ({
  what,
  p50: rounded(quantile(seconds, 0.5), 1),
  p95: rounded(quantile(seconds, 0.95), 1),
  most: rounded(Math.max(...seconds), 1),
  n: seconds.length,
});
