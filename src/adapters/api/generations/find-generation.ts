import { DomainError } from '../../../domain/errors.js';
import { isOpenGeneration } from '../../../domain/generation/generation.js';
import { type GenerationId, generationId, type UserId } from '../../../domain/ids.js';
import type { ApiServices } from '../api-services.js';
import { type GenerationView, generationView } from './generation-view.js';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const notFound = () => new DomainError({ code: 'not_found', what: 'generation' });

/** One of theirs as it is now. @throws DomainError `not_found`, also for somebody else's */
export async function findGeneration(
  { database: { stores } }: Pick<ApiServices, 'database'>,
  owner: UserId,
  named: string,
): Promise<GenerationView> {
  const id = idNamed(named);
  const generation = await stores.generations.findOwned(owner, id);
  if (generation === null) throw notFound();
  const isOpen = isOpenGeneration(generation);
  const progress = isOpen ? await stores.generations.progressOf(id) : null;
  return generationView(generation, progress, isOpen ? [] : await stores.images.ofGeneration(id));
}

/** What is no id names nothing. */
export function idNamed(text: string): GenerationId {
  if (!uuid.test(text)) throw notFound();
  return generationId(text.toLowerCase());
}
