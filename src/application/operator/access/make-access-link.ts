import { IsInt, Max, Min } from 'class-validator';
import type { Operator } from '../../../domain/operator/act.js';
import type { AccessLink } from '../../../domain/operator/admission.js';
import { drawnCode, drawnSigns } from '../../../domain/payments/promo.js';
import { secondsAfter } from '../../../domain/time.js';
import { checkedInput, type Sent } from '../../input/input-validation.js';
import type { SecureBytes } from '../../ports/ids.js';
import type { Needs } from '../../ports/needs.js';

const people = { context: { allowed: 'a whole number 1-10000' } };
const days = { context: { allowed: 'a whole number 1-365' } };

export class AccessLinkTerms {
  @IsInt(people) @Min(1, people) @Max(10_000, people) uses!: number;
  @IsInt(days) @Min(1, days) @Max(365, days) days!: number;
}

type Parts = Needs<'accessLinks' | 'operatorActs', 'clock'> & { readonly secureBytes: SecureBytes };

/** Makes a link that lets people in, and nobody else any more. */
export class MakeAccessLink {
  constructor(private readonly parts: Parts) {}

  /** @throws DomainError `invalid_input` */
  async execute(given: Sent<AccessLinkTerms>, { admin }: { readonly admin: Operator }): Promise<AccessLink> {
    const { uses, days: lasts } = checkedInput(AccessLinkTerms, given);
    const { database, clock, secureBytes } = this.parts;
    const createdAt = clock.now();
    const until = secondsAfter(createdAt, lasts * 86_400);
    const code = drawnCode(secureBytes(drawnSigns));
    const link: AccessLink = { code, uses, used: 0, until, endedAt: null, createdAt };
    await database.transaction(async ({ accessLinks, operatorActs }) => {
      await accessLinks.add(link);
      await operatorActs.write({
        ...{ at: createdAt, admin, act: 'access-link', subject: null, why: null, details: { code, uses } },
      });
    });
    return link;
  }
}
