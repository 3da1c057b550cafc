import { ContainerModule } from 'inversify';
import { expect, it } from 'vitest';
import { RequestGeneration } from '../src/application/generation/request-generation.js';
import type { HostedService } from '../src/application/ports/hosted-service.js';
import type { DeliveryReport, Notification, Transport } from '../src/application/ports/transport.js';
import { build } from '../src/composition/build.js';
import { hostedBy } from '../src/composition/composition-root.js';
import { wayIn } from '../src/composition/way-in.js';
import { type UserId, userId } from '../src/domain/ids.js';
import { doneWith } from './fakes/fake-image-generator.js';
import { givenAvatar, givenUser } from './support/builders/given.js';
import { productionWithFakes } from './support/production.js';

/** All that a new way in needs to be: what would be its folder in `src/adapters`. */
class Postcards implements Transport, HostedService {
  readonly name = 'postcards';
  readonly role = 'bot';
  readonly sent: Notification[] = [];
  private isOpen = false;

  constructor(private readonly parts: { readonly requestGeneration: RequestGeneration }) {}

  async start(): Promise<void> {
    this.isOpen = true;
  }

  async stop(): Promise<void> {
    this.isOpen = false;
  }

  async arrives(sender: UserId, text: string): Promise<void> {
    if (!this.isOpen) throw new Error('the post office is closed');
    const origin = { transport: this.name, address: { street: 'Main Street' } };
    await this.parts.requestGeneration.execute({ prompt: text }, { owner: sender, origin });
  }

  async deliver(notification: Notification): Promise<DeliveryReport> {
    this.sent.push(notification);
    return { kind: 'sent' };
  }
}

/** And the one line that it is in `src/composition/modules/ways-in-module.ts`. */
const added = new ContainerModule(({ bind }) => {
  wayIn(bind, build(bind, Postcards, { requestGeneration: RequestGeneration }));
});

it('is one folder and one line: what comes through it is answered through it', async () => {
  const { composed, container, database, generator, telegram, work } = await productionWithFakes();
  container.load(added);
  generator.endings = (bought) => doneWith(bought);
  const owner = userId('7');
  await givenUser(database.stores, { id: owner, credits: 100 });
  await givenAvatar(database.stores, { owner, isMain: true });

  const postcards = container.get(Postcards);
  for (const service of hostedBy(composed)) if (service.role === 'bot') await service.start();
  await postcards.arrives(owner, 'in medieval armor');
  await work();

  expect(postcards.sent.map(({ kind }) => kind)).toContain('result');
  expect(telegram.delivered).toEqual([]);
  expect(await database.stores.generations.list({ status: 'delivered', limit: 10 })).toMatchObject([
    { origin: { transport: 'postcards', address: { street: 'Main Street' } } },
  ]);
  for (const service of hostedBy(composed)) if (service.role === 'bot') await service.stop();
  await expect(postcards.arrives(owner, 'too late')).rejects.toThrow('closed');
});
