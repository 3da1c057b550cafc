/** Small words, taken whole. */
const exact = pairs(`
  в in; во in; на on; с with; со with; и and; или or; под under; над above; у by; из from; для for;
  без without; перед in front of; за behind; как as; около near; я me; по along; к towards; от from;
  до up to; при by; о about; не not; это this; где where; кот cat; лес forest; дом house; свет light;
  мост bridge; снег snow; ночь night; день day
`);

/** Beginnings of words, the longest first; up to four more letters are taken for an ending. */
const stems = [
  ...pairs(`
  рыцар knight; доспех armor; средневеков medieval; красив beautiful; пейзаж landscape; портрет portrait;
  закат sunset; рассвет sunrise; гор mountain; мор sea; пляж beach; город city; улиц street; девушк girl;
  женщин woman; мужчин man; парен guy; человек person; ребен child; стар old; молод young; больш big;
  маленьк small; нов new; космос space; космонавт astronaut; звезд star; неб sky; облак cloud; дожд rain;
  туман fog; зим winter; лет summer; осен autumn; весн spring; красн red; син blue; голуб light blue;
  зелен green; желт yellow; бел white; черн black; золот golden; серебрян silver; розов pink;
  фиолетов purple; тепл warm; холодн cold; мягк soft; ярк bright; темн dark; светл light; ночн night;
  утр morning; вечер evening; лесн forest; дерев tree; цвет flower; замк castle; замок castle;
  дворц palace; дворец palace; машин car; лошад horse; кон horse; собак dog; кошк cat; волк wolf;
  дракон dragon; меч sword; корон crown; плать dress; костюм suit; шляп hat; очк glasses; пальт coat;
  куртк jacket; улыб smiling; сид sitting; сто standing; иде walking; бег running; держ holding;
  смотр looking; кафе cafe; кофе coffee; фото photo; фотограф photograph; картин painting; стил style;
  художник artist; студи studio; офис office; киноч film; кинематографичн cinematic; фон background;
  крупн close; план shot; вид view; река river; рек river; озер lake; сад garden; парк park; окн window;
  комнат room; книг book; музык music; гитар guitar; футурист futuristic; киберпанк cyberpunk;
  фэнтез fantasy; волшеб magic; сказочн fairytale; реалистичн realistic; сияющ shining
  `),
].sort(([one], [other]) => other.length - one.length);

const letters = pairs(`
  а a; б b; в v; г g; д d; е e; ж zh; з z; и i; й y; к k; л l; м m; н n; о o; п p; р r; с s; т t; у u;
  ф f; х kh; ц ts; ч ch; ш sh; щ shch; ъ ; ы y; ь ; э e; ю yu; я ya; і i; ї yi; є ye; ґ g
`);

const longestEnding = 4;

/** Russian to English word by word; what the small dictionary lacks is written in Latin letters. */
export function translateRussian(text: string): string {
  return text.replace(/\p{Script=Cyrillic}+/gu, (word) => {
    const plain = word.toLowerCase().replaceAll('ё', 'е');
    const stem = stems.find(
      ([start]) => plain.startsWith(start) && plain.length - start.length <= longestEnding,
    );
    return (
      exact.get(plain) ?? stem?.[1] ?? [...plain].map((letter) => letters.get(letter) ?? letter).join('')
    );
  });
}

/** `russian english; russian english words; …` */
function pairs(table: string): ReadonlyMap<string, string> {
  return new Map(
    table.split(';').map((pair) => {
      const [russian = '', ...english] = pair.trim().split(' ');
      return [russian, english.join(' ')];
    }),
  );
}
