import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZipPhotoArchives } from '../../../src/adapters/archives/zip-photo-archives.js';
import { SharpPhotoJudge } from '../../../src/adapters/photos/sharp-photo-judge.js';
import { SharpPictureCutter } from '../../../src/adapters/photos/sharp-picture-cutter.js';
import { SharpProofComposer } from '../../../src/adapters/photos/sharp-proof-composer.js';
import { secretDigest } from '../../../src/adapters/system/secret-digest.js';
import { ChangePreferences } from '../../../src/application/account/change-preferences.js';
import { GrantCredits } from '../../../src/application/account/grant-credits.js';
import { CreateApiKey } from '../../../src/application/account/keys/create-api-key.js';
import { RevokeApiKey } from '../../../src/application/account/keys/revoke-api-key.js';
import { AddAvatar } from '../../../src/application/avatars/add-avatar.js';
import { ChangeAvatar } from '../../../src/application/avatars/change-avatar.js';
import { ChooseFace } from '../../../src/application/avatars/choose-face.js';
import { LoraFiles } from '../../../src/application/avatars/lora-files.js';
import { AddPhotos } from '../../../src/application/avatars/photos/add-photos.js';
import { SortPhotos } from '../../../src/application/avatars/photos/sort-photos.js';
import { StartDraft } from '../../../src/application/avatars/start-draft.js';
import { UpdateAvatar } from '../../../src/application/avatars/update-avatar.js';
import { UpdateAvatarDraft } from '../../../src/application/avatars/update-avatar-draft.js';
import { DescribeForm } from '../../../src/application/composer/describe-form.js';
import { DescribePhoto } from '../../../src/application/composer/describe-photo.js';
import { EditForm } from '../../../src/application/composer/edit-form.js';
import { FillForm } from '../../../src/application/composer/fill-form.js';
import { ImprovePrompt } from '../../../src/application/composer/improve-prompt.js';
import { OpenForm } from '../../../src/application/composer/open-form.js';
import { SubmitForm } from '../../../src/application/composer/submit-form.js';
import { ChangeImage } from '../../../src/application/gallery/change-image.js';
import { ChangeImages } from '../../../src/application/gallery/change-images.js';
import { ListImages } from '../../../src/application/gallery/list-images.js';
import { RepeatGeneration } from '../../../src/application/generation/repeats/repeat-generation.js';
import { RequestVariation } from '../../../src/application/generation/repeats/request-variation.js';
import { TakeAnotherAvatar } from '../../../src/application/generation/repeats/take-another-avatar.js';
import { RequestUpscale } from '../../../src/application/generation/request-upscale.js';
import { AddHook } from '../../../src/application/hooks/add-hook.js';
import { RemoveHook } from '../../../src/application/hooks/remove-hook.js';
import { readInput } from '../../../src/application/input/input-validation.js';
import { DecideAccess } from '../../../src/application/operator/access/decide-access.js';
import { EndAccessLink } from '../../../src/application/operator/access/end-access-link.js';
import { MakeAccessLink } from '../../../src/application/operator/access/make-access-link.js';
import { AppealBlock } from '../../../src/application/operator/cases/appeal-block.js';
import { DecideCase } from '../../../src/application/operator/cases/decide-case.js';
import { OpenCase } from '../../../src/application/operator/cases/open-case.js';
import { ReportRecipe } from '../../../src/application/operator/cases/report-recipe.js';
import { ShowCases } from '../../../src/application/operator/cases/show-cases.js';
import { ListActs } from '../../../src/application/operator/list-acts.js';
import { SettlePayment } from '../../../src/application/operator/payments/settle-payment.js';
import { FindPeople } from '../../../src/application/operator/people/find-people.js';
import { LimitPictures } from '../../../src/application/operator/quotas/limit-pictures.js';
import { ReportNumbers } from '../../../src/application/operator/report-numbers.js';
import { CreatePromo } from '../../../src/application/payments/create-promo.js';
import { RedeemPromo } from '../../../src/application/payments/redeem-promo.js';
import { DeleteAvatar } from '../../../src/application/personal-data/delete-avatar.js';
import { DescribeStoredData } from '../../../src/application/personal-data/stored-data.js';
import { CancelTraining } from '../../../src/application/training/cancel-training.js';
import { OrderTraining } from '../../../src/application/training/order-training.js';
import { RequestTraining } from '../../../src/application/training/request-training.js';
import { CopyMedia } from '../../../src/application/upkeep/copy-media.js';
import { DomainError, describeProblem } from '../../../src/domain/errors.js';
import type { Generation } from '../../../src/domain/generation/generation.js';
import { isOverrideName, overrideNames } from '../../../src/domain/generation/overrides.js';
import { MemoryMediaStore } from '../../fakes/memory-media-store.js';
import { aTrainingPolicy } from '../../support/builders/a-training.js';
import { someone } from '../../support/builders/ids.js';
import { sourceFiles } from '../../support/import-rules.js';
import { inputClasses, undecoratedFields } from '../../support/input-classes.js';
import { fluxEverywhere } from '../../support/safetensors.js';
import { GenerationWorld } from '../generation/generation-world.js';

