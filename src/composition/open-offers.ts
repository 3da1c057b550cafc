import { createRequire } from 'node:module';
import type { Database } from '../application/ports/stores/stores.js';
import { type Offer, offerProblems, payloadOf } from '../domain/payments/offer.js';
import { type Config, ConfigError } from './settings/config.js';
import { readListFile } from './settings/read-list-file.js';

/** Finds files by the name of the package, so it works from the sources and from the build. */
const { resolve } = createRequire(import.meta.url);

const keys = ['id', 'version', 'kind', 'credits', 'stars', 'name', 'expires'];

/** What is sold: the operator's file, or the offers that come with the program. @throws ConfigError naming all that is wrong */
export function openOffers({ offersFile }: Pick<Config, 'offersFile'>): Promise<readonly Offer[]> {
  const path = offersFile ?? resolve('aisha/assets/offers.json');
  return readListFile({ setting: 'OFFERS_FILE', path, items: 'offers', keys }, asOffer, offerProblems);
}

/** What has another type becomes a value that the checks refuse. */
function asOffer({
  id,
  version,
  kind,
  credits,
  stars,
  name,
  expires,
}: Readonly<Record<string, unknown>>): Offer {
  const whole = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);
  const words = (language: string) =>
    typeof name === 'object' && name !== null ? String(Reflect.get(name, language) ?? '') : '';
  return {
    id: typeof id === 'string' ? id : '',
    version: whole(version),
    kind: kind === 'month' ? 'month' : 'pack',
    credits: whole(credits),
    stars: whole(stars),
    name: { en: words('en'), ru: words('ru') },
    expires: expires === true,
  };
}

/**
 * Keeps the terms of what is sold now, for invoices that are paid later.
 * @throws ConfigError when a version has other terms than those that were sold under it
 */
export async function keepOffers(database: Database<'payments'>, offers: readonly Offer[]): Promise<void> {
  if (offers.length === 0) return;
  const changed = await database.transaction(({ payments }) => payments.keepOffers(offers));
  if (changed.length === 0) return;
  throw new ConfigError(
    changed.map(
      (offer) =>
        `The offer "${offer.id}" was sold on other terms as version ${offer.version} (${payloadOf(offer)}): raise its version, for old invoices keep their terms.`,
    ),
  );
}
