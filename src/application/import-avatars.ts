import type { Avatar } from '../domain/avatar.js';
import { invalidInput } from '../domain/errors.js';
import { avatarId } from '../domain/ids.js';
import { fromLegacyRow, type ImportedAvatar } from '../domain/legacy-avatar.js';
import type { Policy } from './policy.js';
import type { Clock } from './ports/clock.js';
import type { Ids } from './ports/ids.js';
import type { Database, Stores } from './ports/stores/stores.js';
import { checkWeightsUrl } from './weights-url.js';
import { welcome } from './welcome.js';

export interface ImportReport {
  readonly imported: number;
  readonly updated: number;
  readonly skipped: ReadonlyArray<{ readonly id: string; readonly reason: string }>;
}

/** Brings the avatars of the old system over. Running it twice changes nothing. */
export class ImportAvatars {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly policy: Policy,
  ) {}

  /** All rows in one transaction. A `dryRun` reports what would happen and writes nothing. */
  async execute(rows: unknown, { dryRun = false } = {}): Promise<ImportReport> {
    if (!Array.isArray(rows))
      throw invalidInput([
        { field: 'file', code: 'malformed', allowed: 'a JSON array of rows of the old avatars table' },
      ]);
    const skipped: Array<{ id: string; reason: string }> = [];
    let imported = 0;
    let updated = 0;
    await this.database.transaction(async (stores) => {
      for (const row of rows) {
        const avatar = fromLegacyRow(row);
        if (avatar.kind === 'skipped') {
          skipped.push({ id: avatar.id, reason: avatar.reason });
          continue;
        }
        const [problem] =
          avatar.model.kind === 'lora'
            ? checkWeightsUrl('weights', avatar.model.url, this.policy.localAddresses)
            : [];
        if (problem !== undefined) {
          skipped.push({ id: avatar.legacyId, reason: `weights address refused: ${problem.code}` });
          continue;
        }
        const change = await this.take(stores, avatar, dryRun);
        if (change === 'imported') imported += 1;
        if (change === 'updated') updated += 1;
      }
    });
    return { imported, updated, skipped };
  }

  private async take(
    stores: Stores,
    legacy: ImportedAvatar,
    dryRun: boolean,
  ): Promise<'imported' | 'updated' | 'unchanged'> {
    const now = this.clock.now();
    const known = await stores.avatars.findByLegacyId(legacy.legacyId);
    const { owner, name, type, model, trigger } = legacy;
    if (known !== null && isSame(known, legacy)) return 'unchanged';
    if (dryRun) return known === null ? 'imported' : 'updated';
    await welcome(stores, owner, this.policy, now);
    // What its owner changed here since (their main avatar, its strength) stays as they made it.
    const kept = known ?? {
      id: avatarId(this.ids.uuid()),
      isMain: legacy.isMain && (await stores.avatars.mainOf(owner)) === null,
      defaultStrength: null,
      createdAt: now,
    };
    const { id, isMain, defaultStrength, createdAt } = kept;
    const avatar: Avatar = {
      id,
      owner,
      name,
      type,
      trigger,
      isMain,
      defaultStrength,
      createdAt,
      status: 'ready',
      model,
    };
    await stores.avatars.save(avatar, legacy.legacyId);
    return known === null ? 'imported' : 'updated';
  }
}

function isSame(known: Avatar, legacy: ImportedAvatar): boolean {
  const { owner, name, type, model, trigger } = legacy;
  if (known.status !== 'ready') return false;
  const held = known.model.kind === 'lora' ? known.model.url : known.model.id;
  const offered = model.kind === 'lora' ? model.url : model.id;
  return (
    known.owner === owner &&
    known.name === name &&
    known.type === type &&
    known.trigger === trigger &&
    known.model.kind === model.kind &&
    held === offered
  );
}
