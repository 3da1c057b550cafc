import { expect, test } from 'vitest';
import { AddAvatar } from '../../../src/application/avatars/add-avatar.js';
import { findAnyonesAvatar, findAvatar } from '../../../src/application/avatars/find-avatar.js';
import { ImportAvatars } from '../../../src/application/avatars/import-avatars.js';
import { checkWeightsUrl } from '../../../src/application/avatars/weights-url.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { avatarId, userId } from '../../../src/domain/ids.js';
import { givenAvatar } from '../../support/builders/given.js';
import { somebodyElse, someone } from '../../support/builders/ids.js';
import { fluxEverywhere } from '../../support/safetensors.js';
import { GenerationWorld } from '../generation/generation-world.js';

const lora = 'https://weights.example/ada.safetensors';
const input = { name: 'Ada', type: 'portrait', lora };

function adding(
  world: GenerationWorld,
  changes: { readonly owner?: string; readonly [field: string]: unknown } = {},
) {
  const useCase = new AddAvatar({
    database: world.database,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
    look: fluxEverywhere,
  });
  const { owner = someone, ...avatar } = { ...input, ...changes };
  return useCase.execute(avatar, { owner: userId(owner) });
}

const importing = (world: GenerationWorld) =>
  new ImportAvatars({
    database: world.database,
    clock: world.clock,
    ids: world.ids,
    policy: world.rules,
    look: fluxEverywhere,
  });

test("an owner's first avatar becomes the main one, a later one only when asked to", async () => {
  const world = new GenerationWorld();
  expect(await adding(world, { name: ' Ada ', trigger: ' ' })).toMatchObject({
    name: 'Ada',
    trigger: null,
    isMain: true,
    status: 'ready',
    model: { kind: 'lora', url: lora },
  });
  expect((await adding(world, { name: 'Second' })).isMain).toBe(false);
  const third = await adding(world, {
    name: 'Third',
    type: 'artistic',
    lora: undefined,
    finetune: 'ft-1',
    main: true,
  });
  expect(third).toMatchObject({ model: { kind: 'finetune', id: 'ft-1' } });
  expect(await world.stores.avatars.mainOf(someone)).toMatchObject({ id: third.id });
});

test.each<[Parameters<typeof adding>[1], readonly string[]]>([
  [{ owner: 'x', name: 'A', type: 'person', lora: undefined }, ['model', 'name', 'owner', 'type']],
  [{ name: 'A'.repeat(51), trigger: 'x'.repeat(101) }, ['name', 'trigger']],
  [{ name: undefined, type: undefined }, ['name', 'type']],
  [{ finetune: 'ft-1' }, ['model']],
  [{ lora: undefined, finetune: 'ft-1' }, ['finetune']],
  [{ type: 'artistic', lora: undefined, finetune: 'a b/c' }, ['finetune']],
  [{ lora: 'http://weights.example/x' }, ['lora']],
  [{ lora: 'https://127.0.0.1/x' }, ['lora']],
])('everything wrong about an avatar is named at once: %j', async (changes, fields) => {
  const world = new GenerationWorld();
  const error = await adding(world, changes).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'invalid_input' });
  const { problems } = (error as { refusal: { problems: { field: string }[] } }).refusal;
  expect(problems.map(({ field }) => field).sort()).toEqual([...fields]);
  expect(await world.stores.avatars.list()).toEqual([]);
});

test.each([
  ['https://v3.fal.media/files/x.safetensors', null],
  ['https://[2606:4700::1111]/x', null],
  ['https://93.184.216.34/x', null],
  ['https://172.32.0.1/x', null],
  ['', 'malformed'],
  ['weights', 'malformed'],
  ['ftp://weights.example/x', 'not_https'],
  ['http://weights.example/x', 'not_https'],
  ['https://user:password@weights.example/x', 'malformed'],
  ['https://localhost/x', 'private_address'],
  ['https://localhost./x', 'private_address'],
  ['https://nas.local/x', 'private_address'],
  ['https://intranet/x', 'private_address'],
  ['https://10.1.2.3/x', 'private_address'],
  ['https://0x7f000001/x', 'private_address'],
  ['https://2130706433/x', 'private_address'],
  ['https://127.1/x', 'private_address'],
  ['https://192.168.0.1/x', 'private_address'],
  ['https://172.31.0.1/x', 'private_address'],
  ['https://169.254.169.254/latest', 'private_address'],
  ['https://[::1]/x', 'private_address'],
  ['https://[::ffff:10.0.0.1]/x', 'private_address'],
  ['https://[fd00::1]/x', 'private_address'],
  ['https://127.0.0.1./x', 'private_address'],
  ['https://[::]/x', 'private_address'],
  ['https://[::127.0.0.1]/x', 'private_address'],
  ['https://[::ffff:0:7f00:1]/x', 'private_address'],
  ['https://[2002:7f00:1::]/x', 'private_address'],
  ['https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/x', 'private_address'],
  ['https://[64:ff9b::7f00:1]/x', 'private_address'],
  ['https://[64:ff9b:1::7f00:1]/x', 'private_address'],
  ['https://[fe80::1]/x', 'private_address'],
  ['https://[fec0::1]/x', 'private_address'],
  ['https://[100::1]/x', 'private_address'],
  ['https://[2001:db8::1]/x', 'private_address'],
] as const)('of the weights address %s is said: %s', (address, code) => {
  expect(checkWeightsUrl('lora', address, false).map((problem) => problem.code)).toEqual(
    code === null ? [] : [code],
  );
});

test('in the sandbox an address on this machine is fine', () => {
  expect(checkWeightsUrl('lora', 'http://127.0.0.1:9000/x', true)).toEqual([]);
  expect(checkWeightsUrl('lora', 'file:///etc/passwd', true)).toMatchObject([{ code: 'not_https' }]);
});

