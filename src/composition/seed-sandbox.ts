import type { Clock } from '../application/ports/clock.js';
import type { Database } from '../application/ports/stores/stores.js';
import type { Avatar } from '../domain/avatar/avatar.js';
import { avatarId, type UserId, userId } from '../domain/ids.js';

/** The people of the sandbox, as the local Telegram knows them. The first is the local user of the CLI. */
export const sandboxPeople: readonly { id: UserId; name: string; language: string }[] = [
  { id: userId('1'), name: 'You', language: 'en' },
  { id: userId('2'), name: 'Guest', language: 'ru' },
];

/** Enough play money to try everything; nobody pays for sandbox pictures. */
const demoCredits = 1000;

/** Gives each person of the sandbox two trained avatars and credits, once. */
export async function seedSandbox(database: Database, clock: Clock): Promise<void> {
  const now = clock.now();
  await database.transaction(async (stores) => {
    for (const [index, { id, name }] of sandboxPeople.entries()) {
      await stores.users.ensure({ id, displayName: name, now });
      const written = await stores.ledger.write(
        [{ user: id, kind: 'grant', amount: demoCredits, reason: `grant:sandbox-${id}:play money` }],
        now,
      );
      // The books forget nothing, so the gift tells whether this person had theirs: what they deleted stays deleted.
      if (written === 0) continue;
      for (const avatar of demoAvatars(index + 1, id, now)) await stores.avatars.save(avatar);
    }
  });
}

function demoAvatars(person: number, owner: UserId, createdAt: Date): Avatar[] {
  const id = (avatar: number) => avatarId(`0000000${person}-0000-4000-8000-00000000000${avatar}`);
  const basics = { owner, createdAt, defaultStrength: null, status: 'ready' } as const;
  return [
    {
      ...basics,
      id: id(1),
      name: 'demo-portrait',
      type: 'portrait',
      trigger: 'TOK',
      isMain: true,
      model: { kind: 'lora', url: 'https://v3.fal.media/files/sandbox/demo-portrait.safetensors' },
    },
    {
      ...basics,
      id: id(2),
      name: 'demo-artistic',
      type: 'artistic',
      trigger: 'ARTST',
      isMain: false,
      model: { kind: 'finetune', id: 'sandbox-demo-artistic' },
    },
  ];
}
