import type { Clock } from '../application/ports/clock.js';
import type { Database } from '../application/ports/stores/stores.js';
import type { Avatar } from '../domain/avatar/avatar.js';
import { avatarId, type UserId, userId } from '../domain/ids.js';

/**
 * The people of the sandbox, as the local Telegram knows them. The first is the local user of the CLI, and has avatars to
 * try at once. The second has none and meets the bot as a newcomer does.
 */
const you = { id: userId('1'), name: 'You', language: 'en' };
const guest = { id: userId('2'), name: 'Guest', language: 'ru' };
export const sandboxPeople: readonly { id: UserId; name: string; language: string }[] = [you, guest];

/** Enough play money to try everything; nobody pays for sandbox pictures. */
const demoCredits = 1000;

/** Gives each person of the sandbox credits, and the first one two trained avatars; once. */
export async function seedSandbox(database: Database, clock: Clock): Promise<void> {
  const now = clock.now();
  await database.transaction(async (stores) => {
    for (const { id, name } of sandboxPeople) {
      await stores.users.ensure({ id, displayName: name, now });
      const written = await stores.ledger.write(
        [{ user: id, kind: 'grant', amount: demoCredits, reason: `grant:sandbox-${id}:play money` }],
        now,
      );
      // The books forget nothing, so the gift tells whether this person had theirs: what they deleted stays deleted.
      if (written === 0 || id !== you.id) continue;
      for (const avatar of demoAvatars(id, now)) await stores.avatars.save(avatar);
    }
  });
}

function demoAvatars(owner: UserId, createdAt: Date): Avatar[] {
  const id = (avatar: number) => avatarId(`00000001-0000-4000-8000-00000000000${avatar}`);
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
