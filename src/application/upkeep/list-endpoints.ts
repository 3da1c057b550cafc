import { endpointIds } from '../../domain/generation/endpoint-catalogue.js';
import { isPutOff } from '../../domain/generation/endpoint-refusals.js';
import { upscaler } from '../../domain/generation/order.js';
import { trainerOf } from '../../domain/training/training-order.js';
import type { Needs } from '../ports/needs.js';

export const endpointWorks = ['picture', 'enlargement', 'training'] as const;

/** A place of the provider's that work of ours goes to. */
export interface ListedEndpoint {
  readonly endpoint: string;
  readonly work: (typeof endpointWorks)[number];
  /** Since when nothing new is sent there; `null`: it is used. */
  readonly awaySince: Date | null;
}

const listed: readonly Omit<ListedEndpoint, 'awaySince'>[] = [
  ...endpointIds.map((endpoint) => ({ endpoint, work: 'picture' as const })),
  { endpoint: upscaler, work: 'enlargement' },
  ...Object.values(trainerOf).map((endpoint) => ({ endpoint, work: 'training' as const })),
];

/** Where work goes, and what is away just now. Of refusals that are no verdict yet, operators alone are told. */
export class ListEndpoints {
  constructor(private readonly parts: Needs<'endpoints', 'clock'>) {}

  async execute(): Promise<readonly ListedEndpoint[]> {
    const { database, clock } = this.parts;
    const now = clock.now();
    const troubled = await database.stores.endpoints.troubled();
    const away = new Map(
      troubled.flatMap(({ endpoint, retirement }) =>
        retirement !== null && isPutOff(retirement, now) ? [[endpoint, retirement.since] as const] : [],
      ),
    );
    return listed.map((each) => ({ ...each, awaySince: away.get(each.endpoint) ?? null }));
  }
}
