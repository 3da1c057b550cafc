import { describeProblem } from '../errors.js';
import { type UserId, userId } from '../ids.js';
import { storable } from '../text/storable-text.js';
import type { AvatarModel } from './avatar-model.js';
import { checkAvatarName, tidyAvatarName } from './avatar-name.js';
import type { AvatarType } from './avatar-type.js';

export interface ImportedAvatar {
  readonly kind: 'avatar';
  /** The old table's `id`. */
  readonly legacyId: string;
  readonly owner: UserId;
  /** 2-50 characters. */
  readonly name: string;
  readonly type: AvatarType;
  readonly model: AvatarModel;
  readonly trigger: string;
  readonly isMain: boolean;
  readonly gender?: string;
}

export interface SkippedRow {
  readonly kind: 'skipped';
  /** The old table's `id`; empty when the row has none. */
  readonly id: string;
  /** For the operator, in English. */
  readonly reason: string;
}

/** What a model was trained on when the old table forgot to say. */
const forgottenTrigger = 'TOK';

/** Brings one row of the old `avatars` table (an object with the column names) over, or says why it cannot. */
export function fromLegacyRow(row: unknown): ImportedAvatar | SkippedRow {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    return { kind: 'skipped', id: '', reason: 'not an object with the columns of the old table' };
  }
  const column = (name: string): string => text(Object.entries(row).find(([key]) => key === name)?.[1]);
  const id = column('id');
  const skipped = (reason: string): SkippedRow => ({ kind: 'skipped', id, reason });

  if (id === '') return skipped('no id');
  const status = column('status');
  if (status.toLowerCase() !== 'completed') return skipped(`status is "${status}", not completed`);
  const owner = column('telegram_id');
  if (!/^[1-9]\d{0,15}$/.test(owner)) return skipped(`telegram_id "${owner}" is not a Telegram id`);
  const name = tidyAvatarName(column('name'));
  const [badName] = checkAvatarName(name);
  if (badName !== undefined) return skipped(describeProblem(badName));
  const type = typeNames.get(column('training_type').toLowerCase());
  if (type === undefined) {
    return skipped(`training_type "${column('training_type')}" is unknown, allowed are portrait and style`);
  }
  const model = type === 'portrait' ? lora(column) : artisticModel(column);
  if (typeof model === 'string') return skipped(model);
  const gender = column('gender').toLowerCase();
  return {
    kind: 'avatar',
    legacyId: id,
    owner: userId(owner),
    name,
    type,
    model,
    trigger: column('trigger_phrase') || column('trigger_word') || forgottenTrigger,
    isMain: ['true', 't', '1'].includes(column('is_main').toLowerCase()),
    ...(gender === '' ? {} : { gender }),
  };
}

type Column = (name: string) => string;

const typeNames: ReadonlyMap<string, AvatarType> = new Map([
  ['portrait', 'portrait'],
  ['style', 'artistic'],
  ['artistic', 'artistic'],
]);

/** A finetune by the new column, by the older one, else weights; or what is wrong with the first that stands there. */
function artisticModel(column: Column): AvatarModel | string {
  const candidates = [
    ...['finetune_id', 'model'].filter((name) => column(name) !== '').map((name) => finetune(column, name)),
    ...(column('diffusers_lora_file_url') === '' ? [] : [lora(column)]),
  ];
  return (
    candidates.find((candidate) => typeof candidate !== 'string') ??
    candidates[0] ??
    'holds no model: finetune_id, model and diffusers_lora_file_url are empty'
  );
}

/**
 * The old code sometimes kept the id of the training request as the result. Both ids are UUIDs, so only the row itself
 * can tell: such an id stands in its `fal_request_id` too.
 */
function finetune(column: Column, name: string): AvatarModel | string {
  const id = column(name);
  if (id.toLowerCase() === column('fal_request_id').toLowerCase())
    return `${name} "${id}" is the id of a request, not of a finetune`;
  if (/[\s/]/.test(id)) return `${name} "${id}" is not the id of a finetune`;
  return { kind: 'finetune', id };
}

function lora(column: Column): AvatarModel | string {
  const url = column('diffusers_lora_file_url');
  if (url === '') return 'holds no LoRA weights: diffusers_lora_file_url is empty';
  if (!URL.canParse(url)) return 'diffusers_lora_file_url is not an address';
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:') return 'diffusers_lora_file_url is not an https address';
  // Stored by the old code when training had failed: there never was such a file.
  if (hostname.includes('fallback')) return `diffusers_lora_file_url was invented (host ${hostname})`;
  return { kind: 'lora', url };
}

function text(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return storable(value).trim();
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return '';
  }
}
