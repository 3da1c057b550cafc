/** What a text is when nobody means a picture by it; the weightier first. */
export const smallTalk = ['thanks', 'question', 'greeting', 'change', 'remark'] as const;
export type SmallTalk = (typeof smallTalk)[number];

const list = (entries: string): string[] => entries.split(',').map((entry) => entry.trim());

/**
 * What people say to a bot when they do not mean a picture, in both languages. Written as `small-talk.ts` reads texts:
 * lower case, ё as е, no apostrophes, each letter at most twice in a row.
 */
export const phrases: Readonly<Record<SmallTalk, readonly string[]>> = {
  thanks: list(`
    thanks, thank you, thank u, thankyou, thx, thnx, ty, tysm, many thanks, cheers, much appreciated,
    i appreciate it, спасибо, спасибки, спасибочки, пасиб, пасибо, спс, благодарю, благодарствую, мерси,
    сенкс, сенк ю`),
  question: list(`
    help, help me, help please, menu, commands, info, instructions, how it works, price, prices, pricing,
    помощь, помоги, помогите, меню, команды, инструкция, справка, цена, цены, прайс, хелп`),
  greeting: list(`
    hello, hallo, hi, hii, hey, heya, hiya, yo, howdy, greetings, good morning, good afternoon,
    good evening, good day, good night, morning, hello world, whats up, sup, how are you, how are you doing,
    how is it going, hows it going, nice to meet you, nice to see you, bye, bye bye, goodbye, see you,
    see you later, привет, приветик, приветики, приветствую, здравствуй, здравствуйте, здрасте, здрасьте,
    здарова, хай, хей, хеллоу, салют, ку, йо, алло, добрый день, доброе утро, добрый вечер, доброго дня,
    доброго утра, доброго вечера, доброго времени суток, доброй ночи, спокойной ночи, как дела, как жизнь,
    как поживаешь, как поживаете, как ты, как вы, пока, пока пока, до свидания, до встречи`),
  change: list(`
    darker, lighter, brighter, closer, further away, bigger, smaller, better, sharper, softer, warmer, colder, older,
    younger, темнее, светлее, ярче, ближе, дальше от камеры, крупнее, мельче, больше, меньше, лучше, резче, мягче,
    теплее, холоднее, старше, моложе`),
  remark: list(`
    ok, okay, okey, okie, k, kk, yes, yeah, yea, yep, yup, sure, of course, no, nope, nah, not now, maybe,
    later, please, sorry, wow, cool, nice, great, awesome, amazing, perfect, good, very good, super,
    wonderful, beautiful, well done, love it, i love it, i like it, like it, lol, haha, hahaha, hmm, hm, oh,
    ah, ready, done, go, go on, lets go, continue, next, more, one more, again, once again, try again,
    another, another one, stop, wait, cancel, test, start, i see, got it, understood, i dont know,
    dont know, nothing, да, ага, угу, ок, окей,
    оки, хорошо, ладно, конечно, давай, давайте, нет, неа, не, не надо, не сейчас, потом, позже, может быть,
    пожалуйста, извини, извините, вау, ого, круто, классно, класс, супер, отлично, прекрасно, красиво,
    здорово, шикарно, нравится, мне нравится, не нравится, мне не нравится, огонь, топ, бомба, ха, хаха,
    ха ха, лол, хм, ох, ах, готово, дальше, далее, продолжай, продолжить, еще, еще раз, еще одно, еще одну,
    снова, заново, другое, стоп, подожди, подождите, отмена, тест, старт, начать, понятно, понял, поняла,
    ясно, не знаю, ничего `),
};

/** May stand beside such a phrase. */
export const besides = list(`
  there, everyone, everybody, all, guys, friend, my, dear, aisha, bot, so, very, much, a, lot, bunch, you,
  to, for, your, the, it, that, this, again, and, too, well, now, then, just, really, bit, little, please, айша, бот, всем, друг,
  друзья, дорогая, милая, вам, тебе, вас, тебя, очень, большое, огромное, за, все, это, ну, и, а, вот, же,
  то, так, уже, тоже, чуть, немного, намного, чуточку, просто, мне, помощь`);

/** How a question begins that has no question mark. */
export const openers = list(`
  who are you, who is this, who made you, what are you, what is this, whats this, what can you, what do i,
  what do you, what does, what should i, what now, what next, whats next, what is your, how do i,
  how do you, how does, how can i, how can you, how to use, how to start, how to make, how to create,
  how to train, how much, how many, how long, why is it, why is my, why do, why does, why did, why not,
  why cant, where is my, where are my, where do i, where can i, when will, when do, can i, can you help,
  could you help, do you, do i, are you, are there, is there, is it, is this, may i, should i, help me with,
  i need help, tell me how, кто ты, кто вы, ты кто, вы кто, кто это, что ты, что вы, ты что, что это,
  что такое, что делать, что дальше, что теперь, что мне, что нужно, что надо, что можно, что умеешь,
  что умеете, что писать, чем ты, как это, как ты, как тут, как здесь, как мне, как тебя, как вас,
  как сделать, как создать, как работает, как работать, как пользоваться, как начать, как обучить,
  как получить, как купить, как пополнить, как оплатить, как удалить, как изменить, сколько стоит,
  сколько стоят, сколько ждать, сколько нужно, сколько у меня, сколько это, сколько времени, почему не,
  почему так, почему ты, почему у, почему это, зачем, где мой, где моя, где мое, где мои, где взять,
  где посмотреть, когда будет, когда будут, можно ли, а как, а что, а где, а сколько, а можно, ты бот,
  вы бот, ты человек, ты умеешь, ты можешь помочь, мне нужна помощь, нужна помощь, расскажи как, подскажи,
  подскажите`);

/** Words that show nothing by themselves. */
export const emptyWords = list(`
  i, me, mine, we, us, our, he, him, she, her, they, them, an, these, those, here, what, who, how, why,
  when, where, which, am, is, are, was, be, do, does, did, have, has, can, could, will, would, should, want,
  need, make, show, send, give, try, draw, paint, generate, create, see, look, know, think, like, love, not,
  dont, cant, or, but, if, of, in, on, at, with, from, by, some, any, something, anything, im, its, thats,
  one, two, same, other, different, first, last, only, я, меня, мной, мой, моя, мое, мои, ты, твой, твоя,
  вы, ваш, мы, нас, нам, он, она, оно, они, его, ее, их, тут, там, здесь, что, кто, как, где, когда, почему,
  зачем, какой, какая, какое, какие, есть, быть, был, была, будет, могу, можешь, может, можно, надо, нужно,
  хочу, хочешь, сделай, покажи, пришли, дай, попробуй, нарисуй, создай, сгенерируй, смотри, знаю, думаю,
  или, но, если, в, на, с, со, у, по, от, до, из, для, о, об, что-то, что-нибудь, кое-что, один, одно, одну,
  два, такой, такая, такое, такую, другой, другая, другую, этот, эта, эту, тот, та, ту, первый, последний,
  только, лишь, бы, ли, вообще, теперь, сейчас`);
