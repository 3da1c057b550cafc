import { expect, it } from 'vitest';
import { FairSemaphore } from '../../../src/application/policy/fair-semaphore.js';

/** Works that end when they are told to; `begun` says in which order they began. */
function works(semaphore: FairSemaphore) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const add = (person: string, name: string) =>
    semaphore.run(person, () => {
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
  const { begun, add, end } = works(new FairSemaphore({ atOnce: 1, each: 1 }));
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
  const semaphore = new FairSemaphore({ atOnce: 3, each: 2 });
  const { begun, add, end } = works(semaphore);
  for (const name of ['a1', 'a2', 'a3']) void add('a', name);
  await end('nothing');
  expect(begun).toEqual(['a1', 'a2']);
  void add('b', 'b1');
  void add('c', 'c1');
  await end('nothing');
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  expect(semaphore.waiting('a')).toBe(1);
  await end('b1');
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1']);
});

it('gives the place on when a work fails', async () => {
  const semaphore = new FairSemaphore({ atOnce: 1, each: 1 });
  const failing = semaphore.run('a', () => Promise.reject(new Error('no')));
  const next = semaphore.run('a', async () => 'done');
  await expect(failing).rejects.toThrow('no');
  expect(await next).toBe('done');
});
