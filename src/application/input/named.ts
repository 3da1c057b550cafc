import { IsUUID } from 'class-validator';
import type { AvatarId, GenerationId, TrainingId } from '../../domain/ids.js';

/** One job of the person who asks. */
export class GenerationNamed {
  @IsUUID() id!: GenerationId;
}

/** One training of theirs. */
export class TrainingNamed {
  @IsUUID() id!: TrainingId;
}

/** One avatar of theirs. */
export class AvatarNamed {
  @IsUUID() avatar!: AvatarId;
}
