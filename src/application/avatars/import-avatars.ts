import type { Avatar } from '../../domain/avatar/avatar.js';
import { type AvatarModel, isInFile, sourceOf } from '../../domain/avatar/avatar-model.js';
import { foreignWeights } from '../../domain/avatar/avatar-versions.js';
import { fromLegacyRow, type ImportedAvatar } from '../../domain/avatar/legacy-avatar.js';
import { DomainError, invalidInput } from '../../domain/errors.js';
import { avatarId } from '../../domain/ids.js';
import type { Policy } from '../policy/policy.js';
import type { Needs } from '../ports/needs.js';
import type { Stores } from '../ports/stores/stores.js';
import { saveReadyAvatar } from './save-ready-avatar.js';
import type { WeightsLook } from './weights-look.js';
import { checkWeightsUrl } from './weights-url.js';

type Touched = 'avatars' | 'ledger' | 'users';

export interface ImportReport {
  readonly imported: number;
  readonly updated: number;
  readonly skipped: ReadonlyArray<{ readonly id: string; readonly reason: string }>;
}

/** What became of one row; `imported` and `updated` of a dry run are what would have. */
export interface ImportedRow {
  /** The old table's `id`; empty when the row has none. */
  readonly id: string;
  readonly outcome: 'imported' | 'updated' | 'unchanged' | 'skipped';
  /** Why it was skipped, or what to know of it. */
  readonly reason?: string;
}

export interface ImportOptions {
  /** Reports what would happen and writes nothing. */
  readonly dryRun?: boolean | undefined;
  /** Brings back what its owner deleted here; otherwise it is skipped. */
  readonly restoreDeleted?: boolean | undefined;
  /** Told of each row in its turn. */
  readonly onRow?: ((row: ImportedRow) => void) | undefined;
}

type Options = Omit<ImportOptions, 'onRow'>;

type Parts = Needs<Touched, 'clock' | 'ids'> & { readonly policy: Policy; readonly look: WeightsLook };

/**
 * Brings the avatars of the old system over. Running it twice changes nothing; what was deleted or chosen here stays so.
 */
export class ImportAvatars {
  constructor(private readonly parts: Parts) {}

  /**
   * Each row in a transaction of its own: people go on using their avatars meanwhile, and what was brought over before
   * a fault stays. @throws DomainError `invalid_input` when they are no list.
   */
  async execute(
    rows: unknown,
    { onRow = () => undefined, ...options }: ImportOptions = {},
  ): Promise<ImportReport> {
    if (!Array.isArray(rows))
      throw invalidInput([
        { field: 'file', code: 'malformed', allowed: 'a JSON array of rows of the old avatars table' },
      ]);
    const results: ImportedRow[] = [];
    for (const row of rows) {
      const result = await this.takeRow(row, options);
      results.push(result);
      onRow(result);
    }
    const count = (wanted: ImportedRow['outcome']) =>
      results.filter(({ outcome }) => outcome === wanted).length;
    return {
      imported: count('imported'),
      updated: count('updated'),
      skipped: results.flatMap(({ id, outcome, reason = '' }) =>
        outcome === 'skipped' ? [{ id, reason }] : [],
      ),
    };
  }

  private async takeRow(row: unknown, options: Options): Promise<ImportedRow> {
    const avatar = fromLegacyRow(row);
    if (avatar.kind === 'skipped') return { id: avatar.id, outcome: 'skipped', reason: avatar.reason };
    const id = avatar.legacyId;
    const [problem] = isInFile(avatar.model)
      ? checkWeightsUrl('weights', avatar.model.url, this.parts.policy.localAddresses)
      : [];
    if (problem !== undefined)
      return { id, outcome: 'skipped', reason: `weights address refused: ${problem.code}` };
    const found = await this.lookAt(avatar);
    if (found.foreign !== undefined) return { id, outcome: 'skipped', reason: found.foreign };
    const taken = await this.parts.database.transaction((stores) => this.takeAvatar(stores, avatar, options));
    return found.doubt === undefined || taken.outcome === 'skipped'
      ? taken
      : { ...taken, reason: found.doubt };
  }

  /** Outside of any transaction: the other side may take its time. What is here already is not looked at. */
  private async lookAt(legacy: ImportedAvatar): Promise<{ foreign?: string; doubt?: string }> {
    const { model, legacyId } = legacy;
    const known = await this.parts.database.stores.avatars.findByLegacyId(legacyId);
    if (known !== null && updated(known, legacy) === null) return {};
    try {
      const doubt = await this.parts.look.doubt(model);
      return doubt === null ? {} : { doubt };
    } catch (error) {
      if (error instanceof DomainError) return { foreign: error.message };
      throw error;
    }
  }

  private async takeAvatar(
    stores: Pick<Stores, Touched>,
    avatar: ImportedAvatar,
    { dryRun, restoreDeleted }: Options,
  ): Promise<ImportedRow> {
    const { legacyId: id, owner, name, type, model, trigger } = avatar;
    const found = await stores.avatars.findByLegacyId(id);
    // Under its lock: a training that ends meanwhile must not be written over.
    const known = found && (await stores.avatars.lock(found.owner, found.id));
    if (known !== null && known.owner !== owner)
      return { id, outcome: 'skipped', reason: 'is somebody else’s here, and stays theirs' };
    if (known === null && restoreDeleted !== true && (await stores.avatars.wasDeleted(id)))
      return { id, outcome: 'skipped', reason: 'was deleted here; --restore-deleted brings it back' };
    if (known !== null) {
      const next = updated(known, avatar);
      if (next === null) return { id, outcome: 'unchanged' };
      if (dryRun !== true) await stores.avatars.save(next);
      return { id, outcome: 'updated' };
    }
    if (dryRun !== true) {
      const fresh = { id: avatarId(this.parts.ids.uuid()), owner, name, type, trigger, model };
      const isMain = (isFirst: boolean) => avatar.isMain && isFirst;
      await saveReadyAvatar(stores, this.parts, fresh, { isMain, legacyId: id });
    }
    return { id, outcome: 'imported' };
  }
}

/**
 * The model with its type and its trigger is all that another import may change. The rest is its owner's: its name,
 * whether it is their main one, its strength, what they can go back to. `null` when nothing changes.
 */
function updated(known: Avatar, { type, model, trigger }: ImportedAvatar): Avatar | null {
  if (known.status === 'failed' && known.reason === foreignWeights) {
    const { reason: _, ...basics } = known;
    return { ...basics, type, trigger, status: 'ready', model };
  }
  // Trained anew here since: what the old system has to say about its model is history.
  if (known.status !== 'ready' || isTrainedHere(known.model)) return null;
  const isModelHeld = isSameModel(known.model, model);
  if (isModelHeld && known.type === type && known.trigger === trigger) return null;
  return { ...known, type, trigger, model: isModelHeld ? known.model : model };
}

const isTrainedHere = (model: AvatarModel): boolean =>
  isInFile(model) && model.mediaKey !== undefined && model.importedFrom === undefined;

/** A copy that was made here is still what was offered. */
const isSameModel = (held: AvatarModel, offered: AvatarModel): boolean =>
  held.kind === offered.kind && sourceOf(held) === sourceOf(offered);
