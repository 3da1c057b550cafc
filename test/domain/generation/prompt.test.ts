import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPrompt, finalPromptFor } from '../../../src/domain/generation/prompt.js';

const finalPrompt = (trigger: string | null, prompt: string) => finalPromptFor([trigger], prompt);

describe('checkPrompt', () => {
  it.each([
    ['', 'required'],
    ['  \n ', 'required'],
    [' ab ', 'too_short'],
    ['я', 'too_short'],
    ['x'.repeat(2001), 'too_long'],
    ['🦊🦊🦊', 'no_words'],
    ['👩‍👩‍👧 🏳️‍🌈 ❤️', 'no_words'],
    ['1️⃣2️⃣3️⃣ ℹ️', 'no_words'],
    ['?!…', 'no_words'],
    ['a\0cat', 'malformed'],
    ['a cat \ud83d', 'malformed'],
  ])('%j is refused as %s', (text, code) => {
    expect(checkPrompt(text)).toMatchObject([{ field: 'prompt', code }]);
  });

  it.each(['cat', ' cat ', '猫と犬', 'кот', 'x'.repeat(2000), `${'🦊'.repeat(1999)}x`, '1984', 'a 🦊'])(
    '%j is taken',
    (text) => {
      expect(checkPrompt(text)).toEqual([]);
    },
  );

  it('shows what is allowed, and of a long prompt only its beginning', () => {
    const [problem] = checkPrompt('x'.repeat(3000));
    expect(problem?.allowed).toBe('3-2000');
    expect(problem?.received?.length).toBeLessThan(50);
  });
});

describe('finalPrompt', () => {
  it.each([
    // trigger, prompt, final prompt
    ['ARTST', 'beautiful landscape', 'ARTST beautiful landscape'],
    ['a photo of TOK person', 'in medieval armor', 'a photo of TOK person in medieval armor'],
    ['TOK', 'tokyo at night', 'TOK tokyo at night'],
    ['TOK', 'stok and tok_1', 'TOK stok and tok_1'],
    ['man', 'a woman', 'man a woman'],
    ['TOK', 'Tok on a horse', 'Tok on a horse'],
    ['TOK', "(tok), TOK's hat", "(tok), TOK's hat"],
    ['TOK', 'tokyo, then tok', 'tokyo, then tok'],
    ['Аня', 'портрет АНЯ, лето', 'портрет АНЯ, лето'],
    ['том', 'томат', 'том томат'],
    ['José', 'jose\u0301 smiling', 'jose\u0301 smiling'],
    ['photo of TOK', 'a PHOTO  of\ntok smiling', 'a PHOTO  of\ntok smiling'],
    ['photo of TOK', 'photo of tokyo', 'photo of TOK photo of tokyo'],
    ['a a', 'xa a a', 'xa a a'],
    ['C++ (dev)', 'a c++ (DEV) at work', 'a c++ (DEV) at work'],
    ['.*', 'anything', '.* anything'],
    ['TOK', 'TOK在海边', 'TOK在海边'],
    ['小明', '小明在海边', '小明在海边'],
    ['海', '小明在海边', '海 小明在海边'],
    ['  TOK ', 'a cat', 'TOK a cat'],
    ['', 'a cat', 'a cat'],
    [' ', 'a cat', 'a cat'],
    [null, '  a cat ', '  a cat '],
  ])('%j with %j', (trigger, prompt, expected) => {
    expect(finalPrompt(trigger, prompt)).toBe(expected);
  });
});

describe('in scripts without spaces', () => {
  // The trigger stands inside another word each time, so that each occurrence has to be looked at.
  const inside = (length: number) => '小龙龙女'.repeat(length / 4);

  it('looks at each occurrence once, however long the prompt is', () => {
    // 16,000 letters took 14 s when each look was at all of them, and four times as many sixteen times as long.
    const prompt = inside(64_000);
    expect(finalPrompt('龙龙', prompt)).toBe(`龙龙 ${prompt}`);
  });

  it('judges the end of a long prompt as it does a short one', () => {
    for (const [trigger, text] of [
      ['小明', '小明在海边'],
      ['海', '小明在海边'],
      ['𠮷𠮷', '𠮷𠮷在海边'],
    ] as const) {
      const stands = finalPrompt(trigger, text) === text;
      for (const before of [inside(4000), `${'𠮷'.repeat(99)}。`, `${'𠮷'.repeat(100)}，`]) {
        const prompt = `${before}，${text}`;
        expect(finalPrompt(trigger, prompt)).toBe(stands ? prompt : `${trigger} ${prompt}`);
      }
    }
  });
});

describe('finalPromptFor', () => {
  it.each([
    [['TOK', 'ANYA'], 'on a beach', 'TOK ANYA on a beach'],
    [['TOK', 'ANYA'], 'anya on a beach', 'TOK anya on a beach'],
    [['TOK', 'tok'], 'on a beach', 'TOK on a beach'],
    [['TOK', 'photo of TOK'], 'on a beach', 'photo of TOK on a beach'],
    [[null, 'TOK'], 'on a beach', 'TOK on a beach'],
    [[], 'on a beach', 'on a beach'],
  ])('%j with %j', (triggers, prompt, expected) => {
    expect(finalPromptFor(triggers, prompt)).toBe(expected);
  });
});

describe('for every trigger and prompt', () => {
  const word = fc.string({ unit: fc.constantFrom(...'aAzZоОяßéİ9_+(.*'), minLength: 1, maxLength: 5 });
  const trigger = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
  const anyPrompt = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    // Near misses: the trigger in other cases and glued to other letters.
    fc
      .tuple(trigger, fc.constantFrom('', 'x', ' ', '_', ', '))
      .map(([text, glue]) => text.toLowerCase() + glue + text),
  );

  it("the user's prompt survives unchanged", () => {
    fc.assert(
      fc.property(fc.array(fc.option(trigger), { maxLength: 3 }), anyPrompt, (triggers, prompt) => {
        expect(finalPromptFor(triggers, prompt).endsWith(prompt)).toBe(true);
      }),
    );
  });

  it('the trigger comes first and once, or stood there already', () => {
    fc.assert(
      fc.property(trigger, anyPrompt, (text, prompt) => {
        const final = finalPrompt(text, prompt);
        if (final !== prompt) expect(final).toBe(`${text} ${prompt}`);
        // Adding it again changes nothing, so no regeneration stacks it.
        expect(finalPrompt(text, final)).toBe(final);
      }),
    );
  });

  it('it appears exactly once among words that are not it', () => {
    const others = fc.array(fc.constantFrom('tokyo', 'stok', 'tok1', 'cat', 'кот', 'TOKЯ', '小明'), {
      minLength: 1,
    });
    const marks = fc.constantFrom('TOK', 'tok', 'Tok', 'tok,', '(tok)', '');
    fc.assert(
      fc.property(others, marks, fc.nat(), (words: string[], mark, at) => {
        const prompt = words.toSpliced(at % (words.length + 1), 0, mark).join(' ');
        const whole = finalPrompt('TOK', prompt)
          .split(/[ ,()]+/)
          .filter((each) => each.toLowerCase() === 'tok');
        expect(whole).toHaveLength(1);
      }),
    );
  });
});
