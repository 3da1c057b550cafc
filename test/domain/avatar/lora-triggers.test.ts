import { expect, it } from 'vitest';
import { offeredTriggers } from '../../../src/domain/avatar/lora-triggers.js';

it.each([
  ['what was said by name', { 'modelspec.trigger_phrase': 'ohwx woman' }, ['ohwx woman']],
  ['several with commas', { ss_trigger_words: 'ohwx,  in  armor' }, ['ohwx', 'in armor']],
  ['a list', { trainedWords: '["ohwx", "TOK", 7]' }, ['ohwx', 'TOK']],
  ['each once', { 'modelspec.trigger_phrase': 'TOK', trigger_word: 'tok, other' }, ['TOK', 'other']],
  [
    'the tag of every caption',
    { ss_tag_frequency: '{"10_dir": {"ohwx": 12, "smiling": 3, "woman": 12}}' },
    ['ohwx', 'woman'],
  ],
  [
    'the folder, when no caption is like another',
    { ss_tag_frequency: '{"10_ohwx woman": {"a": 1}}' },
    ['ohwx woman'],
  ],
  [
    'what was said before what was counted',
    { ss_tag_frequency: '{"1_x": {"y": 9}}', trigger_word: 'TOK' },
    ['TOK'],
  ],
  ['at most four', { trigger_words: 'a1,b2,c3,d4,e5' }, ['a1', 'b2', 'c3', 'd4']],
  ['no captions', { trigger_word: 'x'.repeat(101) }, []],
  ['nothing that no database holds', { trigger_word: 'a\u0000b\ud83d' }, []],
  ['nothing of what is none', { ss_tag_frequency: '{"10_dir": 7, "x"', trigger_word: ' , ' }, []],
  ['nothing of what is odd', { ss_tag_frequency: '{"10_a": null, "b": {"c": "many"}}' }, ['a']],
  ['nothing of nothing', {}, []],
])('offers %s', (_, metadata, words) => {
  expect(offeredTriggers(metadata as Record<string, string>)).toEqual(words);
});
