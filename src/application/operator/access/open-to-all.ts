import type { Operator } from '../../../domain/operator/act.js';
import type { Needs } from '../../ports/needs.js';

/** Forgets the list of people and its links: everybody may come in again, as far as the settings let them. */
export class OpenToAll {
  constructor(private readonly parts: Needs<'admissions' | 'accessLinks' | 'operatorActs', 'clock'>) {}

  async execute({ admin }: { readonly admin: Operator }): Promise<void> {
    const at = this.parts.clock.now();
    await this.parts.database.transaction(async ({ admissions, accessLinks, operatorActs }) => {
      await admissions.clear();
      await accessLinks.clear();
      await operatorActs.write({ at, admin, act: 'access-open', subject: null, why: null, details: {} });
    });
  }
}
