import type { Avatar, AvatarStatus } from '../../../src/domain/avatar/avatar.js';
import type { AvatarModel } from '../../../src/domain/avatar/avatar-model.js';
import { avatarId } from '../../../src/domain/ids.js';
import { longAgo, nextUuid, someone } from './ids.js';

/** An avatar known to be in this state. */
export type AvatarIn<Status extends AvatarStatus> = Status extends 'draft' | 'training'
  ? Extract<Avatar, { status: 'draft' | 'training' }> & { status: Status }
  : Extract<Avatar, { status: Status }>;

export const aLoraModel: AvatarModel = { kind: 'lora', url: 'https://weights.example/person.safetensors' };
export const aFinetuneModel: AvatarModel = { kind: 'finetune', id: 'finetune-of-a-style' };

/** The state, and what else matters to the test. */
export type AvatarChanges<Status extends AvatarStatus> = { status?: Status } & Partial<
  Omit<AvatarIn<Status>, 'status'>
>;

const basics = () => ({
  id: avatarId(nextUuid()),
  owner: someone,
  name: 'Ada',
  type: 'portrait' as const,
  trigger: 'TOK',
  isMain: false,
  defaultStrength: null,
  createdAt: longAgo,
});

const inState: { readonly [Status in AvatarStatus]: () => AvatarIn<Status> } = {
  draft: () => ({ ...basics(), status: 'draft' }),
  training: () => ({ ...basics(), status: 'training' }),
  ready: () => ({ ...basics(), status: 'ready', model: aLoraModel }),
  failed: () => ({ ...basics(), status: 'failed', reason: 'the photos were too dark' }),
};

/** Ready, a portrait that holds a LoRA, unless told otherwise. */
export function anAvatar<Status extends AvatarStatus = 'ready'>(
  changes: AvatarChanges<Status> = {},
): AvatarIn<NoInfer<Status>> {
  const status = changes.status ?? ('ready' as Status);
  return { ...inState[status](), ...changes, status };
}
