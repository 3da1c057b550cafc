### Айша говорит по-русски. Значения в скобках уже экранированы; <b>, <i> и <code> — наши.

## Команды в меню
command-generate = создать изображение
command-presets = { $count ->
    [8] восемь пресетов
   *[other] все пресеты
}
command-help = как всё устроено, цены, ограничения
command-cancel = отменить начатое
command-gallery = все ваши изображения
command-avatars = ваши аватары
command-balance = кредиты, история, цены
command-settings = язык и настройки по умолчанию

## Первое знакомство и помощь
bot-description = Я создаю изображения с вами или в стиле, который вам нравится. Один раз пришлите фото, чтобы обучить аватар, а потом просто пишите, что хотите увидеть.
    Чтобы начать, нажмите «Старт».
start-hello = Здравствуйте, { $name }! Я создаю изображения с вами или в стиле, который вам нравится.
start-with-avatar = Ваш аватар готов. Напишите, что хотите увидеть, например:
    <i>фото в средневековых доспехах, золотой час</i>
start-without-avatar = <b>Что нужно:</b> { $fewest }–{ $most } фото и около { $minutes ->
    [one] { $minutes } минуты
   *[other] { $minutes } минут
}. А потом просто пишите, что хотите увидеть.
start-prices = Обучение: { $training }. Если не получится, они вернутся.
    Одно изображение: { $image }.
start-after-examples = Хотите такие же изображения, только с вами?
button-see-examples = 🖼 Примеры
start-balance = { $balance ->
    [one] У вас <b>{ $balance }</b> кредит.
    [few] У вас <b>{ $balance }</b> кредита.
   *[other] У вас <b>{ $balance }</b> кредитов.
}
help-pictures = <b>Как это работает</b>
    • Напишите, что хотите увидеть ({ $from }–{ $to } символов), и я создам изображение с вашим главным аватаром.
    • /generate сначала предложит выбрать аватар, пресет, формат и количество.
    • Параметры можно и напечатать: <code>рыцарь --ar 16:9 --n 4 --seed 42</code>
help-photo = • Пришлите фото: я опишу его, а описание можно изменить и использовать.
help-inline = • В любом чате наберите <code>@{ $name }</code> и слово из описания, чтобы отправить своё изображение.
help-waiting = <b>Пока оно создаётся</b>
    • Видно, сколько осталось, и всё можно отменить.
    • Одновременно может создаваться или ждать до { $open ->
        [one] { $open } изображения или обучения
       *[other] { $open } изображений или обучений
    }. Разговор тем временем можно продолжать.
help-screens = <b>Где что находится</b>
    /gallery — все ваши изображения
    /avatars — ваши аватары, /new обучает новый
    /presets — для чего каждый пресет
    /balance — кредиты, история, цены
    /settings — язык и настройки по умолчанию
    /privacy — что о вас хранится
    /api — ключи для ваших программ
    /cancel — отменяет начатое
help-prices = <b>Цены</b>
    • Одно изображение: { $image }
    • Увеличить одно: от { $upscale }
    • Обучить аватар: { $training }
    Платите только за пришедшие изображения и готовые аватары.
help-contact = Есть вопросы? Напишите: { $contact }
help-free = Здесь всё бесплатно.

button-open-gallery = 🖼 Галерея
button-open-avatars = 👤 Аватары
button-open-settings = ⚙ Настройки
button-open-help = ❔ Как это работает

## Пресеты
presets-title = <b>Пресеты</b>
presets-hint = { $count ->
    [1] «{ $presets }» подходит
   *[other] «{ $presets }» подходят
} не каждому аватару. Какие пресеты подойдут, видно на его карточке.
preset-row = <b>{ $name }</b> · { $ratio } · <code>{ $word }</code>
    { $about }
preset-row-time = обычно { $from }–{ $to ->
    [one] { $to } секунда
    [few] { $to } секунды
   *[other] { $to } секунд
}
preset-fast = Быстрый
preset-balanced = Сбалансированный
preset-quality = Качество
preset-portrait = Портрет
preset-landscape = Пейзаж
preset-artistic = Художественный
preset-photorealistic = Фотореализм
preset-ultra = Ультра
preset-about-fast = Быстрый черновик
preset-about-balanced = Подходит почти для всего
preset-about-quality = Больше деталей, но дольше
preset-about-portrait = Вертикальный, для людей
preset-about-landscape = Широкий, для пейзажей
preset-about-artistic = Яркий стиль, мягче фильтр
preset-about-photorealistic = Как фотография
preset-about-ultra = Около 2K, любые пропорции, но дольше

## Новое изображение
text-was-cut = Слишком длинно: Telegram разрезал текст на части, и я ничего не создала. В описании может быть до 2 000 символов. Пришлите, пожалуйста, короче.

## Ожидание
job-prompt = <i>{ $prompt }</i>
progress-accepted = ⏳ { $ahead ->
    [0] Начинаю…
    [one] Перед вами { $ahead } изображение.
    [few] Перед вами { $ahead } изображения.
   *[other] Перед вами { $ahead } изображений.
}
progress-order = { $avatar } · { $what }{ $credits ->
    [0] {""}
   *[other] {" "}· { $cost }
}
order-upscale = увеличение
progress-not-taken = ⏳ Сервис изображений занят. Буду пробовать ещё до получаса. Если не получится, кредиты вернутся.
progress-no-room = ⏳ Сейчас нет места для файлов. Ваше место в очереди сохраняется, всё начнётся само.
progress-queued = ⏳ Ваше место в очереди: { $position }.
progress-running = 🎨 { $bar } осталось около { $left ->
    [one] { $left } секунды
   *[other] { $left } секунд
}
progress-soon = 🎨 { $bar } вот-вот будет готово
progress-slow = 🎨 { $bar } дольше обычного, но работа идёт
button-cancel = ✕ Отменить
other-avatar = Кого изобразить? То, что создаю сейчас, я отменю, и кредиты вернутся.
no-other-avatar = Другие ваши аватары с этим пресетом не работают.
button-other-avatar = 👤 Другой
cancelling = Отменяю
cancel-nothing = Отменять нечего. Чтобы остановить изображение, нажмите кнопку под его сообщением.

## Результаты
result-caption-upscale = <b>Увеличено</b> в { $factor } раза · { $avatar }{ $credits ->
    [0] {""}
   *[other] {" "}· { $cost }
} · { $seconds } с
result-caption = <b>{ $avatar }</b> · { $preset }{ $credits ->
    [0] {""}
   *[other] {" "}· { $cost }
} · seed <code>{ $seed }</code> · { $seconds } с{ $flagged ->
    [0] {""}
    [one] {""}
        { $flagged } изображение не пропустил фильтр безопасности; за него платить не нужно.
    [few] {""}
        { $flagged } изображения не пропустил фильтр безопасности; за них платить не нужно.
   *[other] {""}
        { $flagged } изображений не пропустил фильтр безопасности; за них платить не нужно.
}
no-avatar-any-more = удалённый аватар
album-buttons = <b>{ $count ->
    [one] { $count } изображение
    [few] { $count } изображения
   *[other] { $count } изображений
}</b> · { $size } px
    Выберите номер, чтобы увеличить, скачать или удалить.
ended-failed = ❌ { $reason }{ $credits ->
    [0] {""}
    [one] {" "}Вам вернулся { $credits } кредит.
    [few] {" "}Вам вернулись { $credits } кредита.
   *[other] {" "}Вам вернулось { $credits } кредитов.
}
ended-blocked = 🚫 Фильтр безопасности не пропустил результат. Попробуйте другие слова.{ $credits ->
    [0] {""}
    [one] {" "}Вам вернулся { $credits } кредит.
    [few] {" "}Вам вернулись { $credits } кредита.
   *[other] {" "}Вам вернулось { $credits } кредитов.
}
ended-cancelled = ✕ Отменено.{ $credits ->
    [0] {""}
    [one] {" "}Вам вернулся { $credits } кредит.
    [few] {" "}Вам вернулись { $credits } кредита.
   *[other] {" "}Вам вернулось { $credits } кредитов.
}

## Почему задание не удалось
failure-content_policy = Правила сервиса не допускают такое описание. Попробуйте другие слова.
failure-no_media = Изображение не получилось. Попробуйте другие слова или новый seed.
failure-refused_input = Сервис изображений это не принял. Попробуйте другие слова или настройки.
failure-file_unavailable = Не удалось прочитать файл этого аватара. Владелец бота уже знает.
failure-endpoint_retired = Сервис изображений сейчас этого не делает. Попробуйте позже.
failure-timeout = Это длилось слишком долго, и я перестала ждать.
failure-provider_error = В сервисе изображений случился сбой. Попробуйте ещё раз.
failure-bad_result = Изображение пришло повреждённым. Попробуйте ещё раз.
failure-unusable_result = Изображение готово, но его файл не годится, и повтор не поможет. Владелец бота видит причину.
failure-lost = Сервис изображений так и не ответил. Попробуйте ещё раз.
failure-cancelled_elsewhere = Сервис изображений отменил работу.
failure-gave_up = У нас раз за разом что-то не получалось. Владелец бота уже знает.
failure-undeliverable = Отправить изображение не удалось ни в один чат. Оно в вашей галерее, а кредиты вернулись.

## Куда ушло изображение, если чат их не принимает
result-from-elsewhere = В том чате мне нельзя публиковать изображения, поэтому присылаю сюда.
result-sent-elsewhere = Здесь мне нельзя публиковать изображения, поэтому отправила его вам в личный чат.
result-nowhere = Здесь мне нельзя публиковать изображения, а написать вам лично я пока не могу. Откройте чат со мной и нажмите «Старт»: изображение ждёт в /gallery. Оно бесплатно.

