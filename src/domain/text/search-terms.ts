const russianEnding =
  /(?<=^\p{Script=Cyrillic}{3,})(?:[аяыи]ми|[оеыи]го|[оеы]му|[оеыи][йм]|[ая]я|[ую]ю|[оеыи]е|[ая][мх]|[ыи]х|[ое]в|[аеиоуыьэюяй])$/iu;
const englishPlural = /(?<=^[a-z]{3,})(?:(?<=[sxz]|[cs]h)es|(?<!s)s)$/i;

/**
 * What a text must contain, each of them somewhere, to be found by these words: other forms of a word are found by what
 * they share, and `ё` is an `е` in both.
 */
export const searchTerms = (words: string): string[] =>
  words
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => foldedYo(word.replace(russianEnding, '').replace(englishPlural, '')));

export const foldedYo = (text: string): string => text.replace(/ё/gu, 'е').replace(/Ё/gu, 'Е');
