import type { Case } from '../../../domain/operator/case.js';
import type { Html } from './html.js';
import type { Translator } from './translator.js';

/** What a case is, without whom it is about and what they wrote. */
export function caseSummary(
  { kind, category, photos }: Pick<Case, 'kind' | 'category'> & { readonly photos: number },
  texts: Translator,
): Html {
  const about = texts.plain(`report-${category ?? 'other'}`);
  switch (kind) {
    case 'recipe':
      return texts.html('case-recipe', { about });
    case 'photos':
      return texts.html('case-photos', { count: photos });
    case 'appeal':
      return category === null ? texts.html('case-appeal') : texts.html('case-appeal-about', { about });
    default:
      return kind satisfies never;
  }
}
