import type { Asked, ShownNames } from '../../../../application/generation/accept-once.js';
import { estimateDuration, unknownDuration } from '../../../../application/generation/estimate-duration.js';
import type { NotTakenNow, Pending } from '../../../../application/ports/image-generator.js';
import type { Generation } from '../../../../domain/generation/generation.js';
import type { AvatarId, GenerationId, UserId } from '../../../../domain/ids.js';
import { cancelJobButton, otherAvatarButton } from '../../buttons/job-buttons.js';
import type { Screen } from '../../replies.js';
import type { TelegramDependencies } from '../../telegram-dependencies.js';
import type { Html } from '../../wording/html.js';
import type { Translator } from '../../wording/translator.js';
import { progressText, stepText } from './progress-texts.js';

/** More jobs than are under way at once. */
const mostJobs = 2000;

interface ProgressScreen extends Screen {
  /** How far it is, and nothing else. */
  readonly step: Html;
}

/** What a job's message says and offers while it waits or runs. */
export class ProgressScreens {
  /** Whose owner has others to show. */
  private readonly others = new Map<GenerationId, boolean>();

  constructor(private readonly parts: Pick<TelegramDependencies, 'database' | 'clock' | 'disk'>) {}

  async of(
    generation: Asked,
    progress: Pending | NotTakenNow | null,
    texts: Translator,
  ): Promise<ProgressScreen> {
    const { clock, disk } = this.parts;
    const { stores } = this.parts.database;
    const isWaiting = generation.status === 'accepted';
    const [ahead, isDiskShort, duration, names] = await Promise.all([
      isWaiting ? (generation.ahead ?? stores.durations.ahead(generation.id)) : 0,
      isWaiting && disk.isShort(),
      isWaiting ? unknownDuration : estimateDuration(stores, generation.preset),
      isWaiting ? (generation.names ?? this.namesOf(generation)) : null,
    ]);
    const facts = { progress, ahead, isDiskShort, duration, names, now: clock.now() };
    const job = { generation: generation.id };
    const cancel = cancelJobButton.button(texts.plain('button-cancel'), job);
    const other = otherAvatarButton.button(texts.plain('button-other-avatar'), job);
    return {
      text: progressText(generation, facts, texts),
      step: stepText(generation, facts, texts),
      keyboard: [(await this.hasOthers(generation)) ? [cancel, other] : [cancel]],
    };
  }

  forget(id: GenerationId): void {
    this.others.delete(id);
  }

  /** Whether it could show somebody else. Looked up once: avatars come and go seldom. */
  private async hasOthers({ id, owner, preset, usable }: Asked): Promise<boolean> {
    if (preset === null) return false;
    const found = this.others.get(id) ?? (usable === undefined ? await this.hasSeveral(owner) : usable > 1);
    if (this.others.size >= mostJobs) this.others.clear();
    this.others.set(id, found);
    return found;
  }

  private async hasSeveral(owner: UserId): Promise<boolean> {
    const avatars = await this.parts.database.stores.avatars.list(owner);
    return avatars.filter(({ status }) => status === 'ready').length > 1;
  }

  private async namesOf({ avatar, companion }: Generation): Promise<ShownNames> {
    const { avatars } = this.parts.database.stores;
    const nameOf = async (id: AvatarId | null) => (id === null ? undefined : (await avatars.find(id))?.name);
    return { avatar: await nameOf(avatar), companion: await nameOf(companion) };
  }
}
