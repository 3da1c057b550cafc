import { beforeEach, expect, it } from 'vitest';
import { EditForm } from '../../../src/application/composer/edit-form.js';
import { FillForm } from '../../../src/application/composer/fill-form.js';
import { OpenForm } from '../../../src/application/composer/open-form.js';
import type { TypedRequest } from '../../../src/application/composer/typed-request.js';
import type { GenerationForm } from '../../../src/application/ports/stores/form-store.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { SequentialIds } from '../../fakes/sequential-ids.js';
import { givenAvatar } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';

const database = new InMemoryDatabase();
const clock = new FakeClock();
const editForm = new EditForm({ database });
const openForm = new OpenForm({ database, clock, ids: new SequentialIds() });
const fillForm = new FillForm({ database, clock, editForm });
const here = { transport: 'test', address: { message: 1 } };
const there = { transport: 'test', address: { message: 2 } };

let form: GenerationForm;
beforeEach(async () => {
  await givenAvatar(database.stores, { isMain: true });
  form = await openForm.execute({ kind: 'new', prompt: null }, { owner: someone, origin: here });
});
const fill = ({ problems = [], ...typed }: Partial<TypedRequest>, owner = someone) =>
  fillForm.execute(
    { form: form.id, prompt: 'a knight', overrides: {}, ...typed },
    { owner, origin: there, problems },
  );

it('puts words into a form and leaves its choices; the picture answers these words', async () => {
  await editForm.execute(
    { form: form.id, choices: { preset: 'fast' } },
    { owner: someone, suggestion: 'an earlier one' },
  );
  expect(await fill({})).toEqual({
    ...form,
    prompt: 'a knight',
    choices: { ...form.choices, preset: 'fast' },
    origin: there,
  });
});

it('takes options for choices where there is one, and keeps the others beside them', async () => {
  const other = await givenAvatar(database.stores, { name: 'Bob' });
  const overrides = { aspectRatio: '3:4', count: 2, seed: 7 } as const;
  const filled = await fill({ preset: 'quality', avatar: 'bob', overrides });
  expect(filled).toMatchObject({
    choices: { avatar: other.id, preset: 'quality', aspectRatio: '3:4', count: 2 },
    overrides: { seed: 7 },
  });
  expect(filled.overrides).toEqual({ seed: 7 });
  expect((await fill({ overrides: { steps: 9 } })).overrides).toEqual({ seed: 7, steps: 9 });
});

it('says everything that is wrong at once, and changes nothing then', async () => {
  const problems = [{ field: 'option', code: 'unknown_value', received: '--size' }] as const;
  await expect(fill({ problems, overrides: { seed: -1, count: 9 } })).rejects.toMatchObject({
    refusal: { problems: [{ field: 'option' }, { field: 'seed' }, { field: 'count' }] },
  });
  await expect(fill({ avatar: 'Nobody' })).rejects.toMatchObject({ code: 'avatar_not_found' });
  expect(await database.stores.forms.findOwned(someone, form.id)).toEqual(form);
});

it('does not find the form of somebody else', async () => {
  await givenAvatar(database.stores, { owner: somebodyElse, isMain: true });
  for (const typed of [{}, { preset: 'fast' }])
    await expect(fill(typed, somebodyElse)).rejects.toMatchObject({ code: 'not_found' });
  expect(await database.stores.forms.findOwned(someone, form.id)).toEqual(form);
});
