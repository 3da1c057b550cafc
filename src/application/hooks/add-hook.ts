import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsString } from 'class-validator';
import { DomainError, type Problem } from '../../domain/errors.js';
import { type EventHook, type HookEvent, hookEventNames, mostHooks } from '../../domain/hooks/event-hook.js';
import { MayBeAbsent, readInput, refuseIfWrong, type Sent } from '../input/input-validation.js';
import type { Asker } from '../input/request-context.js';
import type { Policy } from '../policy/policy.js';
import type { SecureBytes } from '../ports/ids.js';
import type { Needs } from '../ports/needs.js';
import { checkHookUrl } from './hook-url.js';

const events = { context: { allowed: hookEventNames.join(', ') } };

export class NewHook {
  @IsString() url!: string;
  /** Left out: all that there are. */
  @MayBeAbsent()
  @IsArray(events)
  @ArrayNotEmpty(events)
  @ArrayUnique(events)
  @IsIn(hookEventNames, { each: true, ...events })
  events?: readonly HookEvent[];
}

/** The only time that its secret is shown. */
export interface AddedHook extends EventHook {
  /** `whsec_` and 32 bytes in base64. */
  readonly secret: string;
}

type Parts = Needs<'eventHooks' | 'users', 'clock' | 'ids'> & {
  readonly secureBytes: SecureBytes;
  /** `localAddresses`: whether this machine may be sent to, by its name. */
  readonly policy: Pick<Policy, 'localAddresses'>;
};

const secretBytes = 32;

/** Notes an address that shall hear of what becomes of its owner's jobs. */
export class AddHook {
  constructor(private readonly parts: Parts) {}

  /**
   * @param by `problems`: what the way in has found wrong already; nothing is added then
   * @throws DomainError `invalid_input` with all that is wrong, `too_many_webhooks`
   */
  async execute(
    given: Sent<NewHook>,
    { owner, problems: found = [] }: Asker & { readonly problems?: readonly Problem[] },
  ): Promise<AddedHook> {
    const { database, clock, ids, secureBytes, policy } = this.parts;
    const { input, problems } = readInput(NewHook, given);
    const wrong = typeof input.url === 'string' ? checkHookUrl('url', input.url, policy.localAddresses) : [];
    const isNew = ({ field }: Problem) => !found.some((known) => known.field === field);
    refuseIfWrong([...found, ...[...problems, ...wrong].filter(isNew)]);
    const secret = `whsec_${Buffer.from(secureBytes(secretBytes)).toString('base64')}`;
    const { href: url } = new URL(input.url);
    const createdAt = clock.now();
    const hook = { id: ids.uuid(), owner, url, events: input.events ?? hookEventNames, createdAt };
    await database.transaction(async ({ users, eventHooks }) => {
      await users.ensure({ id: owner, now: createdAt });
      if (!(await eventHooks.add({ ...hook, secret }, mostHooks)))
        throw new DomainError({ code: 'too_many_webhooks', limit: mostHooks });
    });
    return {
      ...hook,
      ...{ failingSince: null, failures: 0, lastTrouble: null, quietUntil: null, switchedOffAt: null },
      secret,
    };
  }
}