const row = (changes: Record<string, unknown> = {}) => ({
  id: 1,
  telegram_id: 1001,
  name: 'Ada',
  training_type: 'portrait',
  status: 'COMPLETED',
  diffusers_lora_file_url: lora,
  trigger_phrase: 'TOK person',
  is_main: true,
  ...changes,
});

test('importing twice changes nothing; what changed in the old table is brought over', async () => {
  const world = new GenerationWorld();
  const rows = [row(), row({ id: 2, name: 'Style', training_type: 'style', model: 'ft-1', is_main: false })];
  expect(await importing(world).execute(rows)).toEqual({ imported: 2, updated: 0, skipped: [] });
  const before = await world.stores.avatars.list(someone);
  expect(await importing(world).execute(rows)).toEqual({ imported: 0, updated: 0, skipped: [] });
  expect(await world.stores.avatars.list(someone)).toEqual(before);
  expect(await importing(world).execute([row({ trigger_phrase: 'TOK2' })])).toMatchObject({ updated: 1 });
  expect(await world.stores.avatars.list(someone)).toMatchObject([{ trigger: 'TOK2', isMain: true }, {}]);
});

test('dirt is skipped with its reason, the rest comes over; a dry run writes nothing', async () => {
  const world = new GenerationWorld({ welcomeCredits: 3 });
  const rows = [
    row(),
    row({ id: 2, diffusers_lora_file_url: 'https://fallback.example/x' }),
    row({ id: 3, diffusers_lora_file_url: 'https://10.0.0.1/x' }),
    row({ id: 4, status: 'FAILED' }),
    'nonsense',
  ];
  const report = await importing(world).execute(rows, { dryRun: true });
  expect(report).toMatchObject({ imported: 1, skipped: [{ id: '2' }, { id: '3' }, { id: '4' }, { id: '' }] });
  expect(await world.stores.avatars.list()).toEqual([]);
  expect(await world.stores.users.find(someone)).toBeNull();
  expect(await importing(world).execute(rows)).toEqual(report);
  expect(await world.stores.avatars.list()).toHaveLength(1);
  expect(await world.credits()).toEqual({ balance: 3, held: 0 });
});

test('something else than rows is refused', async () => {
  const world = new GenerationWorld();
  for (const rows of [{}, null, 'x', 7])
    await expect(importing(world).execute(rows)).rejects.toMatchObject({ code: 'invalid_input' });
});

test("an avatar is found by id and by name, and never somebody else's", async () => {
  const world = new GenerationWorld();
  const mine = await givenAvatar(world.stores, { name: 'Ada' });
  const theirs = await givenAvatar(world.stores, { owner: somebodyElse, name: 'Ada' });
  for (const name of [mine.id, mine.id.toUpperCase(), 'ada', ' Ada '])
    expect(await findAvatar(world.stores, name, someone)).toMatchObject({ id: mine.id });
  await expect(findAvatar(world.stores, theirs.id, someone)).rejects.toMatchObject({
    code: 'avatar_not_found',
  });
  await expect(findAnyonesAvatar(world.stores, 'Ada')).rejects.toMatchObject({
    refusal: { code: 'avatar_ambiguous', owners: [someone, somebodyElse] },
  });
  expect(await findAnyonesAvatar(world.stores, theirs.id)).toMatchObject({ owner: somebodyElse });
  await expect(findAnyonesAvatar(world.stores, 'Eve')).rejects.toMatchObject({ code: 'avatar_not_found' });
  await expect(findAvatar(world.stores, undefined, userId('9'))).rejects.toMatchObject({ code: 'no_avatar' });
});

test('the beginning of an id that fits several avatars of one person asks for more of it', async () => {
  const world = new GenerationWorld();
  const ids = ['00000001-0000-4000-8000-00000000000a', '00000001-0000-4000-8000-00000000000b'] as const;
  for (const id of ids) await givenAvatar(world.stores, { id: avatarId(id) });
  await expect(findAvatar(world.stores, '00000001', someone)).rejects.toThrow(
    '"00000001" fits several avatars: write the whole name, or more of the id.',
  );
  expect(await findAvatar(world.stores, ids[0], someone)).toMatchObject({ id: ids[0] });
});

test('an import brings back no avatar that was deleted here, unless asked to', async () => {
  const world = new GenerationWorld();
  const rows = [row()];
  const importAvatars = importing(world);
  await importAvatars.execute(rows);
  const [avatar] = await world.stores.avatars.list();
  if (avatar === undefined) throw new Error('nothing was imported');
  const remove = new DeleteAvatar({ database: world.database, media: world.media, clock: world.clock });
  await remove.execute({ avatar: avatar.id, withImages: true }, { owner: avatar.owner });
  const skipped = [{ id: '1', reason: 'was deleted here; --restore-deleted brings it back' }];
  expect(await importAvatars.execute(rows)).toEqual({ imported: 0, updated: 0, skipped });
  expect(await world.stores.avatars.list()).toEqual([]);
  const asked = { restoreDeleted: true };
  expect(await importAvatars.execute(rows, { ...asked, dryRun: true })).toMatchObject({ imported: 1 });
  expect(await importAvatars.execute(rows, asked)).toEqual({ imported: 1, updated: 0, skipped: [] });
  expect(await world.stores.avatars.list()).toMatchObject([{ name: avatar.name, status: 'ready' }]);
  // Once it is back, an import finds nothing to do, asked or not.
  expect(await importAvatars.execute(rows)).toEqual({ imported: 0, updated: 0, skipped: [] });
});
