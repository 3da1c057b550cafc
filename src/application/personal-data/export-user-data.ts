import { Readable } from 'node:stream';
import { weightsOf } from '../../domain/avatar/avatar-versions.js';
import type { Generation } from '../../domain/generation/generation.js';
import type { UserId } from '../../domain/ids.js';
import type { Case } from '../../domain/operator/case.js';
import type { Asker } from '../input/request-context.js';
import type { ArchiveEntry, ArchiveWriter } from '../ports/archive-writer.js';
import { type MediaStore, NoSuchFile } from '../ports/media-store.js';
import type { Needs } from '../ports/needs.js';
import { ownData, type PersonNamed } from './stored-data.js';

const generationsAtOnce = 500;
const everyEntry = 1_000_000;

type Parts = Needs<
  | 'admissions'
  | 'quotas'
  | 'apiKeys'
  | 'avatarDrafts'
  | 'avatars'
  | 'broadcasts'
  | 'cases'
  | 'eventHooks'
  | 'generations'
  | 'ledger'
  | 'moneyMessages'
  | 'operatorActs'
  | 'personal'
  | 'photos'
  | 'payments'
  | 'preferences'
  | 'promos'
  | 'referrals'
  | 'subscriptions'
  | 'trainings'
  | 'users',
  'log'
> & {
  readonly media: Pick<MediaStore, 'read'>;
  readonly archives: ArchiveWriter;
};

/** Everything that is stored of a person as one ZIP, read while it is sent. */
export class ExportUserData {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `not_found` for somebody else's. */
  async execute(
    whose: PersonNamed,
    asker: Asker,
  ): Promise<{ readonly fileName: string; readonly body: Readable }> {
    const owner = ownData(whose, asker);
    const document = await this.describe(owner);
    const data = Buffer.from(JSON.stringify(document, withoutBigints, 2));
    const entries: ArchiveEntry[] = [
      { name: 'data.json', open: async () => Readable.from([data]) },
      ...document.images.map(({ mediaKey }) => this.file('images', mediaKey)),
      ...document.proofPictures.map(({ mediaKey }) => this.file('proofs', mediaKey)),
      ...document.photos.map(({ mediaKey }) => this.file('photos', mediaKey)),
      ...document.avatars.flatMap(weightsOf).map((mediaKey) => this.file('weights', mediaKey)),
    ];
    return { fileName: `my-data-${owner}.zip`, body: this.parts.archives.write(entries) };
  }

  private async describe(owner: UserId) {
    const { users, admissions, avatars, broadcasts, trainings, ledger, preferences } =
      this.parts.database.stores;
    const { avatarDrafts, photos, personal, operatorActs, cases, quotas, eventHooks, apiKeys } =
      this.parts.database.stores;
    const { payments, subscriptions, promos, referrals, moneyMessages } = this.parts.database.stores;
    return {
      user: await users.find(owner),
      apiKeys: (await apiKeys.list(owner)).map(({ digest: _, ...key }) => key),
      picturesADay: await quotas.limitOf(owner),
      access: (await admissions.of(owner)).admission,
      preferences: await preferences.of(owner),
      // What they said is not kept here: the messages are in the chat.
      broadcasts: await broadcasts.of(owner),
      avatars: await avatars.list(owner),
      drafts: await avatarDrafts.list(owner),
      // Their secrets were shown once; who finds this file shall not sign in our name.
      webhooks: await eventHooks.list(owner),
      photos: await photos.ofOwner(owner),
      trainings: await trainings.ofOwner(owner),
      generations: await this.generations(owner),
      images: await personal.images(owner),
      proofPictures: await personal.proofPictures(owner),
      cases: (await cases.concerning(owner)).map((each) => withoutOthers(each, owner)),
      // Who it was is the operator's own affair.
      acts: (await operatorActs.about(owner)).map(({ id: _, admin: __, ...act }) => act),
      payments: await payments.list(owner),
      subscriptions: await subscriptions.list(owner),
      // What they are still to be told of their money; a friend’s number is the friend’s.
      messagesOwed: (await moneyMessages.owed(owner)).map(({ kind, subject, createdAt }) =>
        kind === 'reward' ? { kind, createdAt } : { kind, createdAt, payment: subject },
      ),
      promoCodes: await promos.redeemed(owner),
      // Who the others are is theirs.
      invitedAt: (await referrals.find(owner))?.at ?? null,
      friendsInvited: (await referrals.broughtBy(owner)).map(({ at, credits, taken }) => ({
        at,
        credits,
        taken,
      })),
      credits: { ...(await ledger.account(owner)), entries: await ledger.history(owner, everyEntry) },
    };
  }

  private async generations(owner: UserId): Promise<Generation[]> {
    const all: Generation[] = [];
    const limit = generationsAtOnce;
    for (;;) {
      const page = await this.parts.database.stores.generations.list({ owner, limit, before: all.at(-1) });
      all.push(...page);
      if (page.length < limit) return all;
    }
  }

  private file(folder: string, key: string): ArchiveEntry {
    const name = `${folder}/${key.slice(key.lastIndexOf('/') + 1)}`;
    const open = async () => {
      try {
        return await this.parts.media.read(key);
      } catch (error) {
        // It may have been deleted since the list was made: the rest is worth having. Anything else is our fault.
        if (!(error instanceof NoSuchFile)) throw error;
        this.parts.log.warn('a file is left out of an export: it is gone', { key });
        return null;
      }
    };
    return { name, open };
  }
}

const withoutBigints = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

/** A report is told to whoever made it and, without them, to whom it is about. */
function withoutOthers({ id: _, person, reporter, ...rest }: Case, owner: UserId) {
  return reporter === owner ? { ...rest, from: 'you', decision: null } : { ...rest, about: person };
}
