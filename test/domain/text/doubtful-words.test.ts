import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordFinder } from '../../../src/domain/text/doubtful-words.js';
import { listsWith, type WordList } from '../../../src/domain/text/word-lists.js';
import { wordListProblems } from '../../../src/domain/word-list-problems.js';

const ours: WordList[] = JSON.parse(readFileSync('assets/words.json', 'utf8')).map(
  (list: Partial<WordList>) => ({
    beside: null,
    ...list,
  }),
);
const find = wordFinder(ours);

describe('words that mean something else', () => {
  it.each([
    ...['the town hall of Scunthorpe', 'a classic car in Essex', 'Sussex downs at dawn'],
    ...[
      'a photo shoot on the beach',
      'photoshoot, shooting stars above',
      'a shot of espresso',
      'shoot of bamboo',
    ],
    ...[
      'nude lipstick, soft light',
      'nude-toned heels',
      'visible to the naked eye',
      'a naked cake with berries',
    ],
    ...[
      'a cocktail dress',
      'the assassin of Persia',
      'double-breasted suit',
      'chicken breast with herbs',
      'a peacock',
    ],
    ...[
      'blue tits on a branch',
      'Moby Dick, an engraving',
      'pussy willow in a vase',
      'analysis of a painting',
      'Dickens',
    ],
    ...[
      'a grape harvest',
      'therapist in an armchair',
      'a classroom of children',
      'me with my little girl in the park',
    ],
    ...[
      'children at a birthday party',
      'rapeseed field',
      'gore-tex jacket',
      'a drape of velvet',
      'an execution of a dance',
    ],
    ...[
      'no nudity, fully dressed',
      'ginger cookies',
      'Nigeria, Lagos at night',
      'snigger',
      'a heroine with a sword',
    ],
    ...['f1.4, 50mm, 4k, 8k', 'I a m', 'A B C D E F', 'size 5 x 7', 'a button, a cotton shirt, a kitten'],
    ...[
      'употреблять',
      'человек, употребляющий кофе',
      'страховка',
      'подстрахуй меня',
      'психушка',
      'хулиган в кепке',
    ],
    ...[
      'голова в профиль',
      'голубое небо',
      'забил гол',
      'много голов',
      'голодный волк',
      'голос',
      'голландец',
      'голограмма',
    ],
    ...['голые стены лофта', 'голые ветви деревьев', 'обнажил меч', 'нюдовая помада', 'нюанс'],
    ...[
      'героиня в красном',
      'труппа театра',
      'жидкий металл',
      'секстет',
      'секстант',
      'трахея',
      'анализ',
      'канал Грибоедова',
    ],
    ...[
      'колебание волн',
      'ребенок на качелях',
      'дети в парке',
      'мне 16 лет, я на пляже',
      'оскорбление',
      'хлебать',
      'потребление',
    ],
    ...[
      'рубля',
      'корабль',
      'бляха на ремне',
      'сабля',
      'педикюр',
      'чурчхела',
      'хачапури',
      'зигзаг',
      'пытается',
      'попытка',
    ],
    ...['косяк рыб', 'закладка для книги', 'наготове'],
  ])('%s', (text) => {
    expect(find(text)).toEqual([]);
  });
});

