import { expect, it } from 'vitest';
import { contractOrder, imageGeneratorContract } from '../contracts/image-generator.js';
import { doneWith, FakeImageGenerator } from './fake-image-generator.js';

imageGeneratorContract('FakeImageGenerator', async () => {
  const generator = new FakeImageGenerator();
  return {
    generator,
    fate(fate) {
      generator.endings = (bought) => {
        if (fate === 'works') return doneWith(bought);
        return fate === 'hangs'
          ? null
          : { kind: 'failed', failure: { kind: 'content_policy', detail: 'scripted' } };
      };
    },
    troubleNextSubmit: (trouble) => generator.failNextSubmit(trouble),
    troubleNextCheck: () => generator.failNextCheck(),
    bought: () => generator.bought.length,
    close: async () => undefined,
  };
});

it('shows a watcher every news and ends when the job is finished', async () => {
  const generator = new FakeImageGenerator();
  const ticket = await generator.submit(contractOrder, { reference: 'generation:1' });
  const phases: string[] = [];
  for await (const { phase, position } of generator.watch(ticket, new AbortController().signal)) {
    phases.push(`${phase} ${position}`);
    if (phases.length === 1) generator.progress(ticket, { kind: 'pending', phase: 'queued', position: 2 });
    else generator.finish(ticket);
  }
  expect(phases).toEqual(['running null', 'queued 2']);
});
