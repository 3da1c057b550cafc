import { ContainerModule } from 'inversify';
import { GuardedEventSender } from '../../adapters/webhooks/guarded-event-sender.js';
import { AddHook } from '../../application/hooks/add-hook.js';
import { ListHooks } from '../../application/hooks/list-hooks.js';
import { NoteEvent } from '../../application/hooks/note-event.js';
import { RemoveHook } from '../../application/hooks/remove-hook.js';
import { SendEvents } from '../../application/hooks/send-events.js';
import { TestHook } from '../../application/hooks/test-hook.js';
import { build, ifBound, make } from '../build.js';
import { parts, services as s } from '../identifiers.js';

/** Webhooks of people: kept, noted for, and sent by a worker. */
export const hooksModule = new ContainerModule(({ bind }) => {
  make(
    bind,
    s.eventSender,
    ({ policy, clock }) => new GuardedEventSender({ clock, local: policy.localAddresses }),
    parts('policy', 'clock'),
  );
  build(bind, SendEvents, {
    ...parts('database', 'clock', 'log'),
    sender: s.eventSender,
    owners: ifBound(s.hookOwnerChannel),
  });
  bind(s.hosted).toService(SendEvents);
  build(bind, NoteEvent, { ...parts('database'), sending: SendEvents });
  build(bind, AddHook, parts('database', 'clock', 'ids', 'secureBytes', 'policy'));
  build(bind, ListHooks, parts('database', 'clock'));
  build(bind, RemoveHook, parts('database'));
  build(bind, TestHook, { ...parts('database', 'clock', 'ids'), sending: SendEvents });
});
