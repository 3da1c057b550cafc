import { expect, test } from 'vitest';
import type { ReadyAvatar } from '../../../src/domain/avatar/avatar.js';
import {
  atAddress,
  goneBack,
  holdingWeights,
  modelsOf,
  retrained,
  weightsOf,
  withoutOld,
} from '../../../src/domain/avatar/avatar-versions.js';
import { avatarId } from '../../../src/domain/ids.js';
import { aFinetuneModel, anAvatar } from '../../support/builders/an-avatar.js';
import { secondsLater } from '../../support/builders/ids.js';

const loraOf = (name: string) => ({
  kind: 'lora' as const,
  url: `https://v3.fal.media/${name}`,
  mediaKey: `weights/${name}`,
});

/** A finetune that was trained to LoRA a, then to b. */
const avatar = (): ReadyAvatar => {
  const first = anAvatar({
    id: avatarId('20000000-0000-4000-8000-000000000001'),
    model: aFinetuneModel,
    trigger: 'ARTST',
    defaultStrength: 1.2,
  });
  const second = retrained(first, { model: loraOf('a'), trigger: 'KOVUX47' }, secondsLater(10));
  return retrained(
    { ...second, defaultStrength: 0.9 },
    { model: loraOf('b'), trigger: 'KOVUX47' },
    secondsLater(20),
  );
};

test('going back leads through all models, each with its own trigger and strength, and round again', () => {
  const seen = [];
  let at = avatar();
  for (let step = 0; step < 4; step += 1) {
    seen.push([at.model, at.trigger, at.defaultStrength]);
    at = goneBack(at, secondsLater(100 + step));
    expect(modelsOf(at)).toHaveLength(3);
  }
  expect(seen).toEqual([
    [loraOf('b'), 'KOVUX47', null],
    [loraOf('a'), 'KOVUX47', 0.9],
    [aFinetuneModel, 'ARTST', 1.2],
    [loraOf('b'), 'KOVUX47', null],
  ]);
});

test('without an earlier one there is no way back', () => {
  expect(() => goneBack(anAvatar(), secondsLater(0))).toThrow('no such earlier model');
});

test('the weights of one training are taken up wherever they are, and not when they are gone', () => {
  const now = secondsLater(50);
  expect(holdingWeights(avatar(), 'weights/b', now)).toEqual(avatar());
  const back = holdingWeights(avatar(), 'weights/a', now);
  expect(back).toMatchObject({ model: loraOf('a'), defaultStrength: 0.9 });
  expect(weightsOf(back).sort()).toEqual(['weights/a', 'weights/b']);
  expect(() => holdingWeights(avatar(), 'weights/c', now)).toThrow('no such earlier model');
});

test('what was replaced long ago goes, what is in use never', () => {
  const { avatar: left, gone } = withoutOld(avatar(), secondsLater(15));
  expect(gone.map(({ model }) => model)).toEqual([aFinetuneModel]);
  expect(modelsOf(left)).toEqual([loraOf('b'), loraOf('a')]);
  expect(modelsOf(withoutOld(avatar(), secondsLater(999)).avatar)).toEqual([loraOf('b')]);
});

test('a new address is noted with the model that moved, in use or not', () => {
  const moved = atAddress(avatar(), loraOf('a').url, 'https://v3.fal.media/again');
  expect(modelsOf(moved)).toEqual([
    loraOf('b'),
    aFinetuneModel,
    { ...loraOf('a'), url: 'https://v3.fal.media/again' },
  ]);
  expect(atAddress(anAvatar(), 'https://v3.fal.media/none', 'x')).toEqual(
    anAvatar({ id: expect.anything() }),
  );
});