## Почему просьба отклонена
refusal-invalid-input = Пожалуйста, исправьте:
refusal-avatar-not-found = У вас нет аватара «{ $avatar }».
refusal-avatar-ambiguous = Аватаров «{ $avatar }» несколько.
refusal-avatar-not-ready = Аватар «{ $avatar }» не готов: { $status }.
refusal-no-avatar = Сначала создайте аватар: хватит 10 фото. Ваши слова я сохраню и предложу, когда он будет готов.
refusal-nothing-available = Сейчас сервис изображений не работает с этим аватаром. Загляните чуть позже. Ничего не списано.
refusal-away-now = Сейчас сервис изображений этого не делает. Загляните чуть позже. Ничего не списано.
refusal-pictures-spent = На сегодня это всё: { $limit ->
    [one] { $limit } изображение
    [few] { $limit } изображения
   *[many] { $limit } изображений
} в день. Снова можно через { $wait }. Ничего не списано.
refusal-pictures-left = Сегодня осталось { $left ->
    [one] { $left } изображение
    [few] { $left } изображения
   *[many] { $left } изображений
}. Остальное — через { $wait }. Ничего не списано.
refusal-budget-day = На сегодня я сделала всё, что могла. Новые заказы приму через { $wait }. Ничего не списано.
refusal-budget-month = В этом месяце я сделала всё, что могла. Новые заказы приму { DATETIME($at, day: "numeric", month: "long") }. Ничего не списано.
refusal-preset-not-available = Пресет «{ $preset }» не подходит этому аватару. Подойдут: { $available }.
refusal-insufficient-credits = Не хватает { $missing ->
    [one] { $missing } кредита
   *[other] { $missing } кредитов
}: нужно { $needed }, а у вас { $balance }. Ничего не списано.
refusal-credits-in-group = На это не хватает кредитов. Ничего не списано.
more-credits-by-mail = Чтобы пополнить кредиты, напишите на { $contact }.
button-more-credits = 💬 Пополнить кредиты
refusal-too-many-credits = На счету может быть не больше { $limit } кредитов.
refusal-offer-gone = Этого предложения больше нет, или цена изменилась. Вы ничего не заплатили: откройте предложения ещё раз.
refusal-subscribed = Эта подписка у вас уже есть: она оплачена до { DATETIME($until, day: "numeric", month: "long") } и продлится сама. Сейчас ничего не списано.
refusal-not-refundable = Сама вернуть этот платёж не могу: часть кредитов потрачена или прошло слишком много времени.
refusal-too-many-waiting = { $limit ->
    [1] Одно уже создаётся. Дождитесь, пожалуйста, пока оно будет готово.
   *[other] Сразу больше { $limit } создавать нельзя. Дождитесь, пожалуйста, хотя бы одного.
}
refusal-too-many-webhooks = Больше вебхуков добавить нельзя, их уже { $limit }. Сначала удалите один.
refusal-webhook-off = Этот вебхук отключён. Удалите его и добавьте заново.
refusal-too-many-keys = Ключей уже { $limit }. Сначала отзовите тот, которым не пользуетесь.
refusal-allowance-prompt_help = На сегодня помощь с описаниями закончилась. Снова помогу через { $wait }; свои слова можно присылать всегда.
refusal-allowance-photo_words = Сегодня я больше не могу описывать фото. Пришлите его снова через { $wait }.
refusal-allowance-upload_bytes = Больше фото сегодня принять не могу. Присылайте ещё через { $wait }.
refusal-allowance-drafts = Больше аватаров сегодня начать нельзя. Следующий — через { $wait }.
refusal-allowance-lora_files = Больше файлов LoRA сегодня принять не могу. Следующий присылайте через { $wait }.
refusal-allowance-promo_codes = Слишком много попыток. Следующий код пришлите через { $wait }.
wait-minutes = { $count ->
    [one] { $count } минуту
    [few] { $count } минуты
   *[many] { $count } минут
}
wait-hours = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[many] { $count } часов
}
refusal-not-found = Этого больше нет, или это не ваше.
refusal-not-allowed = Это закрытый бот: он только для тех, кого пригласили.
refusal-link-refused = Это приглашение не сработало: в ссылке опечатка, её уже использовали или она больше не действует.
button-ask-access = 🙋 Попросить доступ
access-asked = 🙋 Я спросила владельца бота. Напишу вам, как только он ответит.
access-waits = 🙋 Я уже спросила. Напишу вам, как только придёт ответ.
access-turned-away = Владелец бота пока отказал. Попросить снова можно через месяц.
access-in = Доступ у вас уже есть. Что нарисуем?
access-granted = 🎉 Доступ открыт, добро пожаловать! Давайте сделаем первое изображение.
access-denied = К сожалению, сейчас доступ вам открыть не могут.
refusal-wrong-state = Уже поздно.
refusal-person-blocked = Этот бот для вас закрыт. Это ошибка? Напишите нам: /appeal. Ваши данные остаются вашими: /privacy. Вопросы об оплате: /paysupport
refusal-decided-before = Это уже решил оператор <code>{ $who }</code>, { DATETIME($at, day: "numeric", month: "long", hour: "2-digit", minute: "2-digit") }. Ничего не изменилось.
refusal-came-so = Это уже решено: { DATETIME($at, day: "numeric", month: "long", hour: "2-digit", minute: "2-digit") }. Ничего не изменилось.
refusal-intent-over = Это уже подтверждено, или прошло больше 15 минут. Начните заново.
refusal-consent-required = Сначала подтвердите, пожалуйста, что на фото вы или что у вас есть разрешение.
refusal-not-enough-photos = Пока { $kept } фото; для обучения нужно хотя бы { $needed }.
refusal-too-many-photos = Для аватара нужно не больше { $limit } фото.
refusal-photo-gone = Файл этого фото пропал. Уберите фото, пожалуйста, и пришлите его ещё раз.
refusal-archive-refused = Этот архив не подходит. Пришлите, пожалуйста, ZIP, в котором только фото.
refusal-weights-refused = Этот файл не подходит: такой LoRA я не знаю.
refusal-weights-foreign = Эта LoRA сделана для { $family }. Я рисую с FLUX.1, он её не поймёт.
button-make-avatar = ➕ Создать аватар
button-my-photos = 📸 Мои фото
button-with-avatar = 👤 С аватаром { $name }
button-preset-instead = 🎚 Взять «{ $preset }»
button-choose-instead = 🖌 Выбрать кнопками
button-once-more = 🔁 Ещё раз
button-open-chat = 💬 Наш чат
button-open-balance = 💳 Баланс и цены
avatar-status-draft = фото ещё собираются
avatar-status-training = идёт обучение
avatar-status-ready = готов
avatar-status-failed = обучение не удалось
problem-required = • { $field }: не указано
problem-too_short = • { $field }: слишком коротко
problem-too_long = • { $field }: слишком длинно
problem-no_words = • { $field }: нет ни одного слова
problem-ambiguous = • { $field }: под «{ $received }» подходит несколько
problem-unknown_value = • { $field }: не знаю «{ $received }»
problem-out_of_range = • { $field }: { $received } не подходит
problem-not_supported = • { $field }: здесь не задаётся
problem-not_there = • { $field }: такого нет
problem-malformed = • { $field }: не понимаю «{ $received }»
problem-not_https = • { $field }: нужен адрес https
problem-private_address = • { $field }: адрес ведёт во внутреннюю сеть
problem-allowed = ({ $allowed }{ $asked ->
    [prompt] {" "}символов
    [name] {" "}символов
   *[other] {""}
})
field-prompt = Описание
field-avatar = Аватар
field-preset = Пресет
field-steps = Шаги
field-guidance = Следование описанию
field-aspectRatio = Формат
field-strength = Сила
field-seed = Seed
field-count = Количество

## Всё остальное
went-wrong = У нас что-то сломалось. Ничего не списано. Попробуйте, пожалуйста, чуть позже.
dead-button = Эта кнопка осталась от старой версии и больше не работает. /help покажет, что я умею.
unknown-command = Такой команды я не знаю. /help покажет, что я умею.
unknown-content = С этим я ничего не смогу сделать. Напишите, что хотите увидеть.

## Экран выбора
form-title = 🖌 <b>Новое изображение</b>
form-choices = Аватар: <b>{ $avatar }</b> · { $preset } · { $ratio } · { $count ->
    [one] { $count } изображение
    [few] { $count } изображения
   *[other] { $count } изображений
}
form-from-picture = 🖼 На основе вашего изображения. Изменить: { $change ->
    [little] слегка
    [more] заметно
   *[lot] сильно
}
form-seed = Seed: <code>{ $seed }</code>
form-steps = Шаги: { $value }
form-guidance = Следование описанию: { $value }
form-strength = Сила: { $value }
form-say = Напишите, что хотите увидеть, или выберите идею:
form-say-other = Напишите новое описание.
form-prompt = <i>{ $prompt }</i>
form-suggestion = ✨ Предложение: <i>{ $prompt }</i>
form-improving = ✨ Подбираю слова получше… Ждать не обязательно.
ratio-of-preset = как в пресете
button-form-avatar = 👤 Аватар
button-form-companion = 👥 Второй аватар
form-no-companion = Больше никого
button-form-preset = 🎚 Пресет
button-form-ratio = ▭ Формат
button-form-main = ‹ Назад
button-form-words = ✍ Слова
button-form-surprise = 🎲 Удивите меня
button-form-improve = ✨ Улучшить
button-form-new-seed = 🎲 Новый seed
button-order = 🎨 Создать
button-form-order-as-is = 🎨 Как есть
button-form-order-suggested = ✨ Взять предложение
about-seconds = ~{ $seconds } с
form-avatar-gone = Этот аватар удалён, поэтому ничего не списано. Посмотрите, что я взяла вместо него.
form-picture-gone = Исходное изображение удалено, поэтому ничего не списано. Без него получится новое изображение.
form-preset-gone = Этот пресет сейчас недоступен, поэтому ничего не списано. Посмотрите, что я взяла вместо него.
form-price-changed = Цена изменилась, поэтому ничего не списано. Посмотрите ещё раз.
order-question = { $count ->
    [one] <b>Создать изображение?</b>
    [few] <b>Создать { $count } изображения?</b>
   *[other] <b>Создать { $count } изображений?</b>
}
order-question-first = { $count ->
    [1] Перед первым изображением я спрашиваю. Дальше решаете вы: /settings
    [one] Перед первым { $count } изображением я спрашиваю. Дальше решаете вы: /settings
   *[other] Перед первыми { $count } изображениями я спрашиваю. Дальше решаете вы: /settings
}
words-doubted-minors = ⚠️ Похоже на интимную сцену с несовершеннолетними. Продолжить?
words-doubted-nudity = 🤔 Похоже, речь о наготе или сексе. Продолжить?
words-doubted-violence = 🤔 Похоже, здесь что-то жестокое. Продолжить?
words-doubted-hate = 🤔 Похоже, это кого-то оскорбит. Продолжить?
words-doubted-drugs = 🤔 Похоже, речь о наркотиках. Продолжить?
words-doubted-people = 🤔 Здесь имя реального человека. Продолжить?
words-refused-minors = Интимных сцен с несовершеннолетними я не создаю. Ничего не списано.
words-refused-nudity = Здесь я не создаю изображений с наготой и сексом. Ничего не списано, попробуйте другие слова.
words-refused-violence = Здесь я не создаю жестоких изображений. Ничего не списано, попробуйте другие слова.
words-refused-hate = Здесь я не создаю оскорбительных изображений. Ничего не списано, попробуйте другие слова.
words-refused-drugs = Здесь я не создаю изображений о наркотиках. Ничего не списано, попробуйте другие слова.
words-refused-people = Этого человека я не изображаю. Ничего не списано, попробуйте без имени.
button-go-on = ▶ Продолжить
button-back = ‹ Назад
button-close = ✕ Закрыть
accepted = Уже создаю!
photo-looking = 👁 Смотрю ваше фото…
cancel-done = Отменено.
question-both-ways = Я ещё жду ответа. Сделать из этих слов изображение или ответите ещё раз?
question-gone = Того, о чём я спрашивала, уже нет. Но из этих слов можно сделать изображение.
question-over = Этот вопрос уже закрыт.
button-use-as-prompt = 🎨 Взять как описание
button-take-answer = ✓ Это ответ
button-answer-again = ✏ Ответить ещё раз
button-leave-question = ✕ Не нужно
button-keep-name = ✓ Оставить имя «{ $name }»

## Текст, который может быть не описанием
small-talk-greeting = Здравствуйте!
small-talk-thanks = Пожалуйста!
small-talk-question = Я создаю изображения вашего аватара. Цены и ответы: /help.
small-talk-remark = Хорошо.
small-talk-change = Чтобы изменить изображение, ответьте на него этими словами.
small-talk-next = Напишите, что хотите увидеть, например <i>на пляже на закате</i>. Чтобы изменить изображение, ответьте на него.
small-talk-no-avatar = Сначала создайте аватар: понадобится 10 фото. Потом напишите, что хотите увидеть.
picture-words = Изменить это изображение? Новое описание:
    <i>{ $prompt }</i>
picture-not-yours = Это изображение я изменить не могу. Создать новое по вашим словам?
button-edit-picture = ✍ Изменить описание
button-words-alone = 🎨 Только мои слова
price-changed = Слова изменились, и цена тоже. Создаём?
button-make-anyway = 🎨 Всё равно создать

## Кнопки под результатом
button-again = 🔁 Ещё
button-edit = ✍ Изменить
button-vary = 🎲 Вариант
button-vary-little = Слегка
button-vary-more = Заметно
button-vary-lot = Сильно
button-other-preset = 🎚 Пресет
button-pick = 🖼 { $number }
button-picked = ✓ { $number }
button-upscale = 🔍 Увеличить
button-original = 📄 Оригинал
button-originals = 📄 Все оригиналы
button-info = ℹ Подробно
button-share = 🔗 Поделиться
button-favour = 🤍 Любимое
button-favourite = ❤ Любимое
button-delete = 🗑 Удалить
button-try-again = 🔁 Ещё раз
button-change = ✍ Изменить
button-undelete = ↺ Вернуть
favoured = Добавлено в любимые
unfavoured = Убрано из любимых
deleted = Удалено. Ещё сутки можно восстановить.
undeleted = Восстановлено
original-file = 📄 { $size } px · { NUMBER($megabytes, minimumFractionDigits: 1, maximumFractionDigits: 1) } МБ
original-follows = { $size } px: следом придёт оригинал файлом
original-coming = Файл уже в пути
original-too-big = Файл больше { $limit } МБ: Telegram его не примет.
info-title = <b>Об этом изображении</b>
info-avatar = Аватар: { $value }
info-preset = Пресет: { $value }
info-model = Модель: <code>{ $value }</code>
info-seed = Seed: <code>{ $value }</code> («зерно»: то же число — то же изображение)
info-size = Размер: { $value } px
info-steps = Шаги: { $value } (больше — тщательнее и дольше)
info-guidance = Следование описанию: { $value } (guidance)
info-strength = Сила: { $value } (насколько заметен аватар)
info-safety = Фильтр безопасности: { $value } из 3
info-format = Файл: { $value }
info-raw = Без обработки (raw)
info-change = Изменено: { $value } прежнего изображения
info-factor = Увеличено: в { $value } раза
info-time = Время: { $value } с
info-cost = Стоимость: { $credits ->
    [one] { $credits } кредит
    [few] { $credits } кредита
   *[other] { $credits } кредитов
}
info-prompt = Описание: <i>{ $prompt }</i>
info-prompt-long = Описание:
    <pre>{ $prompt }</pre>
