import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromLegacyRow } from '../../../src/domain/avatar/legacy-avatar.js';

const weights = 'https://v3.fal.media/files/person.safetensors';

const aRow = (changes: object = {}) => ({
  id: 'b7c1',
  telegram_id: '144022504',
  name: 'Anya',
  gender: 'FEMALE',
  training_type: 'portrait',
  status: 'completed',
  diffusers_lora_file_url: weights,
  finetune_id: null,
  model: null,
  trigger_phrase: 'a photo of ANYA person',
  trigger_word: 'ANYA',
  is_main: true,
  ...changes,
});
const aStyle = (changes: object = {}) =>
  aRow({ training_type: 'style', diffusers_lora_file_url: null, finetune_id: 'my-style', ...changes });
const aRequestId = '764cabcf-b745-4b3e-ae38-1200304cf45b';

describe('a row that comes over', () => {
  it('keeps everything', () => {
    expect(fromLegacyRow(aRow())).toEqual({
      kind: 'avatar',
      legacyId: 'b7c1',
      owner: '144022504',
      name: 'Anya',
      type: 'portrait',
      model: { kind: 'lora', url: weights },
      trigger: 'a photo of ANYA person',
      isMain: true,
      gender: 'female',
    });
  });

  it.each([
    ['values in capitals', { status: 'COMPLETED', training_type: 'PORTRAIT' }, { type: 'portrait' }],
    ['a numeric id and owner', { id: 7, telegram_id: 144022504 }, { legacyId: '7', owner: '144022504' }],
    ['only a trigger word', { trigger_phrase: ' ' }, { trigger: 'ANYA' }],
    ['no trigger', { trigger_phrase: '', trigger_word: null }, { trigger: 'TOK' }],
    ['is_main as text', { is_main: 'false' }, { isMain: false }],
    ['no is_main', { is_main: undefined }, { isMain: false }],
  ])('with %s', (_, changes, expected) => {
    expect(fromLegacyRow(aRow(changes))).toMatchObject({ kind: 'avatar', ...expected });
  });

  it('has no gender when none was told', () => {
    expect(fromLegacyRow(aRow({ gender: null }))).not.toHaveProperty('gender');
  });

  it.each([
    ['a finetune', {}, { kind: 'finetune', id: 'my-style' }],
    ['the older column', { finetune_id: '', model: 'old-style' }, { kind: 'finetune', id: 'old-style' }],
    ['both columns', { model: 'old-style' }, { kind: 'finetune', id: 'my-style' }],
    [
      'a request id and the older column',
      { finetune_id: aRequestId, fal_request_id: aRequestId, model: 'old-style' },
      { kind: 'finetune', id: 'old-style' },
    ],
    ['a UUID, as fal gives them', { finetune_id: aRequestId }, { kind: 'finetune', id: aRequestId }],
    [
      'a UUID beside the id of its request',
      { finetune_id: aRequestId, fal_request_id: aRequestId.replace('7', '8') },
      { kind: 'finetune', id: aRequestId },
    ],
    ['a style LoRA', { finetune_id: null, diffusers_lora_file_url: weights }, { kind: 'lora', url: weights }],
  ])('as an artistic avatar with %s', (_, changes, model) => {
    expect(fromLegacyRow(aStyle(changes))).toMatchObject({ type: 'artistic', model });
  });
});

describe('a row that is skipped', () => {
  it.each([
    ['no object', 'text', /not an object/],
    ['a list', [], /not an object/],
    ['no id', aRow({ id: null }), /no id/],
    ['a failed training', aRow({ status: 'FAILED' }), /status is "FAILED"/],
    ['no status', aRow({ status: undefined }), /status is ""/],
    ['no owner', aRow({ telegram_id: null }), /telegram_id/],
    ['an owner in words', aRow({ telegram_id: 'anya' }), /telegram_id/],
    ['no name', aRow({ name: '' }), /name is missing/],
    ['a long name', aRow({ name: 'x'.repeat(51) }), /name "x+…" is too long/],
    ['an unknown type', aRow({ training_type: 'constructor' }), /training_type "constructor"/],
    ['no weights', aRow({ diffusers_lora_file_url: null }), /no LoRA weights/],
    ['invented weights', aRow({ diffusers_lora_file_url: 'https://Fallback-weights.example/a' }), /invented/],
    ['weights without https', aRow({ diffusers_lora_file_url: 'http://v3.fal.media/a' }), /https/],
    ['weights that are no address', aRow({ diffusers_lora_file_url: 'pending' }), /not an address/],
    [
      'a portrait with a finetune only',
      aRow({ diffusers_lora_file_url: '', finetune_id: 'x' }),
      /no LoRA weights/,
    ],
    ['a style with nothing', aStyle({ finetune_id: null }), /holds no model/],
    [
      'a request id',
      aStyle({ finetune_id: aRequestId.toUpperCase(), fal_request_id: aRequestId }),
      /id of a request/,
    ],
    [
      'a request id in the older column',
      aStyle({ finetune_id: null, model: aRequestId, fal_request_id: ` ${aRequestId} ` }),
      /id of a request/,
    ],
    [
      'the name of an endpoint',
      aStyle({ finetune_id: null, model: 'fal-ai/flux-pro' }),
      /not the id of a finetune/,
    ],
    [
      'an invented style',
      aStyle({ finetune_id: '', diffusers_lora_file_url: 'https://cdn.fallback.io/a' }),
      /invented/,
    ],
  ])('with %s', (_, row, reason) => {
    expect(fromLegacyRow(row)).toMatchObject({ kind: 'skipped', reason: expect.stringMatching(reason) });
  });

  it('is named by its id', () => {
    expect(fromLegacyRow(aRow({ status: 'failed' }))).toMatchObject({ id: 'b7c1' });
  });
});

it('takes whatever JSON holds without failing', () => {
  const row = fc.oneof(
    fc.jsonValue(),
    fc.record({
      status: fc.constant('completed'),
      id: fc.jsonValue(),
      telegram_id: fc.jsonValue(),
      name: fc.jsonValue(),
    }),
    fc.dictionary(fc.constantFrom(...Object.keys(aRow())), fc.jsonValue()).map(aRow),
  );
  fc.assert(
    fc.property(row, (value) => {
      const outcome = fromLegacyRow(value);
      expect(outcome.kind === 'skipped' ? outcome.reason : outcome.trigger).toMatch(/\S/);
    }),
  );
});
