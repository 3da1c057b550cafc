import { AddHook, type NewHook } from '../../../src/application/hooks/add-hook.js';
import { ListHooks } from '../../../src/application/hooks/list-hooks.js';
import { NoteEvent } from '../../../src/application/hooks/note-event.js';
import { RemoveHook } from '../../../src/application/hooks/remove-hook.js';
import { SendEvents } from '../../../src/application/hooks/send-events.js';
import { TestHook } from '../../../src/application/hooks/test-hook.js';
import type { Sent } from '../../../src/application/input/input-validation.js';
import type { EventSender, HookAnswer } from '../../../src/application/ports/hooks/event-sender.js';
import type { DueHookMessage } from '../../../src/application/ports/stores/event-hook-store.js';
import type { Database } from '../../../src/application/ports/stores/stores.js';
import type { EventHook } from '../../../src/domain/hooks/event-hook.js';
import type { UserId } from '../../../src/domain/ids.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { SequentialIds } from '../../fakes/sequential-ids.js';
import { aGeneration } from '../../support/builders/a-generation.js';
import { someone } from '../../support/builders/ids.js';

/** Takes everything, unless told otherwise. */
class FakeSender implements EventSender {
  readonly sent: DueHookMessage[] = [];
  answer: (message: DueHookMessage) => HookAnswer | Promise<HookAnswer> = () => ({ kind: 'taken' });

  async send(message: DueHookMessage): Promise<HookAnswer> {
    this.sent.push(message);
    return this.answer(message);
  }
}

/** Webhooks of people over one database, without the network. */
export class HooksWorld {
  readonly clock = new FakeClock();
  readonly log = new RecordingLogger();
  readonly sender = new FakeSender();
  readonly told: EventHook[] = [];
  tell = async (hook: EventHook): Promise<{ kind: 'sent' }> => {
    this.told.push(hook);
    return { kind: 'sent' };
  };
  chance = 0;
  private bytes = 0;
  readonly sending: SendEvents;
  readonly adding: AddHook;
  readonly listing: ListHooks;
  readonly removing: RemoveHook;
  readonly testing: TestHook;
  readonly noting: NoteEvent;

  constructor(
    readonly database: Database = new InMemoryDatabase(),
    isSandbox = false,
  ) {
    const { clock, log, sender } = this;
    const ids = new SequentialIds();
    this.sending = new SendEvents({
      ...{ database, clock, log, sender },
      owners: { tellSwitchedOff: (hook) => this.tell(hook) },
      chance: () => this.chance,
    });
    const secureBytes = (count: number) => {
      this.bytes += 1;
      return new Uint8Array(count).fill(this.bytes);
    };
    this.adding = new AddHook({ database, clock, ids, secureBytes, policy: { localAddresses: isSandbox } });
    this.listing = new ListHooks({ database, clock });
    this.removing = new RemoveHook({ database });
    this.testing = new TestHook({ database, clock, ids, sending: this.sending });
    this.noting = new NoteEvent({ database, sending: this.sending });
  }

  add(given: Sent<NewHook> = {}, owner: UserId = someone) {
    return this.adding.execute({ url: 'https://shop.example/in', ...given }, { owner });
  }

  /** A picture of theirs is there. */
  async done(owner: UserId = someone) {
    const generation = aGeneration({ owner, status: 'collected', collectedAt: this.clock.now() });
    const result = { kind: 'result', generation, images: [], avatar: null, companion: null } as const;
    await this.noting.execute(result, { id: generation.id });
    return result;
  }

  /** Sends what is due each time something is, for so long. */
  async runFor(seconds: number, step = 60): Promise<void> {
    for (let passed = 0; passed <= seconds; passed += step) {
      await this.sending.execute();
      this.clock.advance(step);
    }
  }
}