button-copy-prompt = 📋 Описание
button-copy-seed = 📋 Seed
info-final-prompt = С кодовым словом, по которому узнаётся аватар: <i>{ $prompt }</i>
recipe-opened = 🔗 С вами поделились рецептом:
    <i>{ $prompt }</i>
recipe-needs-avatar = Чтобы повторить его с собой, нужен аватар: хватит 10 фото. Рецепт я сохраню и предложу, когда аватар будет готов.
recipe-shared = Кто откроет эту ссылку, получит то же описание и настройки, но со своим аватаром:
    { $link }
    <i>{ $prompt }</i>

## Аватары
avatars-title = { $count ->
    [1] У вас <b>{ $count }</b> аватар.
    [one] У вас <b>{ $count }</b> аватар. ⭐ — главный.
    [few] У вас <b>{ $count }</b> аватара. ⭐ — главный.
   *[other] У вас <b>{ $count }</b> аватаров. ⭐ — главный.
}
avatars-none = У вас пока нет аватара.
avatar-card = <b>{ $name }</b>
    { $type }, { $status }
    Создан { DATETIME($at, day: "numeric", month: "long", year: "numeric") }
avatar-type-portrait = Человек
avatar-type-artistic = Стиль
avatar-card-main = ⭐ Ваш главный аватар
avatar-card-trigger = Кодовое слово: <code>{ $trigger }</code> (добавлю к описанию сама)
avatar-card-lora = Подходят все пресеты, кроме «{ $presets }»
avatar-card-finetune = Подходят все пресеты, включая «{ $presets }»
avatar-card-strength = Сила: { $strength } (насколько заметен аватар)
avatar-is-main = { $name } теперь ваш главный аватар
avatar-say-name = Как теперь назвать «{ $name }»? 2–50 символов. /cancel оставит прежнее имя.
button-use-avatar = 🎨 Создать изображение
button-make-main = ⭐ Главный
button-rename = ✏ Имя

