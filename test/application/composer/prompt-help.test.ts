import { beforeEach, describe, expect, it } from 'vitest';
import { DescribePhoto } from '../../../src/application/composer/describe-photo.js';
import { EditForm } from '../../../src/application/composer/edit-form.js';
import { ImprovePrompt } from '../../../src/application/composer/improve-prompt.js';
import { OpenForm } from '../../../src/application/composer/open-form.js';
import { NoAssistance, type PromptAssistant } from '../../../src/application/ports/prompt-assistant.js';
import { FakeClock } from '../../fakes/fake-clock.js';
import { InMemoryDatabase } from '../../fakes/in-memory-database.js';
import { RecordingLogger } from '../../fakes/recording-logger.js';
import { SequentialIds } from '../../fakes/sequential-ids.js';
import { plenty } from '../../support/builders/allowances.js';
import { givenUser } from '../../support/builders/given.js';
import { nextUuid, somebodyElse, someone } from '../../support/builders/ids.js';

const origin = { transport: 'test', address: {} };
const { signal } = new AbortController();
const notFound = { code: 'not_found' };

/** Has an answer for every request, or throws it. */
class ScriptedAssistant implements PromptAssistant {
  readonly asked: unknown[] = [];
  answer: string | Error = 'a brave knight';

  improve(prompt: string, how: 'translate' | 'enrich'): Promise<string> {
    return this.said({ prompt, how });
  }

  describe(photo: Uint8Array, contentType: string): Promise<string> {
    return this.said({ photo: [...photo], contentType });
  }

  private async said(request: unknown): Promise<string> {
    this.asked.push(request);
    if (this.answer instanceof Error) throw this.answer;
    return this.answer;
  }
}

let assistant: ScriptedAssistant;
let parts: ReturnType<typeof someParts>;
const someParts = () => {
  const database = new InMemoryDatabase();
  const clock = new FakeClock();
  return {
    database,
    clock,
    log: new RecordingLogger(),
    policy: { allowances: { ...plenty, prompt_help: 1, photo_words: 1 } },
    assistant,
    openForm: new OpenForm({ database, clock, ids: new SequentialIds() }),
    editForm: new EditForm({ database }),
  };
};
beforeEach(async () => {
  assistant = new ScriptedAssistant();
  parts = someParts();
  await givenUser(parts.database.stores, { id: someone });
  await givenUser(parts.database.stores, { id: somebodyElse });
});

describe('help with a prompt', () => {
  const aForm = async (prompt: string | null = 'a knight') =>
    (await parts.openForm.execute({ kind: 'new', prompt }, { owner: someone, origin })).id;
  const improve = (form: string, owner = someone) =>
    new ImprovePrompt(parts).execute({ form, how: 'enrich' }, { owner });

  it('proposes other words, and the person’s own ones stay', async () => {
    const { form, begin } = await improve(await aForm());
    expect(form).toMatchObject({ prompt: 'a knight', suggestion: null });
    expect(assistant.asked).toEqual([]);
    expect(await begin(signal)).toMatchObject({ prompt: 'a knight', suggestion: 'a brave knight' });
    expect(assistant.asked).toEqual([{ prompt: 'a knight', how: 'enrich' }]);
  });

  it.each(['a knight', new NoAssistance('not now')])(
    'proposes nothing when there is nothing: %s',
    async (it) => {
      assistant.answer = it;
      const id = await aForm();
      await parts.editForm.execute({ form: id }, { owner: someone, suggestion: 'an earlier one' });
      expect(await (await improve(id)).begin(signal)).toMatchObject({ prompt: 'a knight', suggestion: null });
    },
  );

  it('hides no fault of ours', async () => {
    assistant.answer = new Error('a bug');
    await expect((await improve(await aForm())).begin(signal)).rejects.toThrow('a bug');
  });

  it('has an end for today, which is said before anybody is asked', async () => {
    await improve(await aForm());
    await expect(improve(await aForm())).rejects.toMatchObject({
      refusal: { code: 'allowance_spent', kind: 'prompt_help', limit: 1, seconds: 86_400 },
    });
    parts.clock.advance(86_400);
    await improve(await aForm());
    expect(assistant.asked).toEqual([]);
  });

  it('is not to be had, and costs nothing, for a form of somebody else or one without words', async () => {
    const form = await aForm();
    await expect(improve(form, somebodyElse)).rejects.toMatchObject(notFound);
    await expect(improve(nextUuid())).rejects.toMatchObject(notFound);
    await expect(improve(await aForm(null))).rejects.toMatchObject(notFound);
    await improve(form);
  });
});

describe('a photo as a prompt', () => {
  const describePhoto = (caption = '', read = async () => new Uint8Array([1, 2])) =>
    new DescribePhoto(parts).execute({ caption }, { owner: someone, origin, read });

  it('becomes the words of a new form, behind what was said with it', async () => {
    const { form, begin } = await describePhoto('at night');
    expect(form).toMatchObject({ owner: someone, prompt: null });
    assistant.answer = 'a red bicycle';
    expect(await begin(signal)).toMatchObject({
      id: form.id,
      prompt: 'at night, a red bicycle',
      suggestion: null,
    });
    expect(assistant.asked).toEqual([{ photo: [1, 2], contentType: 'image/jpeg' }]);
  });

  it('leaves the form without words when it cannot be read or described', async () => {
    const unreadable = async () => {
      throw new NoAssistance('it is gone');
    };
    const { begin } = await describePhoto('', unreadable);
    expect(await begin(signal)).toMatchObject({ prompt: null });
    parts.clock.advance(86_400);
    assistant.answer = new NoAssistance('not now');
    expect(await (await describePhoto('at night')).begin(signal)).toMatchObject({ prompt: null });
  });

  it('has an end for today, and then no form is begun', async () => {
    await describePhoto();
    await expect(describePhoto()).rejects.toMatchObject({
      refusal: { code: 'allowance_spent', kind: 'photo_words' },
    });
  });
});
