import { cut } from '../text/cut-text.js';
import { storable } from '../text/storable-text.js';

/** Metadata in which trainers and sites write the trigger words down, the surest first. */
const saidBy = [
  'modelspec.trigger_phrase',
  'trigger_phrase',
  'ss_trigger_words',
  'trigger_words',
  'trigger_word',
  'trigger',
  'trainedWords',
  'instance_prompt',
];
const mostOffered = 4;
/** Longer ones are captions. */
const longest = 100;

/** Words that a LoRA was probably trained with, likeliest first, at most 4. */
export function offeredTriggers(metadata: Readonly<Record<string, string>>): string[] {
  const said = saidBy.flatMap((key) => triggersIn(metadata[key]));
  const found = said.length > 0 ? said : mostTagged(metadata.ss_tag_frequency);
  const seen = new Set<string>();
  return found
    .map((word) => word.replace(/\s+/gu, ' ').trim())
    .filter((word) => word !== '' && cut(word, longest) === word && storable(word) === word)
    .filter((word) => !seen.has(word.toLowerCase()) && seen.add(word.toLowerCase()))
    .slice(0, mostOffered);
}

/** A phrase, several with commas between, or a JSON list of them. */
function triggersIn(value: string | undefined): string[] {
  const list = parsed(value ?? '');
  if (Array.isArray(list)) return list.filter((word) => typeof word === 'string');
  return (value ?? '').split(/[,;\n]/).filter((word) => word.trim() !== '');
}

/**
 * kohya counts tags by folder, `{"10_ohwx woman": {"ohwx": 10, "smiling": 3}}`: a word that stands in every caption of
 * a folder is what it was trained with. The name of the folder is the caption of pictures without one.
 */
function mostTagged(value: string | undefined): string[] {
  const folders = parsed(value ?? '');
  if (typeof folders !== 'object' || folders === null) return [];
  return Object.entries(folders).flatMap(([folder, tags]) => {
    const counted = Object.entries(typeof tags === 'object' && tags !== null ? tags : {})
      .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
      .sort(([, one], [, other]) => other - one);
    const most = counted[0]?.[1] ?? 0;
    const always = counted.filter(([, count]) => count === most && most > 1).map(([tag]) => tag);
    const named = /^\d+_(.+)$/.exec(folder)?.[1];
    return always.length > 0 ? always : named === undefined ? [] : [named];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It is no JSON, then: words as they are.
    return null;
  }
}
