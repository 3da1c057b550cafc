import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { DomainError } from '../../../domain/errors.js';
import { userId } from '../../../domain/ids.js';
import type { Operator } from '../../../domain/operator/act.js';
import { checkedInput, type Sent } from '../../input/input-validation.js';
import { IsUserId } from '../../input/user-id.js';
import type { Needs } from '../../ports/needs.js';

const pictures = { context: { allowed: 'a whole number 0-100000' } };

export class PictureLimit {
  @IsUserId() user!: string;
  /** A day; `null`: as many as everybody. */
  @IsOptional() @IsInt(pictures) @Min(0, pictures) @Max(100_000, pictures) pictures!: number | null;
}

/** Sets how many pictures one person may order a day, where there is such a limit. */
export class LimitPictures {
  constructor(private readonly parts: Needs<'quotas' | 'operatorActs' | 'users', 'clock'>) {}

  /** @throws DomainError `invalid_input`, `not_found`: nobody of that number has ever come */
  async execute(given: Sent<PictureLimit>, { admin }: { readonly admin: Operator }): Promise<void> {
    const input = checkedInput(PictureLimit, given);
    const user = userId(input.user);
    const limit = input.pictures ?? null;
    const at = this.parts.clock.now();
    await this.parts.database.transaction(async ({ users, quotas, operatorActs }) => {
      if ((await users.find(user)) === null) throw new DomainError({ code: 'not_found', what: 'person' });
      await quotas.setLimit(user, limit);
      const details = { pictures: limit };
      await operatorActs.write({ at, admin, act: 'picture-limit', subject: user, why: null, details });
    });
  }
}