describe('what an operator may want to be asked about', () => {
  it.each([
    ['me naked on a beach', 'nudity'],
    ['NUDE portrait', 'nudity'],
    ['nudes', 'nudity'],
    ['undressing slowly', 'nudity'],
    ['porn', 'nudity'],
    ['pornographic', 'nudity'],
    ['x-rated', 'nudity'],
    ['a woman without any clothes', 'nudity'],
    ['голая на пляже', 'nudity'],
    ['я совсем голый', 'nudity'],
    ['обнажённая натура', 'nudity'],
    ['обнаженной', 'nudity'],
    ['раздетую', 'nudity'],
    ['эротическое фото', 'nudity'],
    ['фото в стиле ню', 'nudity'],
    ['a beheaded knight', 'violence'],
    ['corpses in a field', 'violence'],
    ['расчлененка', 'violence'],
    ['трупы', 'violence'],
    ['me as a nazi officer', 'hate'],
    ['свастикой', 'hate'],
    ['неонацисты', 'hate'],
    ['a cunt', 'hate'],
    ['smoking weed', 'drugs'],
    ['кокаином', 'drugs'],
  ])('%s: %s', (text, category) => {
    expect(find(text)).toEqual([category]);
  });

  it.each([
    ...[
      'n u d e',
      'n.u.d.e',
      'n-u-d-e girl',
      'a n u d e girl',
      'nu-de',
      'nuuuude',
      'nud3',
      'n@ked',
      'p0rn',
      'PORN',
      'n\u00ADude',
    ],
    ...[
      'nu\u200Bde',
      'nüde',
      'ｎｕｄｅ',
      'nакed',
      'pоrn',
      'п0рно',
      'г о л а я',
      'голаяяя',
      'гoлая',
      'г.о.л.а.я',
      'го\u0301лая',
      'порн0',
    ],
  ])('also in disguise: %s', (text) => {
    expect(find(text)).toEqual(['nudity']);
  });

  it('takes children for a reason to ask only beside nudity, and for the weightier one then', () => {
    expect(find('a schoolgirl')).toEqual([]);
    expect(find('a naked schoolgirl')).toEqual(['minors', 'nudity']);
    expect(find('голая школьница')).toEqual(['minors', 'nudity']);
    expect(find('nude lipstick for my little girl')).toEqual([]);
  });

  it('knows each of its own words', () => {
    const said = (entry: string) => entry.replaceAll('*', '').replaceAll('~', 'ой');
    const unknown = ours.flatMap(({ words, category, except }) => {
      const alone = wordFinder([{ category, words, except, beside: null }]);
      return words.filter((entry) => alone(said(entry)).length === 0);
    });
    expect(unknown).toEqual([]);
  });
});

describe("an operator's lists", () => {
  const people = {
    category: 'people',
    words: ['taylor swift', 'путин~', 'путин*'],
    except: [],
    beside: null,
  } as const;

  it('can name people, in every case of a name', () => {
    const named = wordFinder(listsWith(ours, [people]));
    expect(named('dancing with Taylor  Swift')).toEqual(['people']);
    expect(named('рядом с Путиным')).toEqual(['people']);
    expect(named('a swift above a tailor')).toEqual([]);
    expect(find('dancing with Taylor Swift')).toEqual([]);
  });

  it('takes the place of ours in its category and nowhere else', () => {
    const own = { category: 'nudity', words: ['bikini*'], except: [], beside: null } as const;
    const mixed = wordFinder(listsWith(ours, [own]));
    expect(mixed('naked')).toEqual([]);
    expect(mixed('bikinis')).toEqual(['nudity']);
    expect(mixed('corpses')).toEqual(['violence']);
  });

  it('is told what is wrong with it', () => {
    const wrong = [
      {
        category: 'rude' as never,
        words: ['', '*', 'a*', 'ok', 'two words*', 'co-operate'],
        except: ['<b>'],
        beside: 'x' as never,
      },
    ];
    expect(wordListProblems(wrong).map(({ field, received }) => `${field} ${received}`)).toEqual([
      'lists[0].category rude',
      'lists[0].beside x',
      'lists[0].words ',
      'lists[0].words *',
      'lists[0].words a*',
      'lists[0].words co-operate',
      'lists[0].except <b>',
    ]);
    expect(wordListProblems(ours)).toEqual([]);
  });
});

it('reads any text, and a long one soon', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => void find(text)));
  const words = 'n u d a golden retriever in the style of п0ртрет '.repeat(60);
  expect(find(words)).toEqual([]);
});
