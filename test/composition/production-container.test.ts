import { Container, ContainerModule, type ServiceIdentifier } from 'inversify';
import { describe, expect, it } from 'vitest';
import { RequestGeneration } from '../../src/application/generation/request-generation.js';
import { hostedBy } from '../../src/composition/composition-root.js';
import { services as s } from '../../src/composition/identifiers.js';
import { modulesOf } from '../../src/composition/wiring.js';
import { userId } from '../../src/domain/ids.js';
import { doneWith } from '../fakes/fake-image-generator.js';
import { givenAvatar, givenUser } from '../support/builders/given.js';
import { nothingOpened, productionWithFakes } from '../support/production.js';

describe('the production container', () => {
  it('carries a generation through, from the request to the hand-over, with fakes over the driven ports', async () => {
    const { container, database, generator, media, telegram, work } = await productionWithFakes();
    generator.endings = (bought) => doneWith(bought);
    const owner = userId('7');
    await givenUser(database.stores, { id: owner, credits: 100 });
    await givenAvatar(database.stores, { owner, isMain: true });

    const { id } = await container
      .get(RequestGeneration)
      .execute(
        { prompt: 'in medieval armor' },
        { owner, origin: { transport: 'telegram', address: { chat: 7 } } },
      );
    await work();

    expect(generator.bought).toHaveLength(1);
    const [result, ...others] = telegram.of('result');
    expect(others).toEqual([]);
    expect(result?.generation.id).toBe(id);
    const [image] = result?.images ?? [];
    expect((await media.bytes(image?.mediaKey ?? '')).byteLength).toBeGreaterThan(0);
    expect(await database.stores.generations.find(id)).toMatchObject({ status: 'delivered' });
    const { held, balance } = await database.stores.ledger.account(owner);
    expect(held).toBe(0);
    expect(balance).toBeLessThan(100);
  });

  it('does all chores of a worker with fakes over the driven ports', async () => {
    const { container } = await productionWithFakes();
    const chores = Object.entries(container.get(s.chores));
    expect(chores.length).toBeGreaterThan(10);
    for (const [name, chore] of chores) await expect(chore(), name).resolves.not.toThrow();
  });

  it('resolves everything that is bound', async () => {
    const resources = nothingOpened();
    const bound = new Set<ServiceIdentifier>();
    const container = new Container();
    for (const module of await modulesOf(resources))
      container.load(
        new ContainerModule((options) =>
          module.load({
            ...options,
            bind: (identifier) => {
              bound.add(identifier);
              return options.bind(identifier);
            },
          }),
        ),
      );
    const names = new Set(Object.values(s).filter((identifier) => !('isMultiple' in Object(identifier))));
    expect([...names].filter((name) => !bound.has(name as ServiceIdentifier))).toEqual([]);
    expect(bound.size).toBeGreaterThan(80);
    for (const identifier of bound) expect(container.getAll(identifier), String(identifier)).not.toEqual([]);
    await resources.close();
  });

  it('looks at no face where the operator wants none looked at: no picture is so much as read', async () => {
    const resources = nothingOpened();
    const finderWhere = async (lookAtFaces: boolean) => {
      const container = new Container();
      container.load(...(await modulesOf({ ...resources, config: { ...resources.config, lookAtFaces } })));
      return container.get(s.faceFinder);
    };
    let reads = 0;
    const read = async () => {
      reads += 1;
      throw new Error('nothing to see');
    };
    const off = await finderWhere(false);
    expect(await off.find('a photo', read)).toBeNull();
    expect(reads).toBe(0);
    const on = await finderWhere(true);
    expect(await on.find('a photo', read)).toBeNull();
    expect(reads).toBe(1);
    await resources.close();
  });

  it('hosts a worker, the bot and the web server, each for its role and in this order', async () => {
    const { composed, resources } = await productionWithFakes();
    // What tells operators of troubles is hosted with the worker, and with a bot that looks by itself.
    const roles = ['worker', 'worker', 'worker', 'bot', 'worker', 'bot', 'http', 'http'];
    expect(hostedBy(composed).map(({ role }) => role)).toEqual(roles);
    const config = { ...resources.config, roles: new Set(['http'] as const) };
    const http = { ...composed, resources: { ...resources, config } };
    expect(hostedBy(http).map(({ role }) => role)).toEqual(['http', 'http']);
  });

  it('notes and sends alerts only where somebody can be told: a receiver, or operators in their chats', async () => {
    const resources = nothingOpened();
    const { policy } = resources.config;
    const choresWith = async (config: typeof resources.config) => {
      const container = new Container();
      container.load(...(await modulesOf({ ...resources, config })));
      const roles = hostedBy({ container, resources: { ...resources, config } }).map(({ role }) => role);
      return { names: Object.keys(container.get(s.chores)), roles };
    };
    const nobody = { ...resources.config, policy: { ...policy, admins: new Set<never>() } };
    const without = await choresWith(nobody);
    expect(without.names).not.toContain('send alerts');
    expect(without.roles).toEqual(['worker', 'worker', 'worker', 'bot', 'http', 'http']);
    const alerts = { url: 'https://pager.example', secret: 'whsec_' };
    for (const config of [{ ...nobody, alerts }, resources.config]) {
      const { names, roles } = await choresWith(config);
      expect(names.filter((name) => !without.names.includes(name))).toEqual(['note troubles', 'send alerts']);
      expect(roles).toEqual(['worker', 'worker', 'worker', 'bot', 'worker', 'bot', 'http', 'http']);
    }
    await resources.close();
  });
});
