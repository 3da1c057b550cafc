import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Database } from '../application/ports/stores/stores.js';
import { describeProblem } from '../domain/errors.js';
import { type Offer, offerProblems, payloadOf } from '../domain/payments/offer.js';
import { type Config, ConfigError } from './settings/config.js';

/** Finds files by the name of the package, so it works from the sources and from the build. */
const { resolve } = createRequire(import.meta.url);

const keys: readonly string[] = ['id', 'version', 'kind', 'credits', 'stars', 'name', 'expires'];

/** What is sold: the operator's file, or the offers that come with the program. @throws ConfigError naming all that is wrong */
export async function openOffers({ offersFile }: Pick<Config, 'offersFile'>): Promise<readonly Offer[]> {
  const path = offersFile ?? resolve('aisha/assets/offers.json');
  const wrong = (why: string) => new ConfigError([`OFFERS_FILE "${path}" ${why}`]);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw wrong(`cannot be read: ${messageOf(error)}`);
  });
  const entries = parse(text, wrong);
  const offers = entries.map(asOffer);
  const problems = [
    ...entries.flatMap((entry, index) =>
      Object.keys(entry)
        .filter((key) => !keys.includes(key))
        .map((key) => `offers[${index}].${key} is unknown; allowed: ${keys.join(', ')}`),
    ),
    ...offerProblems(offers).map(describeProblem),
  ];
  if (problems.length > 0) throw wrong(`is not as it should be:\n${problems.join('\n')}`);
  return offers;
}

function parse(text: string, wrong: (why: string) => ConfigError): Readonly<Record<string, unknown>>[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(`is no JSON: ${messageOf(error)}`);
  }
  if (!Array.isArray(value) || value.some((entry) => typeof entry !== 'object' || entry === null))
    throw wrong('is no list of offers');
  return value;
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

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
