import type { Generation } from '../../domain/generation/generation.js';
import type { NotTakenNow, Pending } from '../ports/image-generator.js';
import type { Needs } from '../ports/needs.js';

/** Writes down how far a job is and shows it to whoever waits. Best effort: it may fail. */
export class TellProgress {
  constructor(private readonly parts: Needs<'generations', 'transports' | 'log'>) {}

  async execute(generation: Generation, pending: Pending | NotTakenNow): Promise<void> {
    try {
      await this.parts.database.stores.generations.reportProgress(generation.id, pending);
      const transport = this.parts.transports.find(({ name }) => name === generation.origin.transport);
      await transport?.deliver({ kind: 'progress', generation, pending });
    } catch (error) {
      this.parts.log.debug('progress could not be shown', { generation: generation.id, error });
    }
  }
}
