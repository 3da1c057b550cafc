import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { smallTalkIn } from '../../../src/domain/text/small-talk.js';
import { besides, emptyWords, openers, phrases } from '../../../src/domain/text/small-talk-words.js';

describe('a prompt', () => {
  it.each([
    'a red fox',
    'fox',
    'red fox',
    'cat in hat',
    'Hello Kitty at the beach',
    'hello kitty',
    'thank you card with roses',
    'a thank-you note on a desk',
    'good morning coffee',
    'help desk worker',
    'ok sign made of neon',
    'a woman with a sign that says "who are you?"',
    'what a wonderful world',
    'where the wild things are',
    'when harry met sally',
    'how to train your dragon, the poster of the film with a boy on a black dragon',
    'yes man poster',
    'nice car',
    'me as a knight',
    'me on mars',
    'a test tube',
    'morning light',
    'Hello! A red fox in the snow',
    'hi, draw me as an astronaut',
    '1920s portrait',
    'hi-res portrait',
    'рыжая лиса',
    'лиса',
    'я в доспехах',
    'как принцесса в замке',
    'как рыцарь',
    'Привет из Сочи, открытка',
    'привет, нарисуй меня космонавтом',
    'добрый доктор Айболит',
    'доброе утро в деревне',
    'спасибо деду за победу',
    'девушка с вопросом на лице',
    'да Винчи в мастерской',
    'ночь, улица, фонарь',
    'что-то вроде моря в огне',
    'фото в студии',
    'ёжик в тумане',
    '猫と犬',
    'ein roter Fuchs',
  ])('is %j', (text) => {
    expect(smallTalkIn(text)).toBeNull();
  });
});

describe('small talk', () => {
  it.each([
    ['hello', 'greeting'],
    ['Hello!', 'greeting'],
    ['HELLOOOO', 'greeting'],
    ['hi there', 'greeting'],
    ['Hey, Aisha 👋', 'greeting'],
    ['good morning everyone', 'greeting'],
    ['how are you?', 'greeting'],
    ['what’s up', 'greeting'],
    ['Hello World', 'greeting'],
    ['привет', 'greeting'],
    ['Привееет!!!', 'greeting'],
    ['Здравствуйте, Айша', 'greeting'],
    ['добрый день', 'greeting'],
    ['Привет, как дела?', 'greeting'],
    ['до свидания', 'greeting'],

    ['thanks', 'thanks'],
    ['Thank you so much!', 'thanks'],
    ['ok thanks', 'thanks'],
    ['hello, thank you', 'thanks'],
    ['thanks for the help', 'thanks'],
    ['спасибо', 'thanks'],
    ['Спасибо большое 🙏', 'thanks'],
    ['да, спасибо', 'thanks'],
    ['спс', 'thanks'],
    ['огромное спасибо вам за помощь', 'thanks'],

    ['how does this work?', 'question'],
    ['how does this work', 'question'],
    ['who are you', 'question'],
    ['Who are you?', 'question'],
    ['what can you do', 'question'],
    ['a red fox?', 'question'],
    ['can you make a picture of me as a knight on a white horse?', 'question'],
    ['where is my picture', 'question'],
    ['how much is it', 'question'],
    ['are you a bot', 'question'],
    ['really?!', 'question'],
    ['ok?', 'question'],
    ['???', 'question'],
    ['help', 'question'],
    ['Help me please', 'question'],
    ['как это работает', 'question'],
    ['Как это работает?', 'question'],
    ['кто ты', 'question'],
    ['что ты умеешь', 'question'],
    ['сколько стоит картинка', 'question'],
    ['почему не пришло фото', 'question'],
    ['А можно двоих?', 'question'],
    ['где мои фотографии', 'question'],
    ['помощь', 'question'],

    ['ok', 'remark'],
    ['OK 👍', 'remark'],
    ['yes', 'remark'],
    ['yes please', 'remark'],
    ['no', 'remark'],
    ['wow cool', 'remark'],
    ['love it', 'remark'],
    ['again', 'remark'],
    ['one more', 'remark'],
    ['darker', 'change'],
    ['ok, darker', 'change'],
    ['make it', 'remark'],
    ['show me', 'remark'],
    ['me', 'remark'],
    ['да', 'remark'],
    ['Да!', 'remark'],
    ['нет', 'remark'],
    ['ок', 'remark'],
    ['круто', 'remark'],
    ['ещё раз', 'remark'],
    ['давай ещё', 'remark'],
    ['темнее', 'change'],
    ['чуть темнее', 'change'],
    ['сделай что-нибудь', 'remark'],
    ['покажи мне', 'remark'],
    ['42', 'remark'],
  ])('%j is %s', (text, kind) => {
    expect(smallTalkIn(text)).toBe(kind);
  });

  it.each(['🦊', '❤️', '👩‍👩‍👧 🏳️‍🌈', '👍🏽', '1️⃣2️⃣', '🇷🇺', '...', '!', '', '  \n'])(
    'of nothing but signs is a remark: %j',
    (text) => {
      expect(smallTalkIn(text)).toBe('remark');
    },
  );
});

describe('the lists', () => {
  const all = [...Object.values(phrases).flat(), ...besides, ...openers, ...emptyWords];

  it('are written as texts are read, or they would match nothing', () => {
    const unread = all.filter((entry) => !/^[a-zа-я0-9 -]+$/.test(entry) || /(\p{L})\1{2}/u.test(entry));
    expect(unread).toEqual([]);
    for (const entry of Object.values(phrases).flat()) expect(smallTalkIn(entry), entry).not.toBeNull();
    for (const entry of openers) expect(smallTalkIn(entry), entry).not.toBeNull();
  });

  it('leave a text alone that names a thing, whatever stands around it', () => {
    const words = fc.array(fc.constantFrom(...besides, ...emptyWords), { maxLength: 2 });
    fc.assert(
      fc.property(words, words, fc.constantFrom('fox', 'castle', 'лиса', 'замок'), (before, after, thing) => {
        // A few of these words together begin a question.
        expect(['question', null]).toContain(smallTalkIn([...before, thing, ...after].join(' ')));
      }),
    );
  });
});