/** What only a way in may say. */
const ours = [
  'owner',
  'origin',
  'requestKey',
  'free',
  'picture',
  'problems',
  'word',
  'transportState',
  'price',
];
/** What every object has, and what makes it another one. */
const inherited = ['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf', ''];
const origin = { transport: 'test', address: { chat: 7 } };

const by = { owner: someone, origin };
let drawn = 0;
const secureBytes = (count: number) => new Uint8Array(count).fill(drawn++);

/** Each input class, and a use case that takes one from somebody. */
const useCases: Readonly<Record<string, (world: GenerationWorld, body: never) => Promise<unknown>>> = {
  GenerationRequest: ({ requesting }, body) => requesting.execute(body, by),
  Repetition: (world, body) => {
    const { database, requesting: requestGeneration } = world;
    const requestUpscale = new RequestUpscale(partsOf(world));
    return new RepeatGeneration({ database, requestGeneration, requestUpscale }).execute(body, by);
  },
  VariationRequest: ({ database, requesting: requestGeneration }, body) =>
    new RequestVariation({ database, requestGeneration }).execute(body, by),
  OtherAvatar: (world, body) =>
    new TakeAnotherAvatar({
      ...partsOf(world),
      cancelGeneration: world.cancelling,
      requestGeneration: world.requesting,
    }).execute(body, by),
  UpscaleRequest: (world, body) => new RequestUpscale(partsOf(world)).execute(body, by),
  GenerationNamed: ({ cancelling }, body) => cancelling.execute(body, by),
  FormSubmission: (world, body) => {
    const { database, requesting: requestGeneration } = world;
    const describeForm = new DescribeForm(partsOf(world));
    return new SubmitForm({ database, describeForm, requestGeneration }).execute(body, by);
  },
  FormStart: (world, body) => new OpenForm(partsOf(world)).execute(body, by),
  TypedForm: (world, body) => new FillForm(helpOf(world)).execute(body, { ...by, problems: [] }),
  FormEdit: (world, body) => new EditForm(partsOf(world)).execute(body, by),
  FormChoices: async (world, choices) => {
    const { id: form } = await new OpenForm(partsOf(world)).execute({ kind: 'new' }, by);
    return new EditForm(partsOf(world)).execute({ form, choices }, by);
  },
  PromptImprovement: (world, body) => new ImprovePrompt(helpOf(world)).execute(body, by),
  PhotoDescription: (world, body) =>
    new DescribePhoto(helpOf(world)).execute(body, { ...by, read: async () => Buffer.of() }),
  PreferenceChanges: (world, body) => new ChangePreferences(partsOf(world)).execute(body, by),
  ImageChange: (world, body) => new ChangeImage(partsOf(world)).execute(body, by),
  ImageChanges: (world, body) => new ChangeImages(partsOf(world)).execute(body, by),
  GalleryLook: (world, body) => new ListImages(partsOf(world)).execute(body, { ...by, limit: 1 }),
  FilterAsked: (world, filter) => new ListImages(partsOf(world)).execute({ filter }, { ...by, limit: 1 }),
  GalleryStart: (world, from) => new ListImages(partsOf(world)).execute({ from }, { ...by, limit: 1 }),
  AvatarName: (world, body) => new UpdateAvatar(partsOf(world)).rename(body, by),
  AvatarChange: (world, body) => new ChangeAvatar(partsOf(world)).execute(body, by),
  AvatarStrength: (world, body) => new UpdateAvatar(partsOf(world)).setStrength(body, by),
  ProofChoice: (world, body) => new UpdateAvatar(partsOf(world)).chooseProof(body, by),
  ConsentGiven: (world, body) => new UpdateAvatarDraft(partsOf(world)).consent(body, by),
  PhotoNamed: (world, body) => new SortPhotos(partsOf(world)).keep(body, by),
  PhotosSent: (world, body) =>
    new AddPhotos({
      ...partsOf(world),
      judge: new SharpPhotoJudge(),
      archives: new ZipPhotoArchives(),
      coach: { execute: async () => undefined },
    }).execute(body, by),
  FaceChoice: (world, body) =>
    new ChooseFace({
      ...partsOf(world),
      faces: { find: async () => null },
      cutter: new SharpPictureCutter(),
      judge: new SharpPhotoJudge(),
      composer: new SharpProofComposer(),
    }).execute(body, by),
  LoraImport: (world, body) =>
    new LoraFiles({
      ...partsOf(world),
      library: { publish: async () => 'https://v3.fal.media/files/a' },
    }).import(body, { ...by, body: Readable.from([]) }),
  DeletionRequest: (world, body) => new DeleteAvatar(partsOf(world)).execute(body, by),
  PersonNamed: (world, body) =>
    new DescribeStoredData({ ...partsOf(world), policy: aTrainingPolicy() }).execute(body, by),
  TrainingOrdered: (world, body) =>
    new OrderTraining({
      database: world.database,
      updateAvatarDraft: new UpdateAvatarDraft(partsOf(world)),
      requestTraining: new RequestTraining(partsOf(world)),
    }).execute(body, by),
  TrainingRequest: (world, body) => new RequestTraining(partsOf(world)).execute(body, by),
  AvatarNamed: (world, body) => new RequestTraining(partsOf(world)).quote(body, by),
  TrainingNamed: (world, body) => new CancelTraining(partsOf(world)).execute(body, by),
  MediaWay: (_, body) =>
    new CopyMedia({ places: { open: async () => new MemoryMediaStore() } }).execute(body, () => undefined),
  PromoTerms: (world, body) =>
    new CreatePromo({ ...partsOf(world), secureBytes }).execute(body, { admin: 'cli' }),
  PromoEntered: (world, body) => new RedeemPromo(partsOf(world)).execute(body, by),
  AccessDecision: (world, body) => new DecideAccess(partsOf(world)).execute(body, { admin: 'cli' }),
  ApiKeyTerms: (world, body) =>
    new CreateApiKey({ ...partsOf(world), secureBytes, secretDigest }).execute(body, by),
  ApiKeyNamed: (world, body) => new RevokeApiKey(partsOf(world)).execute(body, by),
  AccessLinkTerms: (world, body) =>
    new MakeAccessLink({ ...partsOf(world), secureBytes }).execute(body, { admin: 'cli' }),
  PictureLimit: (world, body) => new LimitPictures(partsOf(world)).execute(body, { admin: 'cli' }),
  AccessLinkNamed: (world, body) => new EndAccessLink(partsOf(world)).execute(body, { admin: 'cli' }),
  NumbersRequest: ({ database, clock }, body) => new ReportNumbers({ database, clock }).execute(body),
  Settlement: (world, body) => new SettlePayment(partsOf(world)).execute(body, { admin: 'cli' }),
  GrantInput: (world, body) => new GrantCredits(partsOf(world)).execute(body, { admin: 'cli' }),
  PeopleAsked: ({ database }, body) => new FindPeople({ database }).execute(body),
  ActsAsked: ({ database }, body) => new ListActs({ database }).execute(body),
  RecipeReport: (world, body) => new ReportRecipe(partsOf(world)).execute(body, by),
  Appeal: (world, body) => new AppealBlock(partsOf(world)).execute(body, by),
  CasesAsked: ({ database }, body) => new ShowCases({ database }).execute(body),
  CaseNamed: ({ database, clock }, body) =>
    new OpenCase({ database, clock }).execute(body, { admin: someone }),
  CaseDecision: ({ database, clock }, body) =>
    new DecideCase({
      database,
      clock,
      blockPerson: { within: async () => undefined, endSubscriptions: async () => undefined },
      unblockPerson: { within: async () => null },
    }).execute(body, { admin: someone }),
  NewHook: (world, body) => new AddHook({ ...partsOf(world), secureBytes }).execute(body, by),
  HookNamed: ({ database }, body) => new RemoveHook({ database }).execute(body, by),
  AvatarInput: (world, body) => new AddAvatar(partsOf(world)).execute(body, by),
  DraftInput: (world, body) => new StartDraft(partsOf(world)).execute(body, by),
};

