import type { Selectable } from 'kysely';
import type { Avatar } from '../../../domain/avatar/avatar.js';
import type { Tables } from '../schema/tables.js';
import { inRow, toModel } from '../schema/weights-in-rows.js';

export type AvatarRow = Omit<Selectable<Tables['avatars']>, 'legacyId'>;

export function toColumns(avatar: Avatar) {
  return {
    ...basicsOf(avatar),
    status: avatar.status,
    model: avatar.status === 'ready' ? JSON.stringify(inRow(avatar.model)) : null,
    earlier: JSON.stringify(
      avatar.status === 'ready'
        ? (avatar.earlier ?? []).map((one) => ({ ...one, model: inRow(one.model) }))
        : [],
    ),
    failureReason: avatar.status === 'failed' ? avatar.reason : null,
  };
}

/** A row of `avatars` as one value, which `fromJson` reads. */
export const avatarAsJson = `json_build_object('id', id, 'owner', owner, 'name', name, 'type', type, 'status', status,
  'model', model, 'failureReason', failure_reason, 'trigger', trigger, 'isMain', is_main,
  'defaultStrength', default_strength, 'earlier', earlier, 'createdAt', created_at)`;

export type AvatarAsJson = Omit<AvatarRow, 'createdAt'> & { readonly createdAt: string };

export const fromJson = (avatar: AvatarAsJson): Avatar =>
  toAvatar({ ...avatar, createdAt: new Date(avatar.createdAt) });

/** What an avatar has in every state, of a row or of an avatar. */
const basicsOf = (avatar: AvatarRow | Avatar) => {
  const { id, owner, name, type, trigger, isMain, defaultStrength, createdAt } = avatar;
  return { id, owner, name, type, trigger, isMain, defaultStrength, createdAt };
};

export function toAvatar(row: AvatarRow): Avatar {
  const basics = basicsOf(row);
  switch (row.status) {
    case 'ready':
      if (row.model === null) throw new Error(`avatar ${row.id} is ready but holds no model`);
      return { ...basics, status: row.status, model: toModel(row.model), ...earlierOf(row) };
    case 'draft':
    case 'training':
      return { ...basics, status: row.status };
    case 'failed':
      return { ...basics, status: row.status, reason: row.failureReason ?? '' };
    default:
      return row.status satisfies never;
  }
}

function earlierOf(row: AvatarRow) {
  const earlier = row.earlier.map(({ model, replacedAt, ...rest }) => ({
    ...rest,
    model: toModel(model),
    replacedAt: new Date(replacedAt),
  }));
  return earlier.length === 0 ? {} : { earlier };
}
