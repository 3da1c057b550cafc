import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadTexts } from '../../src/adapters/telegram/wording/translator.js';
import { ProviderHealth } from '../../src/application/jobs/provider-health.js';
import { NoteTroubles } from '../../src/application/operator/note-troubles.js';
import { SendAlerts } from '../../src/application/operator/send-alerts.js';
import { DiskSpace } from '../../src/application/policy/disk-space.js';
import { services } from '../../src/composition/identifiers.js';
import { userId } from '../../src/domain/ids.js';
import { secondsAfter } from '../../src/domain/time.js';
import type { MessageView } from '../../src/sandbox/telegram/driver/message-view.js';
import { FakeClock } from '../fakes/fake-clock.js';
import { AvatarWorld, type Fits, labelled, shows, withButton } from '../support/avatar-world.js';

const [operator, rita] = [1, 2];
const ru = loadTexts()('ru');
const endpoint = 'fal-ai/flux-lora';

/** Each trouble begins, is told, is dealt with in the chat, and is over, one after the other. */
describe('an operator is told of a trouble once, mends it from the chat, and hears that it is over', () => {
  let world: AvatarWorld;
  let clock: FakeClock;
  /** What a worker does each half minute. */
  let look: () => Promise<void>;
  beforeAll(async () => {
    const people = [
      { firstName: 'Olga', languageCode: 'ru' },
      { firstName: 'Rita', languageCode: 'en' },
    ];
    world = await AvatarWorld.open(people, { variables: { ADMIN_USER_IDS: String(operator) } });
    const { container } = world.composed;
    // The program's own worker looks as well: what it sees is not long ago.
    clock = new FakeClock(new Date());
    const notes = new NoteTroubles({
      ...{ database: world.database, clock, bot: undefined },
      ids: container.get(services.ids),
      policy: container.get(services.policy),
      stats: container.get(services.stats),
      health: container.get(ProviderHealth),
      disk: container.get(DiskSpace),
    });
    look = async () => {
      await notes.execute();
      await container.get(SendAlerts).execute();
    };
    world.telegram.drive.start(operator);
    await world.message(operator, ({ buttons }) => buttons.length > 0);
    await world.trained(rita, 'Nina');
  });
  afterAll(() => world.close());

  const told = (words: string) => world.telegram.drive.messages(operator).filter(shows(words));
  /** Told once although it is seen twice; the screen that its button leads to. */
  async function screenOf(words: string): Promise<MessageView> {
    await look();
    await look();
    const page = await world.message(operator, shows(words));
    expect(told(words)).toHaveLength(1);
    await press(page, ru.plain('button-trouble'));
    return now(page, withButton(ru.plain('button-look-again')));
  }
  const press = (screen: MessageView, label: string) =>
    world.telegram.drive.tap(operator, screen.id, labelled(screen, label));
  const now = ({ id }: MessageView, fits: Fits) =>
    world.message(operator, (message) => message.id === id && fits(message));
  async function isOver(words: string): Promise<void> {
    clock.advance(600);
    await look();
    await look();
    const over = (message: MessageView) => shows('Прошло')(message) && shows(words)(message);
    await world.message(operator, over);
    expect(world.telegram.drive.messages(operator).filter(over)).toHaveLength(1);
  }
  const order = (prompt: string) => world.telegram.drive.sendText(rita, prompt);
  const jobs = () => world.database.stores.generations.list({ owner: userId(String(rita)), limit: 99 });
  const latest = async (prompt: string) => (await jobs()).find((job) => job.prompt.includes(prompt));

  it('fal refuses the key: people wait, and what waits goes on', async () => {
    const words = 'fal не принимает ключ';
    const answer = { kind: 'answer', status: 401, body: { detail: 'Cannot access application' } } as const;
    const { faults } = world.fal;
    const refusals = [
      faults.add({ step: 'submit', fault: answer }),
      faults.add({ step: 'status', fault: answer }),
    ];
    const health = world.composed.container.get(ProviderHealth);
    order('a knight');
    await expect.poll(() => health.trouble()?.kind).toBe('provider_refuses_key');
    const screen = await screenOf(words);
    const ask = ru.plain('button-try-now');
    expect(await press(screen, ask)).toMatchObject({ text: ru.plain('trouble-key-no') });
    expect(await latest('knight')).toMatchObject({ status: 'accepted' });
    for (const refusal of refusals) refusal.remove();
    expect(await press(screen, ask)).toMatchObject({ text: ru.plain('trouble-key-yes') });
    // The half minute that it waits is over.
    const { resources, container } = world.composed;
    await resources.pool.query("update generations set not_before = now() where status = 'accepted'");
    await container.get(services.handlers)['submit-next']({ task: 'submit-next' });
    await world.message(rita, withButton('🔁 Again'));
    await isOver(words);
  });

  it('an endpoint is taken back: it is used again at a tap', async () => {
    const words = `fal не принимает заказы: ${endpoint}`;
    const { endpoints } = world.database.stores;
    const since = new Date();
    await endpoints.retire(endpoint, { since, nextTryAt: secondsAfter(since, 3600), tries: 1 });
    const screen = await screenOf(words);
    await press(screen, '↺ Снова');
    await now(screen, (message) => !shows(words)(message));
    expect(await endpoints.retired(new Date())).toEqual(new Set());
    await isOver(words);
  });

  it('a picture is given up: what it holds goes back', async () => {
    const words = 'Брошено 1';
    const { stores } = world.database;
    const before = await world.account(rita);
    const hanging = world.fal.faults.add({ step: 'job', fault: { kind: 'hang' }, work: 'image' });
    order('a dragon');
    await expect.poll(async () => (await latest('dragon'))?.status).toBe('submitted');
    hanging.remove();
    const job = await latest('dragon');
    if (job === undefined) throw new Error('there is none');
    await stores.generations.markDead(job.id, new Date());
    const screen = await screenOf(words);
    await press(screen, ru.plain('button-dead-generation'));
    const list = await now(screen, shows('Под него всё ещё отложено'));
    await press(list, '🖼');
    const card = await now(screen, withButton(ru.plain('button-dead-give-back')));
    await press(card, ru.plain('button-dead-give-back'));
    await press(
      await now(screen, withButton(ru.plain('button-dead-give-back-yes'))),
      ru.plain('button-dead-give-back-yes'),
    );
    await now(screen, shows('больше не в списке'));
    expect(await world.account(rita)).toEqual(before);
    await world.message(rita, shows('5\u00a0credits refunded'));
    await isOver(words);
    expect(await stores.ledger.breaches()).toEqual([]);
    expect(await stores.operatorActs.list(9)).toMatchObject([
      { act: 'job-give-back', admin: '1', subject: '2' },
      { act: 'endpoint-restore', admin: '1', details: { endpoint } },
    ]);
  });
});