const partsOf = ({ database, clock, ids, rules, metrics, log, media }: GenerationWorld) => ({
  ...{ database, clock, ids, metrics, log, media },
  policy: rules,
  look: fluxEverywhere,
  trainingPolicy: aTrainingPolicy(),
});

const helpOf = (world: GenerationWorld) => ({
  ...partsOf(world),
  openForm: new OpenForm(partsOf(world)),
  editForm: new EditForm(partsOf(world)),
  assistant: { improve: async () => 'a knight', describe: async () => 'a knight' },
});

const classes = await inputClasses();

/** Values that a body of JSON can hold, and some that only a program can. */
const anyValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    ...[undefined, null, true, '', 'portrait', 'in medieval armor', someone, 1, Number.NaN, 1n, []],
    ...[
      Symbol('a'),
      { toString: 1, valueOf: 1 },
      Object.create(null),
      JSON.parse('{"__proto__":{"free":true}}'),
    ],
    ...[{ steps: { toString: 1 } }, { free: true, count: 9 }],
  ),
);

/** Bodies with any of these names, as own keys also where assigning them would do something else. */
const bodyOf = (fields: readonly string[]) =>
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...fields, ...ours, ...inherited), fc.string()), anyValue), {
      maxLength: 8,
    })
    .map((entries) => Object.fromEntries(entries));

