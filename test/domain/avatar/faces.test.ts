import { describe, expect, it } from 'vitest';
import { judgeFaces, type Portrayed } from '../../../src/domain/avatar/face-coach.js';
import { inOrder, portraitOf } from '../../../src/domain/avatar/face-portrait.js';
import { isFaceless, isOneSided, resemblance } from '../../../src/domain/avatar/faces.js';
import { describeSet } from '../../../src/domain/avatar/photo.js';
import { aFace, traitsOf } from '../../support/builders/a-face.js';
import { aDraftPhoto } from '../../support/builders/a-training.js';

const size = { width: 1000, height: 1200 };
const photoOf = (...faces: Portrayed['faces']): Portrayed => ({ ...size, faces });
const ada = photoOf(aFace({ person: 1 }));
const bob = photoOf(aFace({ person: 2 }));
const nobody = photoOf();

describe('the coach about the faces of a photo', () => {
  it.each([
    ['one face, like the others', ada, [ada, ada, ada], []],
    ['no face where the others have one', nobody, [ada, ada, nobody], ['no_face']],
    ['no face where few of the others have one', nobody, [ada, nobody, nobody], []],
    ['no face alone', nobody, [], []],
    ['two faces', photoOf(aFace({ person: 1 }), aFace({ person: 2, left: 600 })), [], ['several_people']],
    ['a face just under a fifth of the shorter side', photoOf(aFace({ width: 199 })), [], ['small_face']],
    ['a face of a fifth', photoOf(aFace({ width: 200 })), [], []],
    ['somebody else', bob, [ada, ada, ada], ['somebody_else']],
    ['somebody else, from the side', photoOf(aFace({ person: 2, yaw: 35 })), [ada, ada, ada], []],
    ['somebody else beside two: too few to say', bob, [ada, ada], []],
    ['somebody else beside profiles alone', bob, [1, 2, 3].map(() => photoOf(aFace({ yaw: 38 }))), []],
    ['a face that half of the others have', bob, [ada, ada, bob, bob], []],
    ['small and somebody else', photoOf(aFace({ person: 2, width: 90 })), [ada, ada, ada], ['small_face']],
    ['somebody else beside small faces alone', bob, [1, 2, 3].map(() => photoOf(aFace({ width: 150 }))), []],
  ] as const)('says of %s', (_, photo, others, said) => {
    expect(judgeFaces(photo, others)).toEqual(said);
  });

  it('measures likeness from 0 to 1, the same both ways', () => {
    const one = traitsOf(1);
    expect(resemblance(one, one)).toBe(1);
    expect(resemblance(one, traitsOf(2))).toBeLessThan(0.4);
    expect(resemblance(one, traitsOf(2))).toBe(resemblance(traitsOf(2), one));
    expect(resemblance(one, new Float32Array())).toBe(0);
  });
});

describe('the angles of a set', () => {
  const kept = (...yaws: readonly (number | null)[]) =>
    yaws.map((faceYaw) => aDraftPhoto({ faceCount: faceYaw === null ? 0 : 1, faceYaw }));

  it.each([
    [[0, 10, -10, 3, 5], true],
    [[0, 10, -11, 3, 5], false],
    [[0, 1, 2, 3], false],
    [[0, 1, 2, 3, null, null], false],
    [[0, 1, 2, 3, 4, null], true],
  ] as const)('%j are one-sided: %s', (yaws, oneSided) => {
    expect(isOneSided(kept(...yaws))).toBe(oneSided);
  });

  it.each([
    ['all from the front', kept(0, 1, 2, 3, 4, 5), ['add_more', 'turn_head']],
    ['one turned', kept(0, 1, 2, 3, 4, 25), ['add_more']],
    ['no face at all', kept(null, null, null, null, null), ['add_more', 'no_faces']],
    ['never looked at', [1, 2, 3, 4, 5].map(() => aDraftPhoto()), ['add_more', 'vary_angles']],
  ])('advises for %s', (_, photos, codes) => {
    expect(describeSet(photos, 'portrait').advice.map(({ code }) => code)).toEqual(codes);
  });

  it('asks a style for no faces', () => {
    const photos = kept(null, null, null, null, null);
    expect(isFaceless(photos)).toBe(true);
    expect(describeSet(photos, 'artistic').advice.map(({ code }) => code)).toEqual(['add_more']);
  });
});

describe('a portrait of one of several', () => {
  const left = aFace({ left: 100, top: 200, width: 200 });
  const right = aFace({ left: 400, top: 220, width: 200 });
  const far = aFace({ left: 100, top: 900, width: 100 });

  it('has hair and shoulders, and stops where the next one begins', () => {
    expect(portraitOf(left, [left, right], size)).toEqual({ left: 0, top: 60, width: 400, height: 600 });
    expect(portraitOf(right, [left, right], size)).toEqual({ left: 300, top: 80, width: 460, height: 600 });
  });

  it('is not narrowed by somebody above or below', () => {
    expect(portraitOf(left, [left, far], size)).toEqual(portraitOf(left, [left], size));
  });

  it('never cuts into its own face, and never leaves the picture', () => {
    const over = aFace({ left: 50, top: 200, width: 200 });
    const { left: from, width } = portraitOf(left, [left, over], size);
    expect(from).toBe(100);
    expect(from + width).toBeGreaterThanOrEqual(300);
    const edge = aFace({ left: 900, top: 1100, width: 150 });
    expect(portraitOf(edge, [edge], size)).toEqual({ left: 780, top: 995, width: 220, height: 205 });
  });

  it('counts people from left to right', () => {
    expect(inOrder([right, left])).toEqual([left, right]);
  });
});
