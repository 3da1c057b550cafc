import { DomainError } from '../../../domain/errors.js';
import { isOpenGeneration } from '../../../domain/generation/generation.js';
import { type GenerationId, generationId, type UserId } from '../../../domain/ids.js';
import type { ApiServices } from '../api-services.js';
import { idIn } from '../named-id.js';
import { type GenerationView, generationView } from './generation-view.js';

/** One of theirs as it is now. @throws DomainError `not_found`, also for somebody else's */
export async function findGeneration(
  { database: { stores } }: Pick<ApiServices, 'database'>,
  owner: UserId,
  named: string,
): Promise<GenerationView> {
  const id = idNamed(named);
  const generation = await stores.generations.findOwned(owner, id);
  if (generation === null) throw new DomainError({ code: 'not_found', what: 'generation' });
  const isOpen = isOpenGeneration(generation);
  const progress = isOpen ? await stores.generations.progressOf(id) : null;
  return generationView(generation, progress, isOpen ? [] : await stores.images.ofGeneration(id));
}

/** What is no id names nothing. */
export const idNamed = (text: string): GenerationId => generationId(idIn(text, 'generation'));