const anyBody = (fields: readonly string[]) =>
  fc.oneof({ weight: 9, arbitrary: bodyOf(fields) }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });

describe.each(classes)('$name', ({ name, type, fields }) => {
  it('has no field for what only the way in may say', () => {
    expect(fields.filter((field) => ours.includes(field))).toEqual([]);
    expect(fields.length).toBeGreaterThan(0);
  });

  it('takes its own fields of any body, names every other key, and never breaks', () => {
    fc.assert(
      fc.property(anyBody(fields), (body) => {
        const { input, problems } = readInput(type, body as object);
        expect(Object.getPrototypeOf(input)).toBe(type.prototype);
        expect(Reflect.ownKeys(input).filter((key) => !fields.includes(String(key)))).toEqual([]);
        const unknown = Object.entries(body ?? {}).filter(
          ([key, value]) => value !== undefined && !fields.includes(key),
        );
        const named = problems.filter(({ code }) => code === 'unknown_value');
        // A field that is an input of its own may hold more of them.
        expect(named.length).toBeGreaterThanOrEqual(unknown.length);
        for (const problem of problems) expect(describeProblem(problem)).not.toBe('');
      }),
      { numRuns: 120 },
    );
  });

  it('lets nobody have anything of a body with a key too many, and refuses each other in words', async () => {
    const execute = useCases[name];
    if (execute === undefined) throw new Error(`which use case takes a ${name}? Say so above.`);
    await fc.assert(
      fc.asyncProperty(anyBody(fields), async (body) => {
        const world = new GenerationWorld();
        await world.person();
        const outcome = await execute(world, body as never).catch((error: unknown) => error);
        if (outcome instanceof Error && !(outcome instanceof DomainError)) throw outcome;
        const isRefused = outcome instanceof DomainError;
        if (
          ours.some((key) =>
            Object.entries(body ?? {}).some(([each, value]) => each === key && value !== undefined),
          )
        )
          expect(isRefused).toBe(true);
      }),
      { numRuns: 120 },
    );
  });
});

describe('an accepted picture', () => {
  const overrides = fc.dictionary(
    fc.oneof(fc.constantFrom(...overrideNames, ...ours, ...inherited), fc.string()),
    anyValue,
    {
      maxKeys: 3,
    },
  );

  it('is paid for by the one who asks, and has no setting that nobody knows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(overrides, fc.constant({ count: 1 })), async (changes) => {
        const world = new GenerationWorld();
        await world.person();
        const body = { prompt: 'in medieval armor', overrides: changes };
        const made = await world.requesting.execute(body, by).catch((error: unknown) => error);
        if (made instanceof DomainError) return void expect(made.code).toBe('invalid_input');
        expect(made).toMatchObject({ owner: someone, origin, price: 5 });
        const { overrides: kept } = made as Generation;
        expect(Object.keys(kept).filter((name) => !isOverrideName(name))).toEqual([]);
        expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
      }),
      { numRuns: 120 },
    );
  });
});

describe('input classes', () => {
  it('are all known here', () => {
    expect(classes.map(({ name }) => name).sort()).toEqual(Object.keys(useCases).sort());
  });

  it('have a decorator on every field', () => {
    const sources = sourceFiles('.').filter(({ path }) => path.startsWith('src/application/'));
    expect(sources.flatMap(({ text }) => undecoratedFields(text))).toEqual([]);
    const planted =
      'export class A {\n  @IsString()\n  a!: string;\n\n  /** Free? */\n  free?: boolean;\n}\n';
    expect(undecoratedFields(planted)).toEqual(['A.free']);
  });
});
