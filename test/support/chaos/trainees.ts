import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { FolderMediaStore } from '../../../src/adapters/media/folder-media-store.js';
import type { PostgresDatabase } from '../../../src/adapters/postgres/postgres-database.js';
import { randomIds } from '../../../src/adapters/system/random-ids.js';
import { systemClock } from '../../../src/adapters/system/system-clock.js';
import { RequestTraining } from '../../../src/application/training/request-training.js';
import { loadConfig } from '../../../src/composition/settings/config.js';
import { DomainError } from '../../../src/domain/errors.js';
import { avatarId, photoId, userId } from '../../../src/domain/ids.js';
import { usualPrices } from '../../../src/domain/provider-prices.js';
import { photograph } from '../photographs.js';
import type { World } from './world.js';

const photosEach = 10;

const traineeOf = (person: number) => avatarId(`00000000-0000-4000-8001-${String(person).padStart(12, '0')}`);
export const traineeName = (person: number): string => `trainee ${person}`;
const originOf = (person: number) => ({
  transport: 'telegram',
  address: { chat: person, message: null, language: 'en', quiet: false, quoted: false },
});

/** Gives these people a draft with consent, ten photos and more credits than they need. */
export async function trainees(
  database: PostgresDatabase,
  mediaDir: string,
  people: ReadonlyArray<{ readonly id: number }>,
): Promise<void> {
  if (people.length === 0) return;
  const media = new FolderMediaStore({ root: mediaDir });
  const pictures: Buffer[] = [];
  for (let seed = 1; seed <= photosEach; seed += 1) pictures.push(await photograph(600, 700, { seed }));
  const now = new Date();
  for (const { id } of people) {
    const mine = { owner: userId(String(id)), avatar: traineeOf(id) };
    const photos = await Promise.all(
      pictures.map(async (bytes) => {
        const photo = photoId(randomIds.uuid());
        const {
          contentType: _,
          sha256: __,
          ...file
        } = await media.saveImage(`photos/${mine.avatar}/${photo}`, inOnePiece(bytes));
        return { id: photo, bytes, file };
      }),
    );
    await database.transaction(async (stores) => {
      await stores.ledger.write(
        [{ user: mine.owner, kind: 'grant', amount: 1000, reason: `grant:training:${id}` }],
        now,
      );
      await stores.avatars.save({
        id: mine.avatar,
        owner: mine.owner,
        name: traineeName(id),
        type: 'portrait',
        trigger: null,
        isMain: false,
        defaultStrength: null,
        createdAt: now,
        status: 'draft',
      });
      const consent = { subject: 'self', adults: true, givenAt: now } as const;
      await stores.avatarDrafts.save({
        ...mine,
        consent,
        origin: originOf(id),
        openedAt: null,
        named: false,
        transportState: {},
        createdAt: now,
      });
      for (const [index, photo] of photos.entries())
        await stores.photos.add({
          ...mine,
          ...photo.file,
          id: photo.id,
          status: 'kept',
          warnings: [],
          sourceSha256: createHash('sha256').update(photo.bytes).digest('hex'),
          upload: null,
          fingerprint: index.toString(16).repeat(16),
          faceCount: null,
          faceYaw: null,
          looksYoung: null,
          createdAt: now,
        });
    });
  }
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Has one of them ask for their training, as often as it takes until it is accepted or refused with a word. */
export async function train({ database, environment }: World, person: number): Promise<string> {
  const { policy, trainingPolicy } = loadConfig(environment);
  const request = new RequestTraining({
    database,
    clock: systemClock,
    ids: randomIds,
    policy: { ...policy, picturePrices: [], providerPrices: usualPrices },
    trainingPolicy,
  });
  for (;;)
    try {
      await request.execute(
        { avatar: traineeOf(person), speed: 'fast' },
        { owner: userId(String(person)), requestKey: `chaos:${person}` },
      );
      return 'accepted';
    } catch (error) {
      if (error instanceof DomainError && error.code !== 'away_now') return error.code;
      // The database is away, or what trains: a person would ask again too.
      await sleep(1000);
    }
}
