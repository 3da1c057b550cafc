import { describe, expect, it } from 'vitest';
import { DescribeForm } from '../../../src/application/composer/describe-form.js';
import { EditForm } from '../../../src/application/composer/edit-form.js';
import { OpenForm } from '../../../src/application/composer/open-form.js';
import { ShareRecipe } from '../../../src/application/composer/share-recipe.js';
import { SubmitForm } from '../../../src/application/composer/submit-form.js';
import { PurgeImages } from '../../../src/application/gallery/purge-images.js';
import { CancelGeneration } from '../../../src/application/generation/cancel-generation.js';
import { RepeatGeneration } from '../../../src/application/generation/repeats/repeat-generation.js';
import { RequestVariation } from '../../../src/application/generation/repeats/request-variation.js';
import { RequestGeneration } from '../../../src/application/generation/request-generation.js';
import { RequestUpscale } from '../../../src/application/generation/request-upscale.js';
import type { Policy } from '../../../src/application/policy/policy.js';
import { avatarId } from '../../../src/domain/ids.js';
import type { Origin } from '../../../src/domain/origin.js';
import { usualPrices } from '../../../src/domain/provider-prices.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { RecordingMetrics } from '../../fakes/recording-metrics.js';
import { SequentialIds } from '../../fakes/sequential-ids.js';
import { anImageRow } from '../../support/builders/a-stored-image.js';
import { noQuotas, plenty } from '../../support/builders/allowances.js';
import { aFinetuneModel, aLoraModel } from '../../support/builders/an-avatar.js';
import { anyWords } from '../../support/builders/check-words.js';
import { givenAvatar, givenGeneration, givenUser } from '../../support/builders/given.js';
import { nextUuid, somebodyElse, someone } from '../../support/builders/ids.js';
import { retireUltra } from '../../support/builders/retired.js';

const policy: Policy = {
  priceImage: 5,
  picturePrices: [],
  priceUpscale: 10,
  providerPrices: usualPrices,
  admins: new Set(),
  welcomeCredits: 0,
  confirmFirstOrders: 0,
  inFlightTotal: 20,
  inFlightPerUser: 4,
  openPerUser: 2,
  webhooks: false,
  rerollBlocked: false,
  allowances: plenty,
  quotas: noQuotas,
  allowedUsers: new Set(),
  localAddresses: true,
};
const origin: Origin = { transport: 'test', address: {} };

function aHouse() {
  const database = new InMemoryDatabase();
  const clock = new FakeClock();
  const ids = new SequentialIds();
  const metrics = new RecordingMetrics();
  const log = new RecordingLogger();
  const requestGeneration = new RequestGeneration({
    database,
    clock,
    ids,
    policy,
    metrics,
    log,
    checkWords: anyWords,
  });
  const requestUpscale = new RequestUpscale({ database, clock, ids, policy, metrics, log });
  const describeForm = new DescribeForm({ database, clock, policy });
  const media = new MemoryMediaStore();
  return {
    database,
    stores: database.stores,
    clock,
    media,
    openForm: new OpenForm({ database, clock, ids }),
    editForm: new EditForm({ database }),
    describeForm,
    submitForm: new SubmitForm({ database, describeForm, requestGeneration }),
    repeatGeneration: new RepeatGeneration({ database, requestGeneration, requestUpscale }),
    requestVariation: new RequestVariation({ database, requestGeneration }),
    requestUpscale,
    cancelGeneration: new CancelGeneration({ database, clock }),
    shareRecipe: new ShareRecipe({ database, clock, ids }),
    purgeImages: new PurgeImages({ database, media, clock }),
  };
}

const notFound = { code: 'not_found' };