## Галерея
gallery-empty = Здесь появятся ваши изображения.
gallery-nothing = Ничего не нашлось: { $filters }
gallery-no-more = Это всё
gallery-grid = <b>{ $count ->
    [one] { $from }
   *[other] { $from }–{ $to }
}</b> из { $total }
gallery-grid-day = { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
gallery-grid-days = { DATETIME($from, day: "numeric", month: "short", year: "numeric") } — { DATETIME($to, day: "numeric", month: "short", year: "numeric") }
gallery-filters = 🔎 Только: { $filters }
gallery-filter-words = { $where ->
    [one] «{ $words }» в описаниях с «{ $name }»
   *[all] «{ $words }» во всех описаниях
}
gallery-filter-prompts = { $where ->
    [one] в описаниях с «{ $name }»
   *[all] во всех описаниях
}
gallery-filter-favourites = любимые
gallery-selecting = Выбирайте номера.{ $count ->
    [0] {""}
   *[other] {" "}Выбрано: { $count }
}
gallery-too-many = Можно выбрать до { $most } изображений.
gallery-favoured = { $count ->
    [one] { $count } изображение в любимых
    [few] { $count } изображения в любимых
   *[other] { $count } изображений в любимых
}
gallery-deleted = 🗑 Удалено{ $count ->
    [1] {""}
   *[other] {" "}({ $count })
}{ $where ->
    [chat] {" "}— и в этом чате тоже
   *[gallery] {""}
}. Вернуть можно ещё сутки.
gallery-restored = ↺ { $count ->
    [one] { $count } изображение снова здесь
    [few] { $count } изображения снова здесь
   *[other] { $count } изображений снова здесь
}
gallery-month = { DATETIME($at, month: "short", year: "numeric") }
gallery-day = { DATETIME($at, day: "numeric", month: "short") }
gallery-card = <b>{ $number }</b> из { $total }{ $heart }
gallery-card-made = { $avatar } · { $preset } · { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
gallery-card-upscale = Увеличено · { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
gallery-card-missing = ⚠️ Файла этого изображения больше нет, поэтому показать его не получится.
gallery-card-prompt = <i>{ $prompt }</i>
gallery-zip-coming = Собираю ZIP
gallery-zip = { $count ->
    [one] { $count } изображение
    [few] { $count } изображения
   *[other] { $count } изображений
}
gallery-words-say = Что найти? Поищу { $where }.
gallery-page-say = Какую страницу? На каждой десять изображений. /cancel оставит галерею как есть.
button-gallery-newer = ‹ Новее
button-gallery-older = Старше ›
button-gallery-go = 📅 К дате…
button-gallery-months = ‹ Месяцы
button-gallery-grid = ▦ Сетка
button-gallery-select = ☑ Выбрать
button-gallery-done = ✓ Готово
button-gallery-delete = 🗑 Удалить ({ $count })
button-search-everywhere = 🔎 Искать везде
button-select = ○ Выбрать
button-selected = ✓ Выбрано
button-filter-days = 📅 Период
button-filter-clear = ✕ Сбросить
button-gallery-more = ⋯ Ещё
button-gallery-filters = ☰ Фильтр
button-gallery-search = 🔎 Поиск
button-gallery-zip = 📦 ZIP ({ $count })
button-filter-avatars = 👤 Аватар
button-filter-presets = 🎚 Пресет
button-filter-favourites = ❤ Любимые
button-filter-any = Любые
button-filter-last-days = { $days ->
    [one] За { $days } день
    [few] За { $days } дня
   *[other] За { $days } дней
}
button-broadcasts = 📣 Рассылки
button-broadcast-write = ✍️ Написать всем
button-broadcast-open = ⏳ { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") }
button-broadcast-send = { $count ->
    [one] 📣 Отправить: { $count } человек
    [few] 📣 Отправить: { $count } человека
   *[other] 📣 Отправить: { $count } человек
}
button-broadcast-add-en = 🌐 Добавить текст на английском
button-broadcast-add-ru = 🌐 Добавить текст на русском
button-broadcast-drop = Не отправлять
button-broadcast-stop = ⏹ Остановить
button-broadcast-look = 🔄 Обновить
broadcasts-title = 📣 <b>Рассылки</b>
broadcasts-none = Напишите одно сообщение, и его получат все, кто не отключил новости.
broadcast-line-sending = { DATETIME($at, day: "numeric", month: "short") } · идёт · отправлено { $sent } · осталось { $left }
broadcast-line-sent = { DATETIME($at, day: "numeric", month: "short") } · отправлено { $sent }{ $left ->
    [0] {""}
   *[other] {" "}· осталось { $left }
}
broadcast-line-stopped = { DATETIME($at, day: "numeric", month: "short") } · остановлена · отправлено { $sent } · осталось { $left }
broadcast-line-gone = { DATETIME($at, day: "numeric", month: "short") } · сообщение удалено · отправлено { $sent } · осталось { $left }
broadcast-say = 📣 <b>Что отправить всем?</b>
    Пришлите одно сообщение: текст или фото, видео, файл с подписью. Сначала покажу его вам.
broadcast-say-en = 📣 <b>А на английском?</b>
    Пришлите ту же новость на английском. Её получат те, кто пользуется мной на английском, остальные — ваше первое сообщение.
broadcast-say-ru = 📣 <b>А на русском?</b>
    Пришлите ту же новость на русском. Её получат те, кто пользуется мной на русском, остальные — ваше первое сообщение.
broadcast-own-en = Кто пользуется мной на английском, получит английский текст.
broadcast-own-ru = Кто пользуется мной на русском, получит русский текст.
broadcast-album = Альбом всем отправить не могу. Пришлите одно фото или видео.
broadcast-cannot = Telegram не даёт скопировать это сообщение. Пришлите текст, фото, видео или файл.
broadcast-ask = ☝️ Так это увидят люди. Получат <b>{ $people ->
    [one] { $people } человек
    [few] { $people } человека
   *[other] { $people } человек
}</b>.
    Не получат: заблокировали бота { $unreachable } · отключили новости { $muted }.
broadcast-nobody = ☝️ Отправлять некому: заблокировали бота { $unreachable } · отключили новости { $muted }.
broadcast-sending = 📣 <b>Рассылка идёт</b> с { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") }
broadcast-sent = ✅ <b>Рассылка завершена</b>
broadcast-stopped = ⏹ <b>Остановлена</b>
broadcast-gone = 🗑 <b>Остановлена: сообщение удалено</b>
    Я копирую его из предпросмотра в этом чате. Не удаляйте его, пока рассылка не закончится.
broadcast-numbers = Отправлено: { $sent } · недоступны: { $blocked } · не вышло: { $failed } · осталось: { $left }
broadcast-muted = Отключили новости по ходу: { $muted }
button-mute-news = 🔕 Без новостей
news-muted = Готово: новостей больше не будет, а изображения придут как обычно. Вернуть новости можно в /settings.
act-broadcast = { $people ->
    [one] рассылка: { $people } человек
    [few] рассылка: { $people } человека
   *[other] рассылка: { $people } человек
}
act-broadcast-stop = рассылка остановлена, осталось { $left }

## Настройки
settings-title = <b>Настройки</b>
    Изменения сохраняются сразу.
settings-language = 🌐 Язык: русский
settings-preset = 🎚 Пресет: { $preset }
settings-ratio = ▭ Формат: { $ratio }
settings-count = 🔢 Изображений за раз: { $count }
settings-prompt-help-off = ✨ Помощь с описанием: нет
settings-prompt-help-translate = ✨ Помощь с описанием: перевод
settings-prompt-help-enrich = ✨ Помощь с описанием: детали
settings-loud = 🔔 Результаты со звуком
settings-quiet = 🔕 Результаты без звука
settings-news = 📣 Новости: да
settings-no-news = 📣 Новости: нет
settings-asks = 💬 Спрашивать перед созданием: да
settings-asks-not = 💬 Спрашивать перед созданием: нет

## Ключи для программ
command-api = ключи для ваших программ
keys-title = <b>Ключи для ваших программ</b>
    С ключом ваша программа может заказывать и забирать изображения. Она тратит ваши кредиты, поэтому никому его не показывайте.
keys-address = Как это работает: { $address }
keys-none = Ключей пока нет.
key-row = <b>{ $name }</b> · <code>aisha_{ $shown }_…</code>
key-scope-generate = заказывает
key-scope-read = читает
key-scope-avatars = меняет аватары
key-scope-admin = видит то же, что операторы
key-created = создан { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
key-unused = не использовался
key-used = использован { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
key-until = до { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
key-over = истёк { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
key-endless = без срока
key-new = <b>Новый ключ</b>
    Что ему можно и как долго?
key-say-name = Для чего этот ключ? Пришлите короткое название, например <code>мой скрипт</code>.
key-made = 🔑 Ваш ключ <b>{ $name }</b>. Нажмите, чтобы увидеть:
    <tg-spoiler>{ $key }</tg-spoiler>
    Скопируйте его сейчас: я его не храню и больше не покажу. Кто его знает, может тратить ваши кредиты. Потом удалите это сообщение.
    Его увидел кто-то ещё? Отзовите его: /api
key-was-here = 🔑 Здесь один раз был показан ключ.
key-revoke-ask = Отозвать <b>{ $name }</b>? Программы с этим ключом сразу перестанут работать. Вернуть его нельзя.
key-revoked = Ключ <b>{ $name }</b> отозван.
button-my-keys = 🔑 Мои ключи
button-new-key = ➕ Новый ключ
button-revoke-key = 🗑 Отозвать { $name }
button-revoke-key-yes = 🗑 Да, отозвать
button-revoke-key-no = ↩ Оставить
button-key-generate = Заказывать изображения
button-key-read = Видеть галерею и кредиты
button-key-avatars = Менять аватары
button-key-days = { $days ->
    [one] { $days } день
    [few] { $days } дня
   *[other] { $days } дней
}
button-key-endless = Без срока
button-name-key = ✏ Дальше: название
button-copy-key = 📋 Скопировать ключ
button-delete-message = 🗑 Удалить сообщение

## Баланс
balance = { $balance ->
    [one] У вас <b>{ $balance }</b> кредит.
    [few] У вас <b>{ $balance }</b> кредита.
   *[other] У вас <b>{ $balance }</b> кредитов.
}{ $held ->
    [0] {""}
   *[other] {" "}Ещё { $held } отложено за то, что создаётся.
}
balance-history = <b>История</b>
ledger-line = <code>{ $amount }</code> { $text }, { DATETIME($at, day: "numeric", month: "short") }
ledger-line-back = ↩ { $text }, { DATETIME($at, day: "numeric", month: "short") }
ledger-welcome = подарок за знакомство
ledger-sandbox = пробные кредиты
ledger-grant = начислено: { $reason }
ledger-refund = возвращено: { $reason }
ledger-promo = промокод
ledger-referral = за друга по вашей ссылке
ledger-taken-back = списано: { $reason }
ledger-referral-lost = платёж друга вернули
ledger-purchase = куплено за звёзды
ledger-purchase-promo = куплено за звёзды, +{ $percent }% по промокоду
ledger-payback = возвращено звёздами
ledger-chargeback = отозвано магазином приложений
ledger-expiry = месяц закончился
ledger-held = отложено · { $what }
ledger-paid = { $what }{ $credits ->
    [0] {""}
   *[other] {" "}· возвращено { $credits }
}
ledger-returned = Возвращено { $credits } · { $why } · { $what }
ledger-why-cancelled = отменено
ledger-why-failed = не получилось
ledger-why-blocked = задержал фильтр безопасности
ledger-why-lost = не дошло
ledger-pictures = { $count ->
    [1] «{ $prompt }»
    [few] «{ $prompt }» · { $count } изображения
   *[other] «{ $prompt }» · { $count } изображений
}
ledger-enlarged = увеличено «{ $prompt }»
ledger-training = обучение «{ $name }»
ledger-what-generation = изображение
ledger-what-training = обучение
ledger-what-other = другое
price-list = <b>Цены</b> в кредитах
    Одно изображение: { $image }
    Увеличить одно: от { $upscale }
    Обучить аватар: { $training }
field-name = Имя
field-option = Параметр
field-page = Страница

## Новый аватар
command-new = обучить новый аватар
command-privacy = что о вас хранится и как это удалить
only-private = Это только для вас: покажу в личном чате.
button-open-privately = 🔒 Открыть личный чат
button-new-avatar = ➕ Новый аватар
button-new-portrait = 👤 Человек
button-new-artistic = 🎨 Стиль
new-title = <b>Новый аватар</b>
    Пришлите 10–20 фото. Кого или какой стиль мне запомнить?
new-finetunes = Новому стилю подходят все пресеты, кроме «Ультра».
new-price = Обучение: { $credits }. Если не получится, они вернутся.
new-retrains = Если аватар не похож, { $count ->
    [1] следующее обучение бесплатно
    [one] ещё { $count } обучение бесплатно
    [few] ещё { $count } обучения бесплатны
   *[other] ещё { $count } обучений бесплатны
}.
count-credits = { $count ->
    [one] { $count } кредит
    [few] { $count } кредита
   *[other] { $count } кредитов
}
credits-from-to = { $from }–{ $to ->
    [one] { $to } кредит
    [few] { $to } кредита
   *[other] { $to } кредитов
}
draft-title = 📸 <b>{ $name }</b> · { $type }
draft-again = Пока новое обучение не закончено, аватар работает как прежде.
avatar-default-name = Аватар
draft-count = { $bar } { $kept } из { $fewest } фото, можно до { $most }
draft-count-enough = { $bar } { $kept } фото, можно до { $most }
photo-guide-portrait = <b>Какие фото подойдут</b>
    { $fewest }–{ $most } фото одного человека: лицо хорошо видно, разные ракурсы, места и свет.
photo-guide-artistic = <b>Какие изображения подойдут</b>
    { $fewest }–{ $most } изображений в одном стиле, с разными сюжетами, крупных и чётких.
draft-warned = ⚠ { $count } фото: { $reason }
draft-looking = 👁 Смотрю ваши фото…
draft-say-photos = Пришлите не меньше { $fewest } фото: по одному, альбомами, файлами или в ZIP.
draft-say-name = ✏ Как его назвать? Напишите или оставьте «{ $name }».
draft-photos-go-here = Фото, которые вы пришлёте, попадут сюда.
draft-expiring = ⏳ Вы не закончили аватар «{ $name }». { DATETIME($at, day: "numeric", month: "long") } я удалю его{ $count ->
    [0] {""}
   *[other] {" "}вместе с { $count } фото
}, если не продолжите.
draft-closed = 📁 «{ $name }» отложен вместе с фото. Новые фото к нему больше не попадают.
draft-deleted = 🗑 «{ $name }» удалён.
drafts-title = Для какого аватара эти фото?
photos-for-nothing = Не знаю, для какого аватара эти фото. Начните аватар и пришлите их ещё раз.
consent-portrait = ☝ Прежде чем начать: на этих фото вы?
consent-artistic = ☝ Прежде чем начать: можно ли использовать эти изображения, и всем ли на них есть 18?
consent-recorded = Спасибо, записано
button-consent-self = ✅ Это я, и мне есть 18
button-consent-permitted = ✅ У меня есть разрешение, всем есть 18
button-consent-style = ✅ Стиль: без лиц или только взрослые
button-train = 🎓 Обучить · ~{ $time }
button-train-speeds = ⏱ Быстрее или тщательнее…
button-photos-warned = ⚠ Проверить ({ $count })
button-photos-all = 🖼 Все фото
button-drafts = ⇄ Другой аватар
button-draft = 📸 { $name }
button-draft-go-on = ▶ Продолжить
button-draft-open = 📸 Фото
button-draft-close = 📁 Отложить
button-draft-delete = 🗑 Удалить
photo-advice-add_more = ➕ { $count ->
    [one] Нужно ещё { $count } фото.
   *[other] Нужно ещё { $count } фото.
}
photo-advice-decide_warned = ☝ { $count ->
    [one] { $count } фото ждёт вашего решения.
   *[other] { $count } фото ждут вашего решения.
}
photo-advice-vary_angles = 💡 Совет: добавьте ещё { $count } фото сбоку или издалека.
photo-advice-vary_scenes = 💡 { $count } фото очень похожи на другие. Совет: меняйте место, свет и одежду.
photo-advice-turn_head = 💡 На всех фото лицо смотрит прямо. Добавьте { $count } фото с поворотом головы.
photo-advice-no_faces = 💡 Лиц здесь не видно. Для питомца это нормально, а для человека пришлите фото с лицом.
photo-several_people = несколько человек
photo-somebody_else = похоже, это другой человек
photo-no_face = лица не видно
photo-small_face = лицо мелкое
photo-blurred = нерезко
photo-too_dark = слишком темно
photo-too_bright = слишком светло
photo-flat = мало контраста
photo-near_duplicate = почти то же, что и на другом
photo-not_an_image = такой файл мне не открыть (подойдут JPEG, HEIC, PNG, WebP и AVIF)
photo-heic_not_readable = HEIC я здесь не открываю: пришлите как фото, а не файлом, или сохраните в JPEG
photo-damaged = файл повреждён
photo-file_too_large = больше { $limit } МБ, для фото это слишком много
photo-beyond_telegram = больше { $limit } МБ, а столько Telegram мне не отдаёт
photo-too_many_pixels = слишком много пикселей
photo-too_costly = слишком долго открывается; сохраните ещё раз как обычный JPEG
photo-too_small = слишком маленькое: короткой стороне нужно хотя бы 512 пикселей
photo-too_long = слишком вытянутое: длинная сторона может быть не больше трёх коротких
photo-duplicate = то же фото ещё раз
photo-set_full = у вас уже 20 фото
photo-uploads_spent = больше сегодня принять не могу; пришлите снова через { $wait }
photo-gone = Telegram его больше не отдаёт; пришлите, пожалуйста, ещё раз
photo-no_draft = этого аватара больше нет
photo-while_training = аватар сейчас обучается
photo-archive_damaged = архив повреждён
photo-archive_encrypted = архив с паролем
photo-archive_unsafe_names = в архиве недопустимые имена файлов
photo-archive_too_many_files = в архиве слишком много файлов
photo-archive_too_large = распакованный архив слишком велик
photos-refused = ✕ Не взяла { $count } фото:
photos-doubtful = ⚠ Посмотрите ещё раз на { $count } фото:
photo-like = почти то же, что фото { $number }
photo-like-earlier = почти то же, что вы уже присылали
photo-same = то же, что фото { $number }
photo-same-earlier = такое фото уже есть
photos-refused-more = и ещё { $count }
photo-refused-name = { $name }: { $reason }
photo-card = <b>{ $number }</b> из { $total } · { $width } × { $height }
photo-card-kept = ✓ Пойдёт в обучение
photo-card-warned = ⚠ { $reason }
photo-card-pair = Слева это фото, справа — похожее на него.
photo-was-kept = Оставлено
photo-was-removed = Убрано
button-photo-keep = ✓ Оставить
button-photo-before = ‹ Предыдущее
button-photo-next = Следующее ›
button-photo-remove = 🗑 Убрать
button-faces = 👥 Выбрать человека
faces-choose = Кого запоминать? Нажмите номер, и я возьму только этого человека.
face-chosen = Готово: остался только этот человек

## Обучение
train-title = 🎓 <b>Обучение «{ $name }»</b>: { $kept } фото. Насколько тщательно?
train-recommended = ⭐ Советую «Обычно». «Быстро» — чтобы попробовать; «Тщательно» — дольше, зато больше деталей.
train-balance = У вас { $balance ->
    [one] { $balance } кредит
    [few] { $balance } кредита
   *[other] { $balance } кредитов
}.
train-promise = Если не получится, кредиты вернутся. В цену входит пробный лист: изображения на выбор.
train-promise-free = Сюда входит и пробный лист: изображения на выбор.
button-train-fast = Быстро · ~{ $time }
button-train-balanced = Обычно · ~{ $time }
button-train-quality = Тщательно · ~{ $time }
duration-minutes = { $minutes } мин
duration-seconds = { $seconds } с
training-accepted = Обучение начинается
training-begun = 🎓 <b>{ $name }</b>
    Загружаю ваши фото…
training-not-taken = 🎓 <b>{ $name }</b>
    Сервис обучения занят. Буду пробовать ещё до получаса. Если не получится, кредиты вернутся.
training-no-room = 🎓 <b>{ $name }</b>
    Сейчас нет места для файлов. Обучение начнётся само, как только оно появится.
training-queued = 🎓 <b>{ $name }</b>
    { $position ->
        [0] Вот-вот начнётся…
       *[other] Ваше место в очереди: { $position }.
    }
training-running = 🎓 <b>{ $name }</b>
    { $bar } осталось около { $time }
training-steps = Шаг { $step } из { $steps }
training-ready = 🎉 Аватар «{ $name }» готов. Нажмите ниже, чтобы получить первое изображение. Следом придёт пробный лист: выберете, где сходство лучше.
training-ready-again = 🎉 «{ $name }» обучен заново и уже работает. Если раньше было лучше, вернитесь одним нажатием: ничего не пропадёт. Следом придёт пробный лист: выберете, где сходство лучше.
training-ready-main = Теперь на ваших изображениях будет «{ $name }».
training-ready-other-main = На ваших изображениях пока по-прежнему «{ $name }».
button-use-from-now-on = ⭐ Теперь брать { $name }
avatar-from-now-on = Теперь на ваших изображениях «{ $name }»
training-ready-kept = Раньше вы написали: <i>{ $prompt }</i>
button-make-kept = 🎨 По моему описанию
training-failed = ❌ Обучение «{ $name }» не удалось. { $reason }{ $credits ->
    [0] {""}
    [one] {" "}Вам вернулся { $credits } кредит.
    [few] {" "}Вам вернулись { $credits } кредита.
   *[other] {" "}Вам вернулось { $credits } кредитов.
} Фото на месте.
training-cancelled = ✕ Обучение «{ $name }» отменено.{ $credits ->
    [0] {""}
    [one] {" "}Вам вернулся { $credits } кредит.
    [few] {" "}Вам вернулись { $credits } кредита.
   *[other] {" "}Вам вернулось { $credits } кредитов.
}
proof-sheet = 🔍 Где сходство с «<b>{ $name }</b>» лучше? Нажмите номер, чтобы увидеть крупно.
proof-original = Слева — одно из ваших фото.
proof-likeness = { $likeness }: { $numbers }
likeness-very = Очень похоже
likeness-alike = Похоже
likeness-less = Меньше похоже
proof-unlike = 😕 <b>Сходства с «{ $name }» пока мало везде.</b>
proof-cell = <b>{ $number }</b> · сила { $strength }
button-use-strength = Взять эту силу
proof-chosen = { $name }: теперь сила { $strength }
button-keep-proof = 🖼 Сохранить изображение { $number }
proof-kept = Теперь оно в вашей галерее
button-unlike = 😕 Нигде не похоже
unlike-advice = <b>Если сходства с «{ $name }» мало</b>
    • Сначала попробуйте другую силу: это бесплатно.
    • Нужны фото с разных сторон, при разном свете и в разных местах: один человек в кадре, без тёмных очков.
    • Уберите нерезкие и старые фото, а ещё фото с фильтрами.
    • «Тщательно» — дольше, зато больше деталей.
unlike-free = Следующее обучение бесплатно.
unlike-price = Обучить ещё раз: { $credits }.

## Что можно делать с аватаром
button-avatar-card = 👤 Карточка
button-strength = 🎚 Сила
button-train-retry = 🔁 Ещё раз
button-retrain = 🔁 Обучить ещё раз
button-go-back = ↩ Другая версия
went-back-short = { $name }: теперь другая версия
went-back = ↩ «{ $name }»: теперь работает другая версия. { $days ->
    [0] Прежняя скоро удалится.
    [one] { $days } день эта же кнопка переключает обратно.
    [few] { $days } дня эта же кнопка переключает обратно.
   *[other] { $days } дней эта же кнопка переключает обратно.
}
avatar-card-earlier = ↩ Пока ещё можно вернуть версию до последнего обучения
button-to-lora = 🔁 Обучить новую версию
button-cancel-training = ✕ Отменить обучение
button-export-lora = ⬇ Файл LoRA
button-delete-avatar = 🗑 Да, удалить
button-delete-avatar-only = 🗑 Аватар без его изображений
button-delete-avatar-and-images = 🗑 Аватар с изображениями
button-no-trigger = Без кодового слова
strength-of-preset = как в пресете
button-strength-of-preset = Как в пресете
strength-set = Сила: { $strength }
retrain-opened = Пришлите новые фото
avatar-delete-ask = 🗑 Удалить «<b>{ $name }</b>» навсегда?
avatar-delete-with = Вместе с ним удалятся: { $what }.
avatar-delete-images = Изображений с ним: { $count }.
avatar-weights-and-sheets = обученная модель и пробные листы
avatar-deleted-short = Удалён
avatar-deleted = 🗑 «<b>{ $name }</b>» удалён.
avatar-deleted-what = Удалено здесь: { $what }.
at-fal-pictures = Изображения у fal исчезнут к { DATETIME($at, day: "numeric", month: "long", year: "numeric") }.
at-fal-rest = Модели, фото и описания исчезнут там к { DATETIME($at, day: "numeric", month: "long", year: "numeric") }: fal удаляет их сам, а не по просьбе.
at-fal-finetunes = { $count ->
    [1] Одна модель остаётся у fal навсегда: бот удалить её не может.
    [one] { $count } модель остаётся у fal навсегда: бот удалить её не может.
    [few] { $count } модели остаются у fal навсегда: бот удалить их не может.
   *[other] { $count } моделей остаются у fal навсегда: бот удалить их не может.
} Это может только владелец бота, в своём аккаунте.
at-fal-not-ours = Модели остаются там, откуда их взяли ({ $hosts }): удалить их там я не могу.
at-fal-nothing = У fal ничего из этого нет.
count-avatars = { $count ->
    [one] { $count } аватар
    [few] { $count } аватара
   *[other] { $count } аватаров
}
count-photos = { $count } фото
count-images = { $count ->
    [one] { $count } изображение
    [few] { $count } изображения
   *[other] { $count } изображений
}
count-weights = { $count ->
    [one] { $count } обученная модель
    [few] { $count } обученные модели
   *[other] { $count } обученных моделей
}
lora-file = LoRA для «<b>{ $name }</b>»
lora-received = Файл LoRA. Это человек или стиль?
lora-say-trigger = С каким кодовым словом (trigger word) её обучали? Напишите его в точности.
lora-choose-trigger = С каким кодовым словом (trigger word) её обучали? Выберите найденное в файле или напишите другое, в точности.
lora-unclear = ⚠ Не могу понять, для FLUX.1 ли эта LoRA. Если изображения с ней выглядят странно, значит, нет.
lora-importing = ⏳ Проверяю и сохраняю файл…
lora-imported = ✅ «{ $name }» готов к работе.
lora-file-too-large = Telegram отдаёт ботам файлы до { $limit } МБ, а этот больше. Владелец бота может добавить его по адресу.
lora-file-gone = Telegram больше не отдаёт этот файл. Пришлите его, пожалуйста, ещё раз.
lora-too-large = Файл больше { $limit } МБ, столько Telegram от ботов не принимает. Какое-то время его можно скачать здесь; никому не давайте этот адрес:
    <code>{ $url }</code>

## Личные данные
privacy-title = 🔒 <b>Что о вас хранится</b>
privacy-here = Здесь: имя и настройки, { $avatars }, { $photos } для обучения, { $images } с описаниями.
privacy-faces = Лица: я сравниваю их только на этом сервере, чтобы помочь выбрать фото и лучшее сходство. О лице храню только угол поворота и никуда ничего не отправляю.
privacy-how-long = Фото удаляются { $days ->
    [0] сразу
    [one] через { $days } день
    [few] через { $days } дня
   *[other] через { $days } дней
} после обучения, а прежняя версия аватара { $weights ->
    [0] сразу
    [one] через { $weights } день
    [few] через { $weights } дня
   *[other] через { $weights } дней
} после него. Необученный аватар удаляется вместе с фото через { $drafts ->
    [one] { $drafts } день
    [few] { $drafts } дня
   *[other] { $drafts } дней
} после того, как вы работали над ним в последний раз. Обученные аватары и изображения остаются, пока вы их не удалите.
privacy-at-fal = У fal — сервиса, который обучает аватары и создаёт изображения: фото до { $hours ->
    [one] { $hours } часа
   *[other] { $hours } часов
}, обученные модели до { $weights ->
    [one] { $weights } дня
   *[other] { $weights } дней
}, изображения до { $images ->
    [one] { $images } дня
   *[other] { $images } дней
}, описания до { $words ->
    [one] { $words } дня
   *[other] { $words } дней
}. Некоторые прежние стили остаются там, пока их не удалит владелец бота.
privacy-money = <b>Кредиты остаются</b>{ $balance ->
    [0] {""}
   *[other] {" "}(сейчас { $balance })
}, даже если удалить всё остальное: это записи под вашим ID в Telegram, без имени и ваших слов. По ним видно каждое списание, а кредиты дождутся вас, если вернётесь.
button-export-data = ⬇ Получить мои данные
button-delete-me = 🗑 Удалить меня
button-delete-me-yes = 🗑 Да, удалить всё
button-delete-me-no = ✕ Нет, оставить
export-coming = Собираю ваши данные
export-caption = Всё, что о вас хранится
export-caption-part = Часть ваших данных. Соедините части по порядку, и получится ZIP.
export-failed = Не удалось отправить ваши данные целиком. Попробуйте ещё раз чуть позже.
delete-me-ask = <b>Удалить все ваши данные?</b>
    Аватары, фото, изображения, описания и настройки исчезнут навсегда. Всё, что сейчас создаётся, будет отменено.
delete-me-time = Кнопка «Да» действует десять минут.
delete-me-kept = Ничего не удалено.
delete-me-receipt = ✅ <b>Удалено</b> { DATETIME($at, day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit") }
    { $avatars }, { $photos }, { $images }; стёрто файлов: { $files }; отменено: { $jobs }.
    { $fal }
    Квитанция: <code>{ $id }</code>
    Напишете снова — начнём с чистого листа, а оставшиеся кредиты будут на месте.

## Покупка кредитов

command-buy = купить кредиты
command-promo = ввести промокод
command-invite = пригласить друга
command-terms = условия покупки
command-paysupport = помощь с оплатой
button-buy = ⭐ Купить кредиты
button-offer = { $name } · { $stars } ⭐
button-offer-month = { $name } · { $stars } ⭐ в месяц
button-give-back = ↩ Вернуть · { $stars } ⭐
offers-title = У вас <b>{ $balance }</b> { $balance ->
    [one] кредит
    [few] кредита
   *[many] кредитов
  }. Какой пакет выбрать? Оплата — звёздами Telegram.
offers-owed = Один ваш платёж отозвали, поэтому не хватает <b>{ $balance }</b> { $balance ->
    [one] кредита
   *[many] кредитов
  }. Покупка сначала закроет этот долг.
offers-promo = 🎁 Ваш промокод: +{ $percent }% к следующему пакету, кроме месячных.
offers-picture = Одно изображение стоит { $price }.
offers-month = Пакет на месяц продлевается сам. Отменить можно в любой момент здесь или в Telegram: Настройки → Звёзды.
offers-refund = Ничего не потратили? Вернуть покупку можно одним касанием в течение { $days ->
    [one] { $days } дня
   *[many] { $days } дней
  }.
offers-terms = Условия: /terms · Проблема с оплатой: /paysupport
promo-redeemed = 🎁 { $credits } по промокоду.
promo-percent = +{ $percent }% к следующему пакету
promo-reserved = 🎁 Промокод сохранён: +{ $percent }% кредитов к следующему пакету, который купите (кроме месячных). Он сработает один раз; если вернёте этот пакет, добавка уйдёт вместе с ним.
promo-again = Этот промокод вы уже активировали.
promo-ask = 🎁 Есть промокод? Пришлите его так: <code>/promo K7M2Q9XD4T</code>
refusal-promo-refused = Промокод не сработал: в нём опечатка, его уже использовали или он больше не действует. Проверьте его.
refusal-promo-waits = У вас уже есть промокод к следующему пакету. Сначала используйте его, а потом пришлите этот ещё раз.
invite = 🤝 Пригласите друга: когда он оплатит пакет и получит первое изображение или аватар, вам придёт { $credits }.
invite-free = 🤝 Пригласите друга по своей ссылке.
invite-link = Ваша ссылка: { $link }
invite-came = Пришли по ней: { $came } · начислено за: { $rewarded }
offers-none = Здесь кредиты не продаются. Их выдаёт владелец бота.
invoice-pack = { $credits } на изображения и аватары.
invoice-month = { $credits } каждый месяц. Отменить можно в любой момент.
invoice-month-expires = { $credits } каждый месяц. Что не потратите, сгорит в конце месяца. Отменить можно в любой момент.
receipt = 🧾 Спасибо! { $credits } за { $stars } ⭐.
receipt-promo = 🧾 Спасибо! С промокодом +{ $percent }%: { $credits } за { $stars } ⭐.
receipt-month = 🧾 Спасибо! { $credits } за { $stars } ⭐, до { DATETIME($until, day: "numeric", month: "long") }.
webhook-switched-off =
    🔌 Я больше не отправляю события на ваш вебхук:
    <code>{ $url }</code>
    Он не принимает их с { DATETIME($since, day: "numeric", month: "long") }. С картинками всё в порядке: в API они видны, как и раньше. Чтобы включить его снова, удалите вебхук и добавьте заново.
webhook-gone =
    🔌 Я больше не отправляю события на ваш вебхук:
    <code>{ $url }</code>
    Он ответил, что его больше нет (410). Чтобы включить его снова, удалите вебхук и добавьте заново.
receipt-balance = Теперь у вас <b>{ $balance }</b>.
receipt-owed = Пока не хватает { $owed }.
receipt-unknown = Платёж пришёл, но такого предложения я не знаю и кредиты начислить не смогла. Поможет /paysupport.
receipt-unknown-contact = Платёж пришёл, но такого предложения я не знаю и кредиты начислить не смогла. Напишите нам: /paysupport
refund-done = ↩ Готово: { $stars } ⭐ возвращаются к вам, а { $credits } списаны с баланса.
refund-done-spent = ↩ Готово: { $stars } ⭐ возвращаются к вам.
refund-taken-away = ↩ Оплата { $stars } ⭐ от { DATETIME($at, day: "numeric", month: "long") } отозвана, и { $credits } списаны. Вопросы — в /paysupport.
reward-told = 🎁 Друг по вашей ссылке сделал первый заказ: вам { $credits }.
refund-under-way = ↩ Попросила Telegram вернуть { $stars } ⭐, ответа пока нет. Спрошу ещё. До тех пор { $credits } отложены.
refund-month-canceled = Подписку я тоже отменила: больше ничего не спишется.
refund-month-ending = Подписку я тоже отменяю. Если спишется ещё раз, поможет /paysupport.
refund-month-goes-on = Отменить подписку Telegram мне не дал. Сделайте это сами: Настройки → Мои звёзды.
refund-refused = Telegram не вернул { $stars } ⭐, поэтому { $credits } остаются у вас. Поможет /paysupport.
month-active = 🔁 { $name } каждый месяц. Следующее списание: { DATETIME($until, day: "numeric", month: "long") }.
month-not-renewed-yet = 🔁 { $name } каждый месяц. Списание ожидалось { DATETIME($until, day: "numeric", month: "long") }, жду вестей от Telegram.
month-canceled = 🔁 { $name } каждый месяц: подписка отменена. Она действует до { DATETIME($until, day: "numeric", month: "long") }, больше ничего не спишется.
month-expires = ⏳ Только до { DATETIME($at, day: "numeric", month: "long") }: { $credits }. Их потрачу первыми.
month-failed = 🔁 { $name } каждый месяц: Telegram не смог списать { $stars } ⭐, и подписка закончилась. Кредиты не начислены. Купить их можно в любой момент.
button-cancel-month = ✕ Отменить: { $name } в месяц
cancel-month-ask = <b>Отменить подписку: { $name } в месяц?</b>
  Больше ничего не спишется. Подписка действует до { DATETIME($until, day: "numeric", month: "long") }, кредиты останутся у вас.
cancel-month-ask-expires = <b>Отменить подписку: { $name } в месяц?</b>
  Больше ничего не спишется. Подписка действует до { DATETIME($until, day: "numeric", month: "long") }; что не потратите, тогда сгорит, как и прежде.
button-cancel-month-yes = ✕ Да, отменить
button-cancel-month-no = ✓ Нет, оставить
cancel-month-done = ✅ Подписка отменена: { $name } в месяц. Больше ничего не спишется, действует она до { DATETIME($until, day: "numeric", month: "long") }.
cancel-month-over = Подписка уже закончилась: { $name } в месяц. Больше ничего не спишется.
cancel-month-refused = Telegram не дал мне отменить подписку: { $name } в месяц. Это можно сделать самим: Настройки Telegram → Звёзды.
delete-me-month = <b>Подписка тоже отменится</b>, больше ничего не спишется.
delete-me-month-canceled = 🔁 Подписка отменена. Больше ничего не спишется.
delete-me-month-left = ⚠ Telegram не дал мне отменить подписку. Отмените её сами: Настройки Telegram → Звёзды. Иначе звёзды спишутся снова.
terms-what = <b>Условия</b>
  Кредитами оплачиваются изображения и обучение в этом боте, и больше ничего. Купить их можно за звёзды Telegram. Они не сгорают, передать их другому нельзя.
terms-expire = У месячных пакетов с такой пометкой иначе: остаток сгорает в конце месяца.
terms-refund = Пакет, из которого ничего не потрачено, можно вернуть в течение { $days ->
    [one] { $days } дня
   *[many] { $days } дней
  }.
terms-no-refund = Вернуть пакет касанием нельзя. Если что-то пошло не так, напишите нам.
terms-failed = Если изображение или обучение не получится, кредиты вернутся сами.
paysupport = <b>Помощь с оплатой</b>
  Напишите, что и когда произошло, и пришлите номер платежа. Поддержка самого Telegram с этим ботом помочь не сможет.
paysupport-you = Ваш номер: <code>{ $id }</code>
paysupport-payments = <b>Последние платежи</b>
payment-paid = { DATETIME($at, day: "numeric", month: "short") } · { $stars } ⭐ · <code>{ $charge }</code>
payment-refunding = { DATETIME($at, day: "numeric", month: "short") } · { $stars } ⭐ · возвращаем · <code>{ $charge }</code>
payment-refunded = { DATETIME($at, day: "numeric", month: "short") } · { $stars } ⭐ · возвращён · <code>{ $charge }</code>
payment-charged_back = { DATETIME($at, day: "numeric", month: "short") } · { $stars } ⭐ · отозван · <code>{ $charge }</code>
support-contact = Пишите сюда: { $contact }.
support-nobody = Владелец бота пока не оставил контактов.

## Для операторов
command-admin = управление ботом
admin-well = 🛠 <b>Для операторов</b>
  Всё спокойно, вас ничего не ждёт.
admin-waiting = 🛠 <b>Для операторов</b>
  Число на кнопке показывает, сколько там вас ждёт.
button-admin = 🛠 К началу
button-admin-numbers = 📊 Цифры
button-numbers = { $days ->
    [1] Сегодня
   *[other] { $days } дней
}
button-numbers-file = 📄 Файл CSV
numbers-title = 📊 <b>{ $days ->
    [1] Сегодня
   *[other] За { $days } дней
}</b> (UTC)
numbers-plot-hours = 🟦 изображения · 🟧 звёзды, по часам
numbers-plot-days = 🟦 изображения · 🟧 звёзды, по дням
numbers-people = 👥 <b>Люди</b>: { $joined } новых · { $active } активных · { $paying } с оплатой
numbers-pictures = 🖼 <b>Изображения</b>: готово { $done } · в работе { $open } · не вышло { $failed } · скрыто { $blocked } · отменено { $cancelled }{ $well }
numbers-trainings = 🎓 <b>Обучение</b>: готово { $done } · в работе { $open } · не вышло { $failed } · отменено { $cancelled }{ $well }
numbers-success = {""}
  Удачных { $percent }%
numbers-well = {""}
  Удачных { $percent }%, половина за { $half } с, девять из десяти за { $most } с
numbers-stars = ⭐ <b>Звёзды</b>: пришло { $stars } · из них вернули { $refunded } · чистыми { $net }{ $commission ->
    [0] {""}
   *[other] {" "}(партнёрам { $commission })
  }
numbers-credits = 💳 <b>Кредиты</b>: продано { $sold } · подарено { $given }
numbers-cost = 💵 <b>fal</b>: примерно { $cost } · остаётся { $margin }
numbers-unpriced = Без оценки стоимости: { $jobs }.
numbers-earnings = <b>Расход и остаток</b>
numbers-earning = { $what }: { $jobs } · { $cost } · остаётся { $margin }
numbers-spenders = <b>Кто обходится дороже всех</b>
numbers-spender = <code>{ $user }</code>: { $stars } ⭐ · { $cost } · остаётся { $margin }
numbers-more = Остальное в файле CSV.
numbers-upscale = Увеличение
numbers-training = Обучение
numbers-dollars = { $sign }{ NUMBER($amount, minimumFractionDigits: 2, maximumFractionDigits: 2) } $
button-acts = 📋 Действия
acts-title = 📋 <b>Действия операторов</b>
acts-none = Пока ничего. Здесь появятся начисления, возвраты и всё остальное.
button-acts-newest = ⏮ Новые
button-acts-older = Раньше ▶
act-line = { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") } · <code>{ $who }</code> · { $what }
act-line-to = { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") } · <code>{ $who }</code> · { $what } · <code>{ $subject }</code>
act-why = <i>{ $why }</i>
act-grant = начислено: { $credits }
act-promo-create = промокод <code>{ $code }</code>: { $credits }
act-promo-end = промокод <code>{ $code }</code> завершён

## Операторам: у кого есть доступ
button-access = 🔑 Доступ
access-title = 🔑 <b>Доступ</b>
access-open = Ботом может пользоваться любой. Как только вы кого-то впустите или сделаете ссылку, бот станет закрытым.
access-closed = 🔒 <b>Бот закрытый.</b> Кроме операторов, им пользуются:
access-closed-nobody = 🔒 <b>Бот закрытый.</b> Пока им пользуются только операторы.
access-listed = { $count ->
    [one] • по списку: { $count } человек
    [few] • по списку: { $count } человека
   *[other] • по списку: { $count } человек
}
access-in-settings = { $count ->
    [one] • по настройке ALLOWED_USER_IDS: { $count } человек
    [few] • по настройке ALLOWED_USER_IDS: { $count } человека
   *[other] • по настройке ALLOWED_USER_IDS: { $count } человек
}
access-open-ask = 🔓 <b>Открыть бота для всех?</b>
    Список ({ $listed ->
        [one] { $listed } человек
        [few] { $listed } человека
       *[other] { $listed } человек
    }) и все ссылки-приглашения я забуду. Кого вы заблокировали, тот останется заблокирован.
button-access-open = 🔓 Открыть для всех
button-access-open-yes = ✓ Да, открыть
access-new-link = 🔗 <b>Новая ссылка-приглашение</b>
    Сколько человек она впустит? Действует { $days } дней.
access-waiting = 🙋 Ждут ответа: { $count }
access-links = <b>Ссылки-приглашения</b>
access-link = <code>{ $code }</code>: использовано { $used } из { $uses }, до { DATETIME($until, day: "numeric", month: "long") }
access-link-made = 🔗 Ссылка впустит { $uses ->
    [one] { $uses } человека
   *[other] { $uses } человек
}, действует до { DATETIME($until, day: "numeric", month: "long") }:
  { $link }
button-admissions-asked = 🙋 Ждут ответа: { $count }
button-admissions-allowed = 👥 В списке: { $count }
button-admissions-refused = 🚫 Отказано: { $count }
button-admissions-removed = 🚪 Доступ закрыт: { $count }
button-make-link = { $uses } чел.
button-end-link = ✕ Закрыть { $code }
button-copy-link = 📋 Скопировать
button-allow = ✅ Впустить
button-refuse = ✕ Отказать
button-send-away = 🚪 Закрыть доступ
admissions-asked = 🙋 <b>Ждут ответа</b>: { $count }
admissions-allowed = 👥 <b>В списке</b>: { $count }
admissions-refused = 🚫 <b>Отказано</b>: { $count }
admissions-removed = 🚪 <b>Доступ закрыт</b>: { $count }
admission-who = <b>{ $name }</b> · <code>{ $user }</code>
admission-asked = 🙋 Просит доступ, { DATETIME($at, day: "numeric", month: "long") }
admission-allowed = ✅ Доступ открыт { DATETIME($at, day: "numeric", month: "long") }
admission-refused = 🚫 Отказано { DATETIME($at, day: "numeric", month: "long") }
admission-removed = 🚪 Доступ закрыт { DATETIME($at, day: "numeric", month: "long") }
admission-link = 🔗 По ссылке <code>{ $code }</code>
act-access-allowed = доступ открыт
act-access-refused = в доступе отказано
act-access-removed = доступ закрыт
act-access-link = ссылка-приглашение <code>{ $code }</code>, человек: { $uses }
act-access-link-end = ссылка-приглашение <code>{ $code }</code> закрыта
act-access-open = список забыт: бот открыт всем

## Операторам: один человек
button-promos = 🎁 Промокоды
button-new-promo = ➕ Новый код
button-end-promo = ✕ Завершить { $code }
button-confirm-promo = ✓ Создать код
operator-say-promo = Что даст код? Пришлите число кредитов или процент к следующему пакету, а за ним, если нужно, сколько человек, последний день и свой код:
  <code>50</code>
  <code>20%</code>
  <code>50 100 2027-01-31 SPRING-26</code>
promos-title = 🎁 <b>Промокоды</b>
promos-none = Пока ни одного.
promos-line = <code>{ $code }</code> · { $credits } · использован: { $used }
promos-line-limited = <code>{ $code }</code> · { $credits } · использован: { $used } из { $uses }
promos-until = до { DATETIME($until, day: "numeric", month: "short", year: "numeric") }
promos-more = … и ещё { $more }: <code>aisha promo list</code>
promos-over = не действует
ask-promo = <b>Создать код? Каждому, кто его пришлёт: { $each }</b>
ask-promo-unlimited = Им сможет воспользоваться любой, по одному разу.
ask-promo-limited = Человек, не больше: { $uses }. Всего { $all }.
ask-promo-limited-percent = Человек, не больше: { $uses }.
ask-promo-until = Последний день: { $until } (UTC).
ask-promo-code = Код: <code>{ $code }</code>
ask-promo-end = <b>Завершить код { $code }?</b>
    { $used ->
        [0] Им ещё никто не воспользовался.
        [one] Им воспользовался { $used } человек, и полученное останется при нём.
        [few] Им воспользовались { $used } человека, и полученное останется при них.
       *[other] Им воспользовались { $used } человек, и полученное останется при них.
    } Больше никто его не применит, и вернуть код нельзя.
ask-access-link-end = <b>Закрыть ссылку { $code }?</b>
    { $used ->
        [0] По ней ещё никто не пришёл.
        [one] По ней пришёл { $used } человек, он останется.
        [few] По ней пришли { $used } человека, они останутся.
       *[other] По ней пришли { $used } человек, они останутся.
    } Больше она никого не впустит, и вернуть её нельзя.
done-promo-end = ✕ Код <code>{ $code }</code> завершён: больше его никто не применит.
done-access-link-end = ✕ Ссылка <code>{ $code }</code> закрыта: больше она никого не впустит.
promo-made = 🎁 <b>{ $code }</b>
  Раздайте его как <code>/promo { $code }</code> или ссылкой: { $link }
act-take-back = списано: { $credits }
act-refund = возврат { $stars } ⭐, вместе с ним { $credits }
act-block = блокировка
act-unblock = разблокировка
person-blocked = ⛔ <b>Заблокирован</b> { DATETIME($at, day: "numeric", month: "long", year: "numeric") }
button-block = ⛔ Блокировать
button-unblock = ✓ Разблокировать
ask-block = <b>Заблокировать? { $name }</b>
  Пользоваться ботом больше не получится, но забрать или удалить свои данные можно. Подписки отменятся.
button-confirm-block = ⛔ Заблокировать
act-message = сообщение
button-find-person = 👤 Человек
operator-say-find = Кого найти? Пришлите номер или часть имени, перешлите любое сообщение этого человека или выберите его в Telegram.
button-choose-person = 👥 Выбрать в Telegram
person-pick = 👇 Кнопка внизу откроет ваш список людей.
operator-say-limit = Сколько изображений в день можно заказать? Нажмите или пришлите число.
button-usual-limit = 👥 Как у всех
button-picture-limit = 🖼 Лимит в день
operator-say-give = Сколько кредитов начислить и за что? Например: <code>50 извините за ожидание</code>
  Причину увидят в истории.
operator-say-take = Сколько кредитов списать и почему? Например: <code>50 начислено дважды</code>
  Причину увидят в истории.
operator-say-message = Напишите сообщение или пришлите картинку. Перед отправкой переспрошу.
operator-say-confirm = ✋ Вопрос выше ещё открыт. Ответьте на него кнопкой или скажите, что это за слова.
button-use-as-reason = ✍ Это причина
operator-say-why = Какая причина? Она останется в списке действий.
person-unknown = Никого похожего не знаю. Найти можно того, кто хотя бы раз писал боту. Попробуйте номер или другую часть имени.
person-hidden = Telegram не говорит, чьё это сообщение: автор скрыл себя в настройках, или это не человек. Спросите номер — он есть в /paysupport — или пришлите имя.
person-which = С таким именем нашлось несколько человек. Кто нужен?
person-title = 👤 <b>{ $name }</b> · <code>{ $id }</code>
person-since = Здесь с { DATETIME($at, day: "numeric", month: "long", year: "numeric") }
person-credits = 💳 Кредиты: <b>{ $balance }</b> на счету · { $held } отложено
person-month = 🔁 { $name } каждый месяц, оплачено до { DATETIME($until, day: "numeric", month: "long") }
person-today = 📅 Сегодня (UTC): { $spent } · примерно { $cost } у fal
person-orders = 🖼 Готово: { $pictures } · обучений: { $trainings } · в работе: { $open } · не вышло: { $lost }
person-limit = 📆 Изображений сегодня: { $ordered } из { $limit }
person-limit-own = 📆 Изображений сегодня: { $ordered } из { $limit } (свой лимит)
person-limit-later = 📆 Свой лимит: { $limit } изображений в день. Подействует, когда появится общий (DAILY_PICTURES).
person-jobs = 📋 <b>Что было в последнее время</b> · <code>{ $user }</code>
person-job = { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") } · { $job } · { $state } · { $credits }
person-jobs-none = Пока ничего не заказывали.
person-avatars = 👥 { $avatars }
person-payments = <b>Платежи</b>
person-lot = { DATETIME($at, day: "numeric", month: "short", year: "numeric") } · { $stars } ⭐ · осталось { $left } из { $credits }
person-lot-refunding = { DATETIME($at, day: "numeric", month: "short", year: "numeric") } · { $stars } ⭐ · возвращаем
person-lot-refunded = { DATETIME($at, day: "numeric", month: "short", year: "numeric") } · { $stars } ⭐ · возвращён
person-lot-charged_back = { DATETIME($at, day: "numeric", month: "short", year: "numeric") } · { $stars } ⭐ · отозван
button-give = ➕ Начислить
button-take = ➖ Списать
button-refund = ↩ Вернуть { $stars } ⭐ · { DATETIME($at, day: "numeric", month: "short") }
button-message = ✉ Написать
button-say-why = ✍ Указать причину
ask-grant = <b>Начислить { $credits }? { $name }</b>
  Сейчас на счету { $before }, станет { $after }.
ask-take-back = <b>Списать { $credits }? { $name }</b>
  Сейчас на счету { $before }, станет { $after }.
ask-refund = <b>Вернуть { $stars } ⭐? { $name }</b>
  Платёж принёс { $credits }. Остаток ({ $left }) спишется, потраченное не вернуть.
ask-message = <b>Отправить это сообщение? { $name }</b>
button-confirm-grant = ✓ Начислить { $credits }
button-confirm-take-back = ✓ Списать { $credits }
button-confirm-refund = ✓ Вернуть { $stars } ⭐
button-confirm-message = ✉ Отправить
act-came-done = ✅ Готово.
act-came-under-way = ⏳ Telegram пока не ответил. Спрошу ещё.
act-came-refused = ⚠ Telegram не возвращает этот платёж. Кредиты остались на месте.
act-came-unreachable = ⚠ Не дошло: бот заблокирован, или аккаунта больше нет.
told-by-operator = ✉ <b>Сообщение от владельца бота</b>
  Ответы здесь они не читают.
told-by-operator-contact = ✉ <b>Сообщение от владельца бота</b>
  Ответы здесь они не читают. Пишите сюда: { $contact }.
take-too-much = Списать можно не больше { $balance }: остальное уже потрачено или отложено.
## Жалобы и то, что ждёт оператора
button-report = ⚠ Жалоба
report-question = Что не так с этим рецептом? Никто не узнает, от кого жалоба.
report-minors = Дети
report-nudity = Нагота
report-violence = Жестокость
report-hate = Оскорбление
report-drugs = Наркотики
report-people = Чужой образ
report-other = Другое
report-thanks = Спасибо. Скоро посмотрим.
refusal-photos-wait = Кто-то на этих фото выглядит совсем юным, поэтому сначала их посмотрит человек. Обычно это недолго, и я вам напишу. Ничего не списано.
refusal-photos-refused = К сожалению, обучить на этих фото не получится: кто-то на них выглядит младше 18. Ничего не списано. Можно убрать эти фото и добавить другие.
refusal-recipe-hidden = Этот рецепт скрыт после жалобы, поделиться им нельзя.
button-cases = 🚩 Жалобы
cases-none = 🚩 Вас ничего не ждёт.
cases-title = 🚩 <b>{ $place } из { $waiting }</b>
case-recipe = Жалоба на рецепт: { $about }.
case-photos = { $count ->
    [one] На { $count } фото для обучения лицо похоже на детское. Обучение ждёт.
    [few] На { $count } фото для обучения лица похожи на детские. Обучение ждёт.
   *[other] На { $count } фото для обучения лица похожи на детские. Обучение ждёт.
}
case-appeal = Просит вернуть доступ.
case-appeal-about = Просит вернуть доступ. Причина блокировки: { $about }.
case-about = О ком: <code>{ $person }</code>
case-from = От кого: <code>{ $reporter }</code>
case-since = С { DATETIME($since, dateStyle: "medium", timeStyle: "short") }
case-opening = До кнопки «Открыть» ничего не видно, а открытие записывается.
case-empty = Смотреть уже нечего: всё удалено.
case-untold = Сообщить не получится: бот у этого человека остановлен.
ask-case-block = <b>Заблокировать { $name } из-за жалобы?</b>
  Рецепт скроется, а пользоваться ботом будет нельзя; забрать или удалить свои данные можно и тогда. Обжаловать можно один раз.
button-case-open = 👁 Открыть
button-case-keep = ✓ Оставить
button-case-hide = 🙈 Скрыть
button-case-block = ⛔ Блок
button-case-allow = ✓ Разрешить
button-case-refuse = ✕ Отказать
button-case-unblock = ✓ Вернуть
button-case-stay = ✕ Отказать
button-case-train = 🎓 Обучить
case-done-keep = Оставлено.
case-done-hide = Скрыто.
case-done-block = Доступ закрыт.
case-done-allow = Разрешено.
case-done-refuse = Отказано.
case-done-unblock = Доступ возвращён.
case-done-stay = Доступ остаётся закрытым.
case-told-hide = Рецепт, которым вы поделились, скрыт после жалобы: { $about }. Ссылка больше не работает, ваши изображения на месте.
case-told-block = На рецепт, которым вы поделились, пожаловались: { $about }. Пользоваться ботом больше нельзя. Это ошибка? Напишите нам: /appeal. Ваши данные остаются вашими: /privacy. Вопросы об оплате: /paysupport
case-told-allow = Спасибо за терпение! С фото для «{ $name }» всё в порядке, можно обучать.
case-told-refuse = К сожалению, обучить «{ $name }» на этих фото не получится: кто-то на них выглядит младше 18. Ничего не списано. Можно убрать эти фото и добавить другие.
case-told-unblock = 🎉 Мы прочитали ваше сообщение: бот снова открыт для вас. Простите за ожидание!
case-told-stay = Спасибо за сообщение. Мы его прочитали, но решение прежнее: бот для вас закрыт. Ваши данные остаются вашими: /privacy
appeal-say = Напишите одним сообщением, почему стоит вернуть вам доступ. Его прочитает человек. Написать можно один раз, так что скажите всё важное: до 1 000 символов.
appeal-in-words = Нужно словами, пожалуйста: одно текстовое сообщение.
appeal-heard = ✓ Спасибо. Сообщение прочитает человек, ответ придёт сюда.
appeal-waits = ⏳ Ваше сообщение у тех, кто ведёт этот бот, с { DATETIME($since, dateStyle: "medium", timeStyle: "short") }. Его прочитает человек, а ответ придёт сюда, в этот чат. Делать ничего не нужно.
appeal-answered = Ваше сообщение прочитали и ответили { DATETIME($at, day: "numeric", month: "long", year: "numeric") }: всё остаётся как есть. Спросить об этом можно один раз. Ваши данные по-прежнему ваши: /privacy. Об оплате: /paysupport
appeal-before = Вы писали нам об этом { DATETIME($at, day: "numeric", month: "long", year: "numeric") }, и сообщение удалено вместе с вашими данными. Спросить об этом можно один раз. Об оплате: /paysupport
appeal-free = Вас никто не блокировал: бот работает как обычно.
act-case-open-recipe = открыт рецепт с жалобой
act-case-open-photos = открыты фото на проверке
act-case-open-appeal = открыта просьба о доступе
act-case-keep = рецепт с жалобой оставлен
act-case-block = блокировка после жалобы
act-case-hide = рецепт с жалобой скрыт
act-case-allow = обучение разрешено
act-case-refuse = в обучении отказано
act-case-unblock = доступ возвращён
act-case-stay = в доступе отказано
act-case-category = { $about }
## Неполадки: о чём узнают операторы и что могут сделать
button-trouble = ⚠️ Неполадки
button-look-again = 🔄 Обновить
button-try-now = 🔑 Спросить fal
button-restore = ↺ Снова { $endpoint }
button-dead-generation = 📭 Какие изображения
button-dead-training = 📭 Какие обучения
trouble-none = ✅ <b>Неполадок нет</b>
  fal, диск, учёт и бот в порядке, ничего не брошено.
trouble-since = <i>С { DATETIME($since, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") }</i>
trouble-over = ✅ <b>Прошло</b>, длилось { $minutes } мин:
trouble-key-refused = 🔑 <b>fal не принимает ключ, или кончились деньги</b>
  Изображения и обучение ждут, ничего не пропадёт. Проверьте FAL_KEY и счёт в fal.
trouble-key-yes = fal принимает ключ. Всё, что ждёт, продолжится в течение полуминуты. Есть ли деньги, покажет первый же заказ.
trouble-key-no = fal по-прежнему не принимает ключ.
trouble-key-unknown = Ясного ответа от fal нет. Попробуйте через минуту.
trouble-unreadable = 🌫 <b>Ответы fal на заказы не читаются</b>
  Чтобы никто не заплатил дважды, покупаю не чаще раза в минуту. Посмотрите, что стоит между нами и fal.
trouble-endpoint = 🚧 <b>fal не принимает заказы: { $endpoint }</b>
trouble-endpoint-stand-in = Пока вместо него { $endpoint }.
trouble-endpoint-away = Заменить его нечем: людям об этом сказано.
trouble-restored = Снова используется { $endpoint }.
trouble-dead-generation = 📭 <b>{ $count ->
    [one] Брошено { $count } изображение
    [few] Брошено { $count } изображения
   *[other] Брошено { $count } изображений
  }</b>
  Раз за разом ничего не выходило. Посмотрите почему, попробуйте снова или верните кредиты.
trouble-dead-training = 📭 <b>{ $count ->
    [one] Брошено { $count } обучение
    [few] Брошено { $count } обучения
   *[other] Брошено { $count } обучений
  }</b>
  Раз за разом ничего не выходило. Посмотрите почему, попробуйте снова или верните кредиты.
trouble-dead-update = 📭 <b>{ $count ->
    [one] Брошено { $count } сообщение
    [few] Брошено { $count } сообщения
   *[other] Брошено { $count } сообщений
  }</b>
  Людей попросили написать ещё раз. Почему так вышло, скажет <code>aisha updates list</code>.
trouble-disk = 💾 <b>Диск почти заполнен</b>
  Свободно { $free } МБ. Пока нет места, ничего не покупаю; то, что уже есть, видно по-прежнему.
trouble-pollers = 👯 <b>Сообщения бота забирает ещё одна программа</b>
  Можно только одной. Остановите другую или возьмите у BotFather новый токен.
trouble-books = 🧮 <b>Учёт кредитов не сходится</b>
  Расхождение: { $credits }. Где именно, скажет <code>aisha doctor --full</code>.
trouble-case = 🚩 <b>Ждёт вашего решения</b>
trouble-star-books = ⭐ <b>Звёзды не сходятся с тем, что считает Telegram</b>
  Платежей: { $payments }, звёзд: { $stars }. Каких именно, скажет <code>aisha doctor</code>.
trouble-refunds = ↩ <b>Telegram полчаса не отвечает про возврат</b>
  Платежей: { $payments }, звёзд: { $stars }. Спрашиваю каждые несколько минут. Каких именно, скажет <code>aisha payments list</code>.
trouble-unknown-payments = 💰 <b>Пришли деньги за неизвестное предложение</b>
  Платежей: { $payments }, звёзд: { $stars }. Кредитов за это никто не получил: начислите их или верните звёзды.
button-waiting-payments = 💰 Платежи
waiting-payments-title = 💰 <b>Платежи, которые ждут вас</b>
waiting-payments-none = ✅ Ни один платёж вас не ждёт.
waiting-payments-more = Есть и другие. Они появятся, когда разберётесь с этими.
waiting-payment = <b>{ $number }</b> · { $stars } ⭐ · { DATETIME($at, day: "numeric", month: "short", year: "numeric") } · <code>{ $user }</code>
waiting-payment-refund = Возвращаем, но Telegram не говорит, прошёл ли возврат. Кредиты уже списаны.
waiting-payment-offer = За предложение, которого я не знаю. Кредитов не принёс.
waiting-payment-charge = <code>{ $charge }</code>
button-ask-again = { $number } · 🔄 Спросить
button-stop-refund = { $number } · ✕ Прекратить
button-settle = { $number } · ➕ Кредиты
button-waiting-refund = { $number } · ↩ Вернуть
operator-say-settle = Сколько кредитов начислить за этот платёж и за что? Например: <code>120 старый счёт</code>
  <code>0 решили иначе</code> уберёт его из списка без кредитов.
ask-refund-stop = <b>Прекратить возврат { $stars } ⭐? { $name }</b>
  Только если в списке операций @BotFather видно, что звёзды не ушли. { $credits } вернутся на счёт.
button-confirm-refund-stop = ✕ Прекратить возврат
ask-settle = <b>Начислить { $credits } за { $stars } ⭐? { $name }</b>
  Сейчас на счету { $before }. Придёт чек.
ask-settle-nothing = <b>Убрать { $stars } ⭐ из списка без кредитов? { $name }</b>
  Если вопрос решён иначе. Сообщать об этом не буду.
button-confirm-settle-nothing = ✓ Убрать
act-refund-stop = возврат { $stars } ⭐ прекращён, вернулось { $credits }
act-payment-settle = платёж { $stars } ⭐ разобран: { $credits }
trouble-budget-day = 💵 <b>Бюджет на сегодня почти исчерпан</b>
  { $spent } из { $budget }, по оценке. Когда он кончится, новые заказы подождут до полуночи (UTC); начатое доделаю.
trouble-budget-month = 💵 <b>Бюджет на месяц почти исчерпан</b>
  { $spent } из { $budget }, по оценке. Когда он кончится, новые заказы подождут до следующего месяца; начатое доделаю.
trouble-budget-spent-day = 💵 <b>Бюджет на сегодня исчерпан</b>
  { $spent } из { $budget }, по оценке. Новые заказы ждут до полуночи (UTC); начатое доделаю.
trouble-budget-spent-month = 💵 <b>Бюджет на месяц исчерпан</b>
  { $spent } из { $budget }, по оценке. Новые заказы ждут до следующего месяца; начатое доделаю.
act-endpoint-restore = снова используется <code>{ $endpoint }</code>
act-budget-reset = бюджет начат заново
act-picture-limit = изображений в день: { $count }
act-picture-limit-usual = изображений в день: как у всех

## Операторам: сколько можно потратить
button-budget = 💵 Бюджет
budget-title = 💵 <b>Бюджет</b> (UTC, оценка)
budget-day = Сегодня: { $spent } из { $limit }
budget-month = В этом месяце: { $spent } из { $limit }
budget-day-any = Сегодня: { $spent }, без лимита
budget-month-any = В этом месяце: { $spent }, без лимита
budget-pictures = Изображений в день на человека: { $count }
budget-pictures-any = Изображений в день на человека: без лимита
budget-how = <code>/admin limit 123456789 50</code> — сколько изображений в день можно одному человеку.
  <code>/admin limit 123456789 usual</code> — как у всех.
budget-reset-done = 💵 День и месяц начались заново: заказы снова принимаются.
button-budget-reset = 🔄 Начать заново
budget-reset-ask = <b>Начать день и месяц заново?</b>
  Потрачено сегодня: { $day }, за месяц: { $month }. Счёт пойдёт с нуля, и заказы снова будут приниматься.
button-budget-reset-yes = ✓ Да, заново
limit-done = 👤 <code>{ $user }</code>: теперь изображений в день — { $count }.
limit-usual = 👤 <code>{ $user }</code>: изображений в день теперь как у всех.
limit-off = Общего лимита изображений в день нет (DAILY_PICTURES), так что это подействует, когда он появится.

## Что брошено и что происходило с заданием
job-name-generation = 🖼 Изображение #{ $id }
job-name-training = 🎓 Обучение #{ $id }
button-what-happened = 🕘 Что было
button-dead-newer = ‹ Позже
button-dead-older = Раньше ›
button-dead-replay = ↻ Повторить
button-dead-give-back = ↩ Вернуть
button-dead-take-off = ✓ Убрать
button-dead-replay-yes = ✓ Да, повторить
button-dead-give-back-yes = ✓ Да, вернуть
button-dead-take-off-yes = ✓ Да, убрать
button-dead-no = ✕ Нет
dead-letters-none = ✅ Здесь больше ничего нет.
dead-letters-generation = 📭 <b>Брошенных изображений: { $count }</b>
dead-letters-training = 📭 <b>Брошенных обучений: { $count }</b>
dead-letter = <b>{ $job }</b> · { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") } · <code>{ $user }</code>
dead-reason-open = Не удалось даже завершить:
dead-reason-content_policy = fal не принял слова:
dead-reason-no_media = fal не дал картинки:
dead-reason-refused_input = fal не принял заказ:
dead-reason-file_unavailable = Нужного файла больше нет:
dead-reason-endpoint_retired = У fal больше нет этой модели:
dead-reason-timeout = Слишком долго:
dead-reason-provider_error = Сбой у fal:
dead-reason-bad_result = Результат пришёл повреждённым:
dead-reason-unusable_result = Результат нельзя принять:
dead-reason-lost = fal так и не сообщил, что стало с заказом:
dead-reason-cancelled_elsewhere = Заказ отменили у fal без нас:
dead-reason-undeliverable = Картинки не удалось отправить ни в один чат:
dead-reason-gave_up = Наш шаг раз за разом не удавался:
dead-letter-owed = ⚠️ Под него всё ещё отложено: { $credits }.
dead-letter-is-back = Кредиты уже вернулись.
dead-letter-gone = В списке этого больше нет: повторили или убрали.
dead-letter-no-replay = Повторять здесь нечего.
dead-letter-can-replay = Повтор отложит { $again }, на счету { $balance }. Не получится — кредиты вернутся.
dead-letter-poor = Для повтора нужно { $again }, а на счету { $balance }: сначала начислите.
dead-letter-replay-ask = ↻ <b>Повторить?</b> { $job }
  Отложу { $credits }, на счету у <code>{ $user }</code> { $balance }. Не получится — кредиты вернутся.
dead-letter-give-back-ask = ↩ <b>Вернуть { $credits }?</b> { $job }
  <code>{ $user }</code> получит их и узнает, что не получилось. Это уже насовсем.
dead-letter-take-off-ask = ✓ <b>Убрать из списка?</b> { $job }
  <code>{ $user }</code> всё знает, кредиты вернулись. Больше ничего не изменится.
dead-letter-replayed = ↻ Повторяю: { $job }. Отложено у <code>{ $user }</code>: { $credits }.
dead-letter-given-back = ↩ Вернулось к <code>{ $user }</code>: { $credits }. { $job } больше не в списке.
dead-letter-taken-off = ✓ { $job } больше не в списке.
act-job-replay = { $job }: повтор · { $credits }
act-job-give-back = { $job }: убрано · вернулось { $credits }
job-unknown = Такого задания я не знаю. Пришлите <code>/admin job</code> и начало номера, хотя бы четыре знака.
job-several = Какое из них?
job-story = 🕘 <b>{ $job }</b>
  <code>{ $id }</code>
  <code>{ $user }</code> · <b>{ $state }</b> · { $endpoint }
job-story-calls = вызовов { $calls } · без ответа { $doubts } · попыток { $tries }
job-story-worker = сейчас у <code>{ $worker }</code>
job-story-error = последняя ошибка: <i>{ $error }</i>
button-story-earlier = ‹ Раньше
button-story-later = Позже ›
moment-day = <b>{ $day }</b> (UTC)
moment-line = <code>{ $time }</code> { $what }
moment-line-facts = <code>{ $time }</code> { $what } · <i>{ $facts }</i>
moment-accepted = принято
moment-hold = кредиты отложены
moment-capture = кредиты списаны
moment-release = отложенное возвращено
moment-refund = кредиты возвращены
moment-waits-until = ждёт до
moment-submitting = отправлено в fal
moment-in-doubt = ответа нет, под вопросом
moment-submitted = fal принял
moment-training = fal обучает
moment-collected = изображения получены
moment-delivered = доставлено
moment-ready = аватар готов
moment-told = человеку сказано
moment-proof-sheet = показаны пробы
moment-failed = не получилось
moment-blocked = скрыто как небезопасное
moment-cancelled = отменено
moment-webhook = fal позвонил
moment-image = изображение сохранено
moment-image-deleted = изображение удалено
moment-progress = показан ход
moment-draft = показан черновик
moment-follow-up = взято продолжение
moment-given-up = брошено
