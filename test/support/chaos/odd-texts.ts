/** What clients that are not Telegram's own can put anywhere a text goes. */
export const oddTexts = [
  'nul \u0000 inside',
  'half a letter \ud83d',
  'the other half \udc4d',
  'turned \u202eround',
  '__proto__',
  '🦊'.repeat(1000),
  '\ufeff\u200b\u2028',
  '<b>&amp;</i>',
] as const;

/** The first people are called so. */
export const oddNames = ['Nu\u0000l', 'Half \ud83d', '\u202edlO', '__proto__', '🦊'.repeat(30)] as const;

/** Data of buttons that no bot has made. */
export const oddData = ['\u0000', '\ud83d', 'a:\u0000', '__proto__', ':'.repeat(64), 'g:../../etc'] as const;
