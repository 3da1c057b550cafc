import { DomainError } from '../../../domain/errors.js';
import type { Generation } from '../../../domain/generation/generation.js';
import type { Overrides } from '../../../domain/generation/overrides.js';
import type { PresetName } from '../../../domain/generation/preset.js';
import type { AvatarId } from '../../../domain/ids.js';

/** A request in the words of an earlier one. */
interface AskedBefore {
  readonly avatar: AvatarId;
  readonly companion: AvatarId | undefined;
  readonly preset: PresetName;
  readonly prompt: string;
  /** With its seed. */
  readonly overrides: Overrides;
}

/**
 * What somebody asked for in an earlier job, to be asked for again.
 * @throws DomainError `not_found` when there is none, when it is an enlargement, or when its avatar is gone
 */
export function askedBefore(earlier: Generation | null): AskedBefore {
  if (earlier === null || earlier.preset === null)
    throw new DomainError({ code: 'not_found', what: 'generation' });
  const { avatar, companion, preset, prompt, overrides } = earlier;
  if (avatar === null) throw new DomainError({ code: 'not_found', what: 'avatar' });
  return { avatar, companion: companion ?? undefined, preset, prompt, overrides };
}
