import { IsString, Length } from 'class-validator';
import { userId } from '../../../domain/ids.js';
import { checkedInput, type Sent } from '../../input/input-validation.js';
import type { Needs } from '../../ports/needs.js';
import type { User } from '../../ports/stores/user-store.js';

const words = { context: { allowed: 'a number, or 1-100 characters of a name' } };

export class PeopleAsked {
  @IsString() @Length(1, 100, words) words!: string;
}

const shownAtOnce = 8;

/** Finds people by their number, or by a part of the name that they have in the way in they came by. */
export class FindPeople {
  constructor(private readonly parts: Needs<'users' | 'people'>) {}

  async execute(given: Sent<PeopleAsked>): Promise<readonly User[]> {
    const { words } = checkedInput(PeopleAsked, given);
    const { users, people } = this.parts.database.stores;
    const known = /^[1-9]\d{0,19}$/.test(words) ? await users.find(userId(words)) : null;
    return known === null ? people.named(words, shownAtOnce) : [known];
  }
}