describe('a form', () => {
  it('starts from the settings each time, and falls back to what works with the avatar', async () => {
    const { stores, openForm, editForm, describeForm } = aHouse();
    await givenAvatar(stores, { isMain: true });
    const style = await givenAvatar(stores, { type: 'artistic', model: aFinetuneModel });
    const first = await openForm.execute({ kind: 'new', prompt: null }, { owner: someone, origin });
    expect(first.choices).toEqual({ avatar: null, preset: 'balanced', aspectRatio: null, count: 1 });
    const choices = { avatar: style.id, preset: 'ultra', aspectRatio: '21:9', count: 4 } as const;
    const chosen = await editForm.execute({ form: first.id, choices }, { owner: someone });
    expect(await describeForm.execute(chosen)).toMatchObject({
      choices,
      price: 20,
      duration: { typical: 60 },
    });
    const changed = await editForm.execute(
      { form: first.id, choices: { avatar: avatarId(nextUuid()) } },
      { owner: someone },
    );
    const described = await describeForm.execute(changed);
    expect(described.choices).toMatchObject({ preset: 'balanced', aspectRatio: null, count: 4 });
    expect(described.presets).not.toContain('ultra');
    await stores.preferences.change(someone, { preset: 'quality', aspectRatio: '16:9' });
    const second = await openForm.execute({ kind: 'new', prompt: 'a knight' }, { owner: someone, origin });
    expect(second.choices).toEqual({ avatar: null, preset: 'quality', aspectRatio: '16:9', count: 1 });
  });

  it('is not made with another avatar when the chosen one was deleted', async () => {
    const { stores, openForm, editForm, submitForm } = aHouse();
    await givenUser(stores, { id: someone, credits: 100 });
    await givenAvatar(stores, { isMain: true });
    const chosen = await givenAvatar(stores, { name: 'Bob' });
    const { id } = await openForm.execute({ kind: 'new', prompt: 'a knight' }, { owner: someone, origin });
    await editForm.execute({ form: id, choices: { avatar: chosen.id } }, { owner: someone });
    await stores.avatars.remove(someone, chosen.id);
    await expect(submitForm.execute({ id }, { owner: someone, origin })).rejects.toMatchObject(notFound);
    expect(await stores.ledger.account(someone)).toEqual({ balance: 100, held: 0 });
  });

  it('is not made in another preset when the chosen one has gone away', async () => {
    const { stores, clock, openForm, editForm, describeForm, submitForm } = aHouse();
    await givenUser(stores, { id: someone, credits: 100 });
    const style = await givenAvatar(stores, { type: 'artistic', model: aFinetuneModel });
    const by = { owner: someone, origin };
    const { id } = await openForm.execute({ kind: 'new', prompt: 'a knight' }, by);
    const choices = { avatar: style.id, preset: 'ultra' } as const;
    await editForm.execute({ form: id, choices }, by);
    await retireUltra(stores.endpoints, clock);
    const refused = await submitForm.execute({ id }, by).catch((error: unknown) => error);
    expect(refused).toMatchObject({ refusal: { code: 'preset_not_available', preset: 'ultra' } });
    expect(await stores.ledger.account(someone)).toEqual({ balance: 100, held: 0 });
    // Their yes to what is shown instead is a yes.
    const { preset } = (await describeForm.execute(await editForm.execute({ form: id }, by))).choices;
    await editForm.execute({ form: id, choices: { preset } }, by);
    expect(await submitForm.execute({ id }, by)).toMatchObject({ preset: 'balanced' });
  });

  it('is ordered once, by its owner, with its own or the suggested words', async () => {
    const { stores, openForm, editForm, submitForm } = aHouse();
    await givenUser(stores, { id: someone, credits: 100 });
    await givenAvatar(stores, { isMain: true });
    const request = await openForm.execute({ kind: 'new', prompt: null }, { owner: someone, origin });
    const order = [{ id: request.id }, { owner: someone, origin }] as const;
    await expect(submitForm.execute(...order)).rejects.toMatchObject(notFound);
    await expect(
      editForm.execute({ form: request.id, prompt: 'x' }, { owner: someone }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await editForm.execute(
      { form: request.id, prompt: ' a knight ' },
      { owner: someone, suggestion: 'a brave knight' },
    );
    await expect(submitForm.execute(order[0], { owner: somebodyElse, origin })).rejects.toMatchObject(
      notFound,
    );
    const job = await submitForm.execute({ ...order[0], suggested: true }, order[1]);
    expect(job.prompt).toBe('a brave knight');
    expect(await submitForm.execute(...order)).toMatchObject({ id: job.id });
    expect(await stores.ledger.account(someone)).toEqual({ balance: 95, held: 5 });
  });

  it('again starts from the person’s own words, and keeps the seed until it is dropped', async () => {
    const { stores, openForm, editForm } = aHouse();
    const job = await givenGeneration(stores, {
      status: 'delivered',
      prompt: 'a knight',
      overrides: { seed: 7, aspectRatio: '3:4', count: 2, steps: 9 },
    });
    const request = await openForm.execute({ kind: 'again', generation: job.id }, { owner: someone, origin });
    expect(request).toMatchObject({
      prompt: 'a knight',
      choices: { avatar: job.avatar, aspectRatio: '3:4', count: 2 },
      overrides: { seed: 7, steps: 9 },
    });
    const changed = await editForm.execute({ form: request.id, forgetSeed: true }, { owner: someone });
    expect(changed.overrides).toEqual({ steps: 9 });
    const stolen = openForm.execute({ kind: 'again', generation: job.id }, { owner: somebodyElse, origin });
    await expect(stolen).rejects.toMatchObject(notFound);
  });
});

describe('a recipe', () => {
  it('has the words and settings, and neither avatar nor strength', async () => {
    const { stores, shareRecipe, openForm } = aHouse();
    const job = await givenGeneration(stores, {
      status: 'delivered',
      preset: 'quality',
      overrides: { seed: 7, strength: 0.4 },
    });
    const recipe = await shareRecipe.execute({ id: job.id }, { owner: someone });
    expect(await shareRecipe.execute({ id: job.id }, { owner: someone })).toEqual(recipe);
    expect(recipe.overrides).toEqual({ seed: 7 });
    expect(JSON.stringify(recipe)).not.toContain(String(job.avatar));
    await givenUser(stores, { id: somebodyElse });
    const request = await openForm.execute(
      { kind: 'recipe', recipe: recipe.id },
      { owner: somebodyElse, origin },
    );
    expect(request).toMatchObject({ owner: somebodyElse, choices: { avatar: null, preset: 'quality' } });
    await expect(shareRecipe.execute({ id: job.id }, { owner: somebodyElse })).rejects.toMatchObject(
      notFound,
    );
    const unknown = openForm.execute({ kind: 'recipe', recipe: nextUuid() }, { owner: someone, origin });
    await expect(unknown).rejects.toMatchObject(notFound);
  });
});

describe('once more', () => {
  it('takes a new seed, or another preset with the same one', async () => {
    const { stores, repeatGeneration } = aHouse();
    await givenUser(stores, { id: someone, credits: 100 });
    const avatar = await givenAvatar(stores);
    const job = await givenGeneration(stores, {
      status: 'delivered',
      avatar: avatar.id,
      prompt: 'a knight',
      preset: 'fast',
      overrides: { seed: 7, aspectRatio: '3:4', steps: 9, count: 2 },
    });
    const { id } = job;
    const by = { owner: someone, origin };
    const varied = await repeatGeneration.execute({ id }, { ...by, requestKey: 'one' });
    expect(varied).toMatchObject({ prompt: 'a knight', preset: 'fast', order: { steps: 9, count: 2 } });
    expect(varied.overrides.seed).not.toBe(7);
    const other = await repeatGeneration.execute({ id, preset: 'quality' }, { ...by, requestKey: 'two' });
    expect(other.overrides).toEqual({ seed: 7, aspectRatio: '3:4', count: 2 });
    expect(other.order).toMatchObject({ steps: 50, seed: 7 });
    const stolen = repeatGeneration.execute({ id }, { owner: somebodyElse, origin, requestKey: 'three' });
    await expect(stolen).rejects.toMatchObject(notFound);
  });

  it('is not possible when the avatar is gone', async () => {
    const { stores, repeatGeneration } = aHouse();
    const job = await givenGeneration(stores, { status: 'delivered', avatar: avatarId(nextUuid()) });
    const asked = repeatGeneration.execute({ id: job.id }, { owner: someone, origin, requestKey: 'one' });
    await expect(asked).rejects.toMatchObject(notFound);
  });
});

describe('the same order, when nothing came of it', () => {
  it.each(['failed', 'cancelled'] as const)('is the very same after it %s', async (status) => {
    const { stores, repeatGeneration } = aHouse();
    await givenUser(stores, { id: someone, credits: 100 });
    const avatar = await givenAvatar(stores);
    const overrides = { seed: 7, aspectRatio: '3:4', steps: 9, count: 2 } as const;
    const { id } = await givenGeneration(stores, { status, avatar: avatar.id, preset: 'fast', overrides });
    const again = await repeatGeneration.execute({ id }, { owner: someone, origin, requestKey: 'one' });
    expect(again).toMatchObject({ preset: 'fast', overrides, order: { seed: 7, steps: 9, count: 2 } });
  });

  it('has another seed after the filter withheld what was made', async () => {
    const { stores, repeatGeneration } = aHouse();
    await givenUser(stores, { id: someone, credits: 100 });
    const avatar = await givenAvatar(stores);
    const job = { status: 'blocked', avatar: avatar.id, preset: 'fast', overrides: { seed: 7 } } as const;
    const { id } = await givenGeneration(stores, job);
    const again = await repeatGeneration.execute({ id }, { owner: someone, origin, requestKey: 'one' });
    expect(again.overrides.seed).not.toBe(7);
  });

  it('enlarges the same picture, while it is there', async () => {
    const { stores, repeatGeneration, requestUpscale, cancelGeneration } = aHouse();
    await givenUser(stores, { id: someone, credits: 100 });
    const image = anImageRow({ generation: (await givenGeneration(stores, { status: 'delivered' })).id });
    await stores.images.add([image]);
    const by = { owner: someone, origin };
    const { id } = await requestUpscale.execute({ image: image.id }, { ...by, requestKey: 'one' });
    await cancelGeneration.execute({ id }, by);
    const again = await repeatGeneration.execute({ id }, { ...by, requestKey: 'two' });
    expect(again).toMatchObject({ price: 10, order: { source: image.mediaKey, factor: 2 } });
    await stores.gallery.remove(someone, [image.id], new Date());
    const late = repeatGeneration.execute({ id }, { ...by, requestKey: 'three' });
    await expect(late).rejects.toMatchObject(notFound);
  });
});

describe('a variation', () => {
  const aVariedPicture = async (stores: ReturnType<typeof aHouse>['stores'], model = aLoraModel) => {
    for (const id of [someone, somebodyElse]) await givenUser(stores, { id, credits: 50 });
    const avatar = await givenAvatar(stores, { model });
    const job = await givenGeneration(stores, {
      status: 'delivered',
      avatar: avatar.id,
      prompt: 'a knight',
      preset: 'quality',
      overrides: { seed: 7, aspectRatio: '3:4', count: 4 },
    });
    const image = anImageRow({ generation: job.id, position: 2 });
    await stores.images.add([image]);
    return { avatar, image };
  };

  it('is one picture made from the chosen one, with the same words and settings', async () => {
    const { stores, requestVariation } = aHouse();
    const { image, avatar } = await aVariedPicture(stores);
    const wish = { image: image.id, change: 'lot' } as const;
    const asked = { owner: someone, origin, requestKey: 'one' };
    const variation = await requestVariation.execute(wish, asked);
    expect(variation).toMatchObject({
      avatar: avatar.id,
      prompt: 'a knight',
      preset: 'quality',
      price: 5,
      order: {
        endpoint: 'fal-ai/flux-lora/image-to-image',
        source: image.mediaKey,
        change: 0.9,
        count: 1,
        steps: 50,
        imageSize: 'portrait_4_3',
      },
    });
    expect(variation.overrides.seed).not.toBe(7);
    expect((await requestVariation.execute(wish, asked)).id).toBe(variation.id);
    expect(await stores.ledger.account(someone)).toEqual({ balance: 45, held: 5 });
  });

  it('once more starts from the same picture, with another seed', async () => {
    const { stores, requestVariation, repeatGeneration, cancelGeneration } = aHouse();
    const { image } = await aVariedPicture(stores);
    const by = { owner: someone, origin };
    const { id, order } = await requestVariation.execute(
      { image: image.id, change: 'little' },
      { ...by, requestKey: 'one' },
    );
    await cancelGeneration.execute({ id }, by);
    const again = await repeatGeneration.execute({ id }, { ...by, requestKey: 'two' });
    expect(again.order).toEqual(order);
  });

  const anEditedVariation = async () => {
    const house = aHouse();
    const { stores, requestVariation, cancelGeneration, openForm, editForm } = house;
    const { image } = await aVariedPicture(stores);
    const by = { owner: someone, origin };
    const wish = { image: image.id, change: 'little' } as const;
    const { id, order } = await requestVariation.execute(wish, { ...by, requestKey: 'one' });
    await cancelGeneration.execute({ id }, by);
    const { id: form } = await openForm.execute({ kind: 'again', generation: id }, by);
    await editForm.execute({ form, prompt: 'a queen' }, by);
    return { ...house, image, order, form, by };
  };

  it('stays one when its words are changed: made from the same picture, as much of it anew', async () => {
    const { submitForm, order, form, by } = await anEditedVariation();
    const { order: changed } = await submitForm.execute({ id: form }, by);
    expect(changed).toEqual({ ...order, prompt: expect.stringContaining('a queen') });
  });

  it('becomes a picture of words alone with an avatar that starts from none, and its form says so', async () => {
    const { stores, submitForm, editForm, describeForm, form, by } = await anEditedVariation();
    const style = await givenAvatar(stores, { type: 'artistic', model: aFinetuneModel });
    const edited = await editForm.execute({ form, choices: { avatar: style.id } }, by);
    expect(await describeForm.execute(edited)).toMatchObject({ picture: null });
    const { order } = await submitForm.execute({ id: form }, by);
    expect(order.endpoint).toBe('fal-ai/flux-pro/finetuned');
  });

  it('whose words are changed is not made without its picture, unless its owner wants that', async () => {
    const { stores, submitForm, editForm, image, form, by } = await anEditedVariation();
    await stores.gallery.remove(someone, [image.id], new Date());
    const late = submitForm.execute({ id: form }, by);
    await expect(late).rejects.toMatchObject({ refusal: { code: 'not_found', what: 'image' } });
    expect(await stores.ledger.account(someone)).toEqual({ balance: 50, held: 0 });
    await editForm.execute({ form }, { ...by, picture: null });
    expect((await submitForm.execute({ id: form }, by)).order.endpoint).toBe('fal-ai/flux-lora');
  });

  it("is not to be had of somebody else's picture, nor of a deleted one", async () => {
    const { stores, requestVariation } = aHouse();
    const { image } = await aVariedPicture(stores);
    const wish = { image: image.id, change: 'more' } as const;
    const stolen = requestVariation.execute(wish, { origin, requestKey: 'one', owner: somebodyElse });
    await expect(stolen).rejects.toMatchObject(notFound);
    await stores.gallery.remove(someone, [image.id], new Date());
    const late = requestVariation.execute(wish, { origin, requestKey: 'two', owner: someone });
    await expect(late).rejects.toMatchObject(notFound);
    expect(await stores.ledger.account(someone)).toEqual({ balance: 50, held: 0 });
  });

  it('needs a LoRA', async () => {
    const { stores, requestVariation } = aHouse();
    const { image } = await aVariedPicture(stores, aFinetuneModel);
    const asked = requestVariation.execute(
      { image: image.id, change: 'more' },
      { owner: someone, origin, requestKey: 'one' },
    );
    await expect(asked).rejects.toMatchObject({
      refusal: { code: 'invalid_input', problems: [{ field: 'picture', code: 'not_supported' }] },
    });
    expect(await stores.ledger.account(someone)).toEqual({ balance: 50, held: 0 });
  });
});

describe('an upscale', () => {
  it('costs its own price, once per tap, within the limits', async () => {
    const { stores, requestUpscale } = aHouse();
    await givenUser(stores, { id: someone, credits: 25 });
    const job = await givenGeneration(stores, {
      status: 'delivered',
      prompt: 'a knight',
      avatar: avatarId(nextUuid()),
      companion: avatarId(nextUuid()),
    });
    const image = anImageRow({ generation: job.id });
    await stores.images.add([image]);
    const ask = (requestKey: string) =>
      requestUpscale.execute({ image: image.id }, { owner: someone, origin, requestKey });
    const upscale = await ask('one');
    expect(upscale.order).toMatchObject({ endpoint: 'fal-ai/clarity-upscaler', source: image.mediaKey });
    // Who is deleted with all pictures goes from this one too.
    expect(upscale).toMatchObject({ avatar: job.avatar, companion: job.companion, preset: null });
    expect((await ask('one')).id).toBe(upscale.id);
    expect(await stores.ledger.account(someone)).toEqual({ balance: 15, held: 10 });
    await ask('three');
    await expect(ask('four')).rejects.toMatchObject({ code: 'too_many_waiting', refusal: { limit: 2 } });
    await stores.gallery.remove(someone, [image.id], new Date());
    await expect(ask('five')).rejects.toMatchObject(notFound);
  });

  it("is not to be had of somebody else's picture, whoever would pay", async () => {
    const { stores, requestUpscale } = aHouse();
    for (const id of [someone, somebodyElse]) await givenUser(stores, { id, credits: 50 });
    const job = await givenGeneration(stores, { status: 'delivered' });
    const image = anImageRow({ generation: job.id });
    await stores.images.add([image]);
    const asked = { origin, requestKey: 'one' };
    const stolen = requestUpscale.execute({ image: image.id }, { ...asked, owner: somebodyElse });
    await expect(stolen).rejects.toMatchObject(notFound);
    for (const id of [someone, somebodyElse]) {
      expect(await stores.ledger.account(id)).toEqual({ balance: 50, held: 0 });
      expect(await stores.generations.countOpen(id)).toBe(0);
    }
    expect((await requestUpscale.execute({ image: image.id }, { ...asked, owner: someone })).owner).toBe(
      someone,
    );
  });

  it('is refused to who cannot pay, and then nothing is written', async () => {
    const { stores, requestUpscale } = aHouse();
    const job = await givenGeneration(stores, { status: 'delivered' });
    const image = anImageRow({ generation: job.id });
    await stores.images.add([image]);
    const asked = requestUpscale.execute({ image: image.id }, { owner: someone, origin, requestKey: 'one' });
    await expect(asked).rejects.toMatchObject({ code: 'insufficient_credits' });
    expect(await stores.generations.countOpen(someone)).toBe(0);
  });
});

it('deleted images are gone for good after a day, with their files', async () => {
  const { stores, purgeImages, media, clock } = aHouse();
  const job = await givenGeneration(stores, { status: 'delivered' });
  const image = anImageRow({ generation: job.id });
  await stores.images.add([image]);
  media.files.set(image.mediaKey, Buffer.from('picture'));
  media.files.set(image.thumbnailKey, Buffer.from('thumbnail'));
  await stores.gallery.remove(someone, [image.id], clock.now());
  clock.advance(86_400);
  expect(await purgeImages.execute()).toBe(0);
  clock.advance(1);
  expect(await purgeImages.execute()).toBe(1);
  expect([...media.files.keys()]).toEqual([]);
});
