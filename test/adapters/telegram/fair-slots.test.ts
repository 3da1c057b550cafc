import { expect, it } from 'vitest';
import { FairSlots } from '../../../src/adapters/telegram/fair-slots.js';

/** Works that end when they are told to; `begun` says in which order they began. */
function works(slots: FairSlots) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const add = (person: string, name: string) =>
    slots.run(person, () => {
      begun.push(name);
      return new Promise<void>((end) => ends.set(name, end));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, add, end };
}

it('lets people take turns, however much one of them has waiting', async () => {
  const { begun, add, end } = works(new FairSlots({ atOnce: 1, each: 1 }));
  for (const name of ['a1', 'a2', 'a3']) void add('a', name);
  for (const name of ['b1', 'b2']) void add('b', name);
  await end('nothing');
  await end('a1');
  await end('b1');
  await end('a2');
  await end('b2');
  expect(begun).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
});

it('gives nobody more places than their share, and nobody more than there are', async () => {
  const slots = new FairSlots({ atOnce: 3, each: 2 });
  const { begun, add, end } = works(slots);
  for (const name of ['a1', 'a2', 'a3']) void add('a', name);
  await end('nothing');
  expect(begun).toEqual(['a1', 'a2']);
  void add('b', 'b1');
  void add('c', 'c1');
  await end('nothing');
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  expect(slots.waiting('a')).toBe(1);
  await end('b1');
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1']);
});

it('gives the place on when a work fails', async () => {
  const slots = new FairSlots({ atOnce: 1, each: 1 });
  const failing = slots.run('a', () => Promise.reject(new Error('no')));
  const next = slots.run('a', async () => 'done');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('done');
});
