import { afterEach, describe, expect, it } from 'vitest';
import { clientOf } from './client.js';
import { cancel, flux, submit } from './queue-calls.js';
import { startTemporaryFal, stoppedClock, type TemporaryFal } from './temporary-fal.js';

let fal: TemporaryFal;
afterEach(() => fal.remove());

interface Event {
  readonly status: string;
  readonly logs?: readonly { message: string }[] | null;
}

async function eventsOf(
  requestId: string,
  logs: boolean,
  each: (event: Event) => void = () => undefined,
): Promise<Event[]> {
  const events: Event[] = [];
  const stream = await clientOf(fal).queue.streamStatus(flux, { requestId, logs });
  stream.on('data', (event) => {
    events.push(event as Event);
    each(event as Event);
  });
  await stream.done();
  return events;
}

describe('the status stream of the local fal', () => {
  it('goes through the stages and gives every log line once', async () => {
    const clock = stoppedClock();
    fal = await startTemporaryFal({ imageMilliseconds: 1000, concurrency: 1, now: clock.now });
    await submit(fal);
    const { request_id: requestId } = await submit(fal, { num_inference_steps: 4 });
    const events = await eventsOf(requestId, true, ({ status }) =>
      clock.advance(status === 'IN_QUEUE' ? 1000 : 300),
    );
    const stages = events.map(({ status }) => status);
    expect([...new Set(stages)]).toEqual(['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED']);
    const lines = events.flatMap(({ logs }) => logs ?? []).map(({ message }) => message);
    expect(lines.filter((line) => line.startsWith('step'))).toEqual([
      'step 1/4',
      'step 2/4',
      'step 3/4',
      'step 4/4',
    ]);
    expect(new Set(lines).size).toBe(lines.length);
    expect(events.length).toBeGreaterThan(3);
  });

  it('gives no logs unless asked', async () => {
    fal = await startTemporaryFal({ imageMilliseconds: 50 });
    const { request_id: requestId } = await submit(fal);
    for (const event of await eventsOf(requestId, false)) expect(event.logs ?? null).toBeNull();
  });

  it('ends when the job is cancelled meanwhile', async () => {
    fal = await startTemporaryFal({ imageMilliseconds: 60_000 });
    const job = await submit(fal);
    const watching = eventsOf(job.request_id, false);
    await cancel(job);
    expect((await watching).at(-1)).toMatchObject({ status: 'COMPLETED', error_type: 'client_cancelled' });
  });
});
