import { expect, it } from 'vitest';
import { every } from '../../../src/composition/modules/how-often.js';
import { FakeClock } from '../../fakes/fake-clock.js';

function aChore({ fails = 0 } = {}) {
  const clock = new FakeClock();
  const done: number[] = [];
  const chore = every(180, clock, async () => {
    done.push(clock.ticks());
    if (done.length <= fails) throw new Error('Bad Gateway');
  });
  return {
    done,
    clock,
    /** Sweeps every two seconds. */
    async sweepFor(seconds: number) {
      for (let passed = 0; passed < seconds; passed += 2) {
        clock.advance(2);
        await chore().catch(() => undefined);
      }
    },
  };
}

it('comes soon after a start, and then at its pace', async () => {
  const { done, sweepFor } = aChore();
  await sweepFor(400);
  expect(done).toEqual([18, 198, 378]);
});

it('comes again soon when it failed', async () => {
  const { done, sweepFor } = aChore({ fails: 2 });
  await sweepFor(240);
  expect(done).toEqual([18, 36, 54, 234]);
});

it('minds no clock that somebody sets', async () => {
  const { done, clock, sweepFor } = aChore();
  await sweepFor(20);
  clock.jump(7200);
  await sweepFor(20);
  clock.jump(-7200);
  await sweepFor(170);
  expect(done).toEqual([18, 198]);
});
