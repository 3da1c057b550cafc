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
bot-description = Я создаю изображения вашего аватара: вас самих или стиля, обученного на фотографиях.
    Нажмите «Старт», напишите, что хотите увидеть, и изображение придёт.
start-hello = Здравствуйте, { $name }! Я создаю изображения вашего аватара: человека или стиля, обученного на фотографиях.
start-with-avatar = Ваш аватар готов. Напишите, что хотите увидеть, например:
    <i>фото в средневековых доспехах, золотой час</i>
start-without-avatar = <b>Что нужно:</b> { $fewest }–{ $most } фото и около { $minutes ->
    [one] { $minutes } минуты
   *[other] { $minutes } минут
}. Потом напишите, что хотите увидеть, и я пришлю изображение.
start-prices = Обучение: { $training }. Если не получится, они вернутся.
    Одно изображение: { $image }.
start-after-examples = Хотите увидеть на таких изображениях себя?
button-see-examples = 🖼 Примеры
start-balance = { $balance ->
    [one] У вас <b>{ $balance }</b> кредит.
    [few] У вас <b>{ $balance }</b> кредита.
   *[other] У вас <b>{ $balance }</b> кредитов.
}
help-pictures = <b>Как это работает</b>
    • Напишите, что хотите увидеть ({ $from }–{ $to } символов), и я создам изображение с вашим главным аватаром.
    • /generate сначала предложит выбрать аватар, пресет, формат и количество.
    • Параметры можно и напечатать: <code>рыцарь --ar 16:9 --n 4 --seed 42</code>
help-photo = • Пришлите фото: я опишу его, а описание можно изменить и использовать.
help-inline = • В любом чате наберите <code>@{ $name }</code> и слово из описания, чтобы отправить своё изображение.
help-waiting = <b>Пока оно создаётся</b>
    • В сообщении видно, сколько осталось, и есть кнопка отмены.
    • Одновременно могут ждать и выполняться до { $open ->
        [one] { $open } вашего задания
       *[other] { $open } ваших заданий
    }. Тем временем можно продолжать разговор.
help-screens = <b>Где что находится</b>
    /gallery — все ваши изображения
    /avatars — ваши аватары, /new обучает новый
    /presets — для чего каждый пресет
    /balance — кредиты, история, цены
    /settings — язык и настройки по умолчанию
    /privacy — что о вас хранится
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
    [1] «{ $presets }» работает
   *[other] «{ $presets }» работают
} с аватарами, у которых есть finetune.
preset-row = <b>{ $name }</b> · { $ratio } · <code>{ $word }</code>
    { $about }
preset-row-steps = шагов: { $steps }, guidance { $guidance }
preset-row-time = обычно { $from }–{ $to } с
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
text-was-cut = Слишком длинно: Telegram разрезал текст на части, и я ничего не создала. В описании может быть до 2000 символов. Пришлите, пожалуйста, короче.

## Ожидание
job-prompt = <i>{ $prompt }</i>
progress-accepted = ⏳ { $ahead ->
    [0] Начинаю…
    [one] Перед вами { $ahead } изображение.
    [few] Перед вами { $ahead } изображения.
   *[other] Перед вами { $ahead } изображений.
}
progress-order = { $avatar } · { $what }{ $credits ->
    [0] {""}
   *[other] {" "}· { $cost }
}
order-upscale = увеличение
progress-not-taken = ⏳ Сервис изображений занят. Я пробую снова до получаса. Если не получится, кредиты вернутся.
progress-no-room = ⏳ Сейчас нет места для файлов. Ваше место в очереди сохраняется, всё начнётся само.
progress-queued = ⏳ В очереди: { $position }-е место.
progress-running = 🎨 { $bar } осталось около { $left ->
    [one] { $left } секунды
   *[other] { $left } секунд
}
progress-soon = 🎨 { $bar } вот-вот будет готово
progress-slow = 🎨 { $bar } дольше обычного, но работа идёт
button-cancel = ✕ Отменить
other-avatar = Кого нарисовать? То, что делаю сейчас, я отменю, и кредиты вернутся.
no-other-avatar = Другие ваши аватары с этим пресетом не работают.
button-other-avatar = 👤 Другой
cancelling = Отменяю
cancel-nothing = Отменять нечего. Чтобы остановить изображение, нажмите кнопку под его сообщением.

## Результаты
result-caption-upscale = <b>Увеличено</b> в { $factor } раза · { $avatar }{ $credits ->
    [0] {""}
   *[other] {" "}· { $cost }
} · { $seconds } с
result-caption = <b>{ $avatar }</b> · { $preset }{ $credits ->
    [0] {""}
   *[other] {" "}· { $cost }
} · seed <code>{ $seed }</code> · { $seconds } с{ $flagged ->
    [0] {""}
    [one] {""}
        { $flagged } изображение не пропустил фильтр безопасности; за него платить не нужно.
    [few] {""}
        { $flagged } изображения не пропустил фильтр безопасности; за них платить не нужно.
   *[other] {""}
        { $flagged } изображений не пропустил фильтр безопасности; за них платить не нужно.
}
no-avatar-any-more = удалённый аватар
album-buttons = <b>{ $count ->
    [one] { $count } изображение
    [few] { $count } изображения
   *[other] { $count } изображений
}</b> · { $size } px
    Выберите номер, чтобы увеличить, скачать или удалить.
ended-failed = ❌ { $reason }{ $credits ->
    [0] {""}
    [one] {" "}Вам вернулся { $credits } кредит.
    [few] {" "}Вам вернулись { $credits } кредита.
   *[other] {" "}Вам вернулось { $credits } кредитов.
}
ended-blocked = 🚫 Фильтр безопасности не пропустил результат. Попробуйте другие слова.{ $credits ->
    [0] {""}
    [one] {" "}Вам вернулся { $credits } кредит.
    [few] {" "}Вам вернулись { $credits } кредита.
   *[other] {" "}Вам вернулось { $credits } кредитов.
}
ended-cancelled = ✕ Отменено.{ $credits ->
    [0] {""}
    [one] {" "}Вам вернулся { $credits } кредит.
    [few] {" "}Вам вернулись { $credits } кредита.
   *[other] {" "}Вам вернулось { $credits } кредитов.
}

## Почему задание не удалось
failure-content_policy = Правила сервиса не допускают такое описание. Попробуйте другие слова.
failure-no_media = Модель ничего не создала. Попробуйте другие слова или другой seed.
failure-refused_input = Сервис изображений отклонил этот заказ.
failure-file_unavailable = Не удалось прочитать файл этого аватара. Оператор уже знает.
failure-endpoint_retired = Сейчас сервис это не принимает, и заменить модель нечем. Попробуйте позже.
failure-timeout = Это длилось слишком долго, и я перестала ждать.
failure-provider_error = В сервисе изображений случился сбой. Попробуйте ещё раз.
failure-bad_result = Изображение пришло повреждённым. Попробуйте ещё раз.
failure-unusable_result = Изображение создано, но файл не подходит, и повтор не поможет. Оператор видит причину.
failure-lost = Сервис так и не сообщил, что стало с заказом. Попробуйте ещё раз.
failure-cancelled_elsewhere = Сервис изображений отменил заказ.
failure-gave_up = У нас раз за разом что-то не получалось. Оператор уже знает.
failure-undeliverable = Ни один чат не принимает изображение. Оно в вашей галерее, кредиты вернулись.

## Куда ушло изображение, если чат их не принимает
result-from-elsewhere = В том чате мне нельзя публиковать изображения, поэтому присылаю сюда.
result-sent-elsewhere = Здесь мне нельзя публиковать изображения, поэтому отправила его вам в личный чат.
result-nowhere = Здесь мне нельзя публиковать изображения, а написать вам лично я пока не могу. Откройте чат со мной и нажмите «Старт»: изображение ждёт в /gallery. Оно бесплатно.

## Почему просьба отклонена
refusal-invalid-input = Пожалуйста, исправьте:
refusal-avatar-not-found = У вас нет аватара «{ $avatar }».
refusal-avatar-ambiguous = Аватаров «{ $avatar }» несколько.
refusal-avatar-not-ready = Аватар «{ $avatar }» не готов: { $status }.
refusal-no-avatar = Сначала создайте аватар: хватит 10 фото. Всё, что напишете до этого, я сохраню и предложу, когда он будет готов.
refusal-nothing-available = Сейчас сервис не создаёт изображения с этим аватаром. Загляните чуть позже. Ничего не списано.
refusal-away-now = Сейчас сервис это не принимает. Загляните чуть позже. Ничего не списано.
refusal-preset-not-available = Пресет «{ $preset }» не подходит этому аватару. Подойдут: { $available }.
refusal-insufficient-credits = Не хватает { $missing ->
    [one] { $missing } кредита
   *[other] { $missing } кредитов
}: нужно { $needed }, а у вас { $balance }. Ничего не списано.
refusal-credits-in-group = На это не хватает кредитов. Ничего не списано.
more-credits-by-mail = Чтобы пополнить кредиты, напишите на { $contact }.
button-more-credits = 💬 Пополнить кредиты
refusal-too-many-credits = Больше { $limit } кредитов на счету быть не может.
refusal-too-many-waiting = У вас уже { $limit ->
    [one] { $limit } задание
    [few] { $limit } задания
   *[other] { $limit } заданий
} в работе. Дождитесь, пожалуйста, хотя бы одного.
refusal-allowance-prompt_help = На сегодня моя помощь с описаниями закончилась. Снова помогу через { $wait }; ваши собственные слова работают всегда.
refusal-allowance-photo_words = Сегодня я больше не могу описывать фото. Пришлите его снова через { $wait }.
refusal-allowance-upload_bytes = Вы прислали столько фото, сколько я могу принять за день. Присылайте ещё через { $wait }.
refusal-allowance-drafts = Вы начали столько аватаров, сколько я могу начать за день. Следующий можно начать через { $wait }.
refusal-allowance-lora_files = Вы прислали столько файлов LoRA, сколько я могу принять за день. Следующий присылайте через { $wait }.
wait-minutes = { $count ->
    [one] { $count } минуту
    [few] { $count } минуты
   *[many] { $count } минут
}
wait-hours = { $count ->
    [one] { $count } час
    [few] { $count } часа
   *[many] { $count } часов
}
refusal-not-found = Этого больше нет, или оно принадлежит кому-то другому.
refusal-not-allowed = Это частный бот, и вас нет в его списке.
refusal-wrong-state = Уже поздно.
refusal-consent-required = Сначала подтвердите, пожалуйста, что на фотографиях вы или что вам можно их использовать.
refusal-not-enough-photos = Пока { $kept ->
    [one] { $kept } фотография
    [few] { $kept } фотографии
   *[other] { $kept } фотографий
}; для обучения нужно не меньше { $needed }.
refusal-too-many-photos = Для аватара нужно не больше { $limit ->
    [one] { $limit } фотографии
   *[other] { $limit } фотографий
}.
refusal-archive-refused = Этот архив не подходит. Пришлите, пожалуйста, ZIP, в котором только фотографии.
refusal-weights-refused = Этот файл LoRA использовать нельзя.
refusal-weights-foreign = Эта LoRA сделана для { $family }. Я рисую с FLUX.1, он её не поймёт.
button-make-avatar = ➕ Создать аватар
button-my-photos = 📸 Мои фото
button-with-avatar = 👤 С аватаром { $name }
button-preset-instead = 🎚 Лучше «{ $preset }»
button-choose-instead = 🖌 Выбрать кнопками
button-once-more = 🔁 Ещё раз
button-open-chat = 💬 Наш чат
button-open-balance = 💳 Баланс и цены
avatar-status-draft = фотографии ещё собираются
avatar-status-training = идёт обучение
avatar-status-ready = он готов
avatar-status-failed = сделать его не удалось
problem-required = • { $field }: не хватает.
problem-too_short = • { $field }: слишком коротко.
problem-too_long = • { $field }: слишком длинно.
problem-no_words = • { $field }: в нём нет слов.
problem-unknown_value = • { $field }: «{ $received }» мне неизвестно.
problem-out_of_range = • { $field }: { $received } вне пределов.
problem-not_supported = • { $field }: здесь это не задаётся.
problem-malformed = • { $field }: «{ $received }» не понять.
problem-not_https = • { $field }: это не адрес https.
problem-private_address = • { $field }: адрес ведёт во внутреннюю сеть.
problem-allowed = Можно: { $allowed }.
field-prompt = Описание
field-preset = Пресет
field-steps = Шаги
field-guidance = Guidance
field-aspectRatio = Пропорции
field-strength = Сила
field-seed = Seed
field-count = Количество

## Всё остальное
went-wrong = У нас что-то сломалось. Ничего не списано. Попробуйте, пожалуйста, чуть позже.
dead-button = Эта кнопка осталась от старой версии и больше не работает. /help покажет, что я умею.
unknown-command = Такой команды я не знаю.
unknown-content = С этим я ничего не смогу сделать. Напишите словами, что хотите увидеть.

## Экран выбора
form-title = 🖌 <b>Новое изображение</b>
form-choices = Аватар: <b>{ $avatar }</b> · { $preset } · { $ratio } · { $count ->
    [one] { $count } изображение
    [few] { $count } изображения
   *[other] { $count } изображений
}
form-from-picture = 🖼 На основе вашего изображения. Изменить: { $change ->
    [little] немного
    [more] заметно
   *[lot] сильно
}
form-seed = Seed: <code>{ $seed }</code>
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
button-form-words = ✍ Другие слова
button-form-surprise = 🎲 Удивите меня
button-form-improve = ✨ Улучшить
button-form-new-seed = 🎲 Новый seed
button-order = 🎨 Создать
button-form-order-as-is = 🎨 Как есть
button-form-order-suggested = ✨ Взять предложение
about-seconds = ~{ $seconds } с
form-avatar-gone = Этого аватара больше нет, поэтому ничего не списано. Посмотрите, что я взяла вместо него.
form-picture-gone = Исходное изображение удалено, поэтому ничего не списано. Без него получится новое изображение.
form-price-changed = Цена изменилась, поэтому ничего не списано. Посмотрите ещё раз.
order-question = { $count ->
    [one] <b>Создать изображение?</b>
    [few] <b>Создать { $count } изображения?</b>
   *[other] <b>Создать { $count } изображений?</b>
}
order-question-first = { $count ->
    [1] Перед первым заказом я спрашиваю. Потом это решаете вы: /settings
    [one] Перед первым { $count } заказом я спрашиваю. Потом это решаете вы: /settings
   *[other] Перед первыми { $count } заказами я спрашиваю. Потом это решаете вы: /settings
}
button-back = ‹ Назад
button-close = ✕ Закрыть
accepted = Уже создаю!
photo-looking = 👁 Смотрю на вашу фотографию…
cancel-done = Отменено.
question-both-ways = Мой вопрос ещё открыт. Сделать из этих слов изображение или ответите ещё раз?
question-gone = Того, о чём я спрашивала, уже нет. Но из этих слов можно сделать изображение.
question-over = Этот вопрос уже закрыт.
button-use-as-prompt = 🎨 Взять как описание
button-take-answer = ✓ Это ответ
button-answer-again = ✏ Ответить ещё раз
button-leave-question = ✕ Оставить
button-keep-name = ✓ Оставить имя «{ $name }»

## Текст, который может быть не описанием
small-talk-greeting = Здравствуйте!
small-talk-thanks = Пожалуйста!
small-talk-question = Я создаю изображения вашего аватара.
small-talk-remark = Хорошо.
small-talk-change = Чтобы изменить изображение, ответьте на него этими словами.
small-talk-next = Напишите, что хотите увидеть, например <i>на пляже на закате</i>. Чтобы изменить изображение, ответьте на него.
small-talk-no-avatar = Сначала создайте аватар: понадобится 10 фото. Потом напишите, что хотите увидеть.
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
button-vary-little = Чуть
button-vary-more = Больше
button-vary-lot = Сильно
button-other-preset = 🎚 Пресет
button-pick = 🖼 { $number }
button-picked = ✓ { $number }
button-upscale = 🔍 Увеличить
button-original = 📄 Оригинал
button-originals = 📄 Все оригиналы
button-info = ℹ Подробно
button-share = 🔗 Поделиться
button-favour = 🤍
button-favourite = ❤
button-delete = 🗑 Удалить
button-try-again = 🔁 Ещё раз
button-change = ✍ Изменить
button-undelete = ↺ Вернуть
favoured = Добавлено в избранное
unfavoured = Убрано из избранного
deleted = Удалено. Ещё сутки можно восстановить.
undeleted = Восстановлено
original-file = 📄 { $size } px · { NUMBER($megabytes, minimumFractionDigits: 1, maximumFractionDigits: 1) } МБ
original-follows = { $size } px: следом придёт оригинал файлом
original-coming = Файл уже в пути
original-too-big = В этом файле больше { $limit } МБ: Telegram его не примет.
info-title = <b>Об этом изображении</b>
info-avatar = Аватар: { $value }
info-preset = Пресет: { $value }
info-model = Модель: <code>{ $value }</code>
info-seed = Seed: <code>{ $value }</code>
info-size = Размер: { $value } px
info-steps = Шаги: { $value }
info-guidance = Guidance: { $value }
info-strength = Сила: { $value }
info-safety = Фильтр безопасности: { $value } из 3
info-format = Файл: { $value }
info-raw = Без обработки (raw)
info-change = Изменено: { $value }
info-factor = Увеличено: в { $value } раза
info-time = Время: { $value } с
info-cost = Стоимость: { $credits ->
    [one] { $credits } кредит
    [few] { $credits } кредита
   *[other] { $credits } кредитов
}
info-prompt = Описание: <i>{ $prompt }</i>
info-prompt-long = Описание:
    <pre>{ $prompt }</pre>
button-copy-prompt = 📋 Описание
button-copy-seed = 📋 Seed
info-final-prompt = С триггером: <i>{ $prompt }</i>
recipe-shared = Кто откроет эту ссылку, получит то же описание и настройки, но со своим аватаром:
    { $link }
    <i>{ $prompt }</i>

## Аватары
avatars-title = { $count ->
    [one] У вас <b>{ $count }</b> аватар. ⭐ — главный.
    [few] У вас <b>{ $count }</b> аватара. ⭐ — главный.
   *[other] У вас <b>{ $count }</b> аватаров. ⭐ — главный.
}
avatars-none = У вас пока нет аватара.
avatar-card = <b>{ $name }</b>
    { $type }, { $status }
    С { DATETIME($at, day: "numeric", month: "long", year: "numeric") }
avatar-type-portrait = Человек
avatar-type-artistic = Стиль
avatar-card-main = ⭐ Ваш главный аватар
avatar-card-trigger = Триггер: <code>{ $trigger }</code>
avatar-card-lora = Подходят все пресеты, кроме «{ $presets }»
avatar-card-finetune = Подходят все пресеты, включая «{ $presets }»
avatar-card-strength = Сила: { $strength }
avatar-is-main = { $name } теперь ваш главный аватар
avatar-say-name = Как теперь назвать «{ $name }»? 2–50 символов. /cancel оставит прежнее имя.
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
gallery-filter-favourites = избранное
gallery-selecting = Выбирайте по номерам.{ $count ->
    [0] {""}
   *[other] {" "}Выбрано: { $count }
}
gallery-too-many = Можно выбрать до { $most } изображений.
gallery-favoured = { $count ->
    [one] { $count } изображение в избранном
    [few] { $count } изображения в избранном
   *[other] { $count } изображений в избранном
}
gallery-deleted = 🗑 Удалено{ $count ->
    [1] {""}
   *[other] {" "}({ $count })
}{ $where ->
    [chat] {" "}— и в этом чате тоже
   *[gallery] {""}
}. Вернуть можно ещё сутки.
gallery-restored = ↺ { $count ->
    [one] { $count } изображение снова здесь
    [few] { $count } изображения снова здесь
   *[other] { $count } изображений снова здесь
}
gallery-month = { DATETIME($at, month: "short", year: "numeric") }
gallery-day = { DATETIME($at, day: "numeric", month: "short") }
gallery-card = <b>{ $number }</b> из { $total }{ $heart }
gallery-card-made = { $avatar } · { $preset } · { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
gallery-card-upscale = Увеличено · { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
gallery-card-missing = ⚠️ Файла этого изображения больше нет, поэтому показать его не получится.
gallery-card-prompt = <i>{ $prompt }</i>
gallery-zip-coming = Архив собирается
gallery-zip = { $count ->
    [one] { $count } изображение
    [few] { $count } изображения
   *[other] { $count } изображений
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
button-gallery-favour = 🤍 Избранное
button-gallery-favoured = ❤ Избранное
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
button-filter-favourites = ❤ Избранное
button-filter-any = Любые
button-filter-last-days = { $days ->
    [one] За { $days } день
    [few] За { $days } дня
   *[other] За { $days } дней
}

## Настройки
settings-title = <b>Настройки</b>
    Изменения сохраняются сразу.
settings-language = 🌐 Язык: русский
settings-preset = 🎚 Пресет: { $preset }
settings-ratio = ▭ Формат: { $ratio }
settings-count = 🔢 Изображений за раз: { $count }
settings-prompt-help-off = ✨ Помощь с описанием: нет
settings-prompt-help-translate = ✨ Помощь с описанием: перевод
settings-prompt-help-enrich = ✨ Помощь с описанием: обогащение
settings-loud = 🔔 Результаты со звуком
settings-quiet = 🔕 Результаты без звука
settings-asks = 💬 Спрашивать перед заказом: да
settings-asks-not = 💬 Спрашивать перед заказом: нет

## Баланс
balance = { $balance ->
    [one] У вас <b>{ $balance }</b> кредит.
    [few] У вас <b>{ $balance }</b> кредита.
   *[other] У вас <b>{ $balance }</b> кредитов.
}{ $held ->
    [0] {""}
   *[other] {" "}Ещё { $held } отложено на то, что создаётся.
}
balance-history = <b>История</b>
ledger-line = <code>{ $amount }</code> { $text }, { DATETIME($at, day: "numeric", month: "short", hour: "numeric", minute: "numeric") }
ledger-welcome = подарок за знакомство
ledger-sandbox = пробные кредиты
ledger-grant = начислено: { $reason }
ledger-refund = возвращено: { $reason }
ledger-held = отложено: { $what }
ledger-paid = { $what }
ledger-returned = Возвращено { $credits } · { $what } не состоялось
ledger-what-generation = изображение
ledger-what-training = обучение
ledger-what-other = другое
price-list = <b>Цены</b>
    Одно изображение: { $image }
    Увеличить одно: от { $upscale }
    Обучить аватар: { $training }
field-name = Имя
field-option = Параметр
field-page = Страница

## Новый аватар
command-new = обучить собственный аватар
command-privacy = что о вас хранится и как это удалить
only-private = Это только для вас: покажу в личном чате.
button-open-privately = 🔒 Открыть личный чат
button-new-avatar = ➕ Новый аватар
button-new-portrait = 👤 Человек
button-new-artistic = 🎨 Художественный стиль
new-title = <b>Новый аватар</b>
    Пришлите 10–20 фотографий. Кого или какой стиль мне запомнить?
new-finetunes = Новому художественному аватару подходят все пресеты, кроме «Ультра».
new-price = Обучение: { $credits }. Если не получится, они вернутся.
new-retrains = Если аватар не похож, { $count ->
    [one] ещё { $count } обучение бесплатно
    [few] ещё { $count } обучения бесплатны
   *[other] ещё { $count } обучений бесплатны
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
draft-count = { $bar } { $kept } из { $fewest } фото, можно до { $most }
draft-count-enough = { $bar } { $kept } фото, можно до { $most }
photo-guide-portrait = <b>Какие фото подойдут</b>
    { $fewest }–{ $most } фото одного человека: лицо хорошо видно, разные ракурсы, места и свет.
photo-guide-artistic = <b>Какие изображения подойдут</b>
    { $fewest }–{ $most } изображений в одном стиле, с разными сюжетами, крупных и чётких.
draft-warned = ⚠ { $count ->
    [one] { $count } фотография
    [few] { $count } фотографии
   *[other] { $count } фотографий
}: { $reason }
draft-looking = 👁 Смотрю ваши фото…
draft-say-photos = Пришлите не меньше { $fewest } фотографий: по одной, альбомами, файлами или в ZIP.
draft-say-name = ✏ Напишите, как его назвать, или оставьте «{ $name }».
draft-photos-go-here = Фотографии, которые вы пришлёте, попадут сюда.
draft-expiring = ⏳ Над аватаром «{ $name }» давно никто не работал. { DATETIME($at, day: "numeric", month: "long") } я удалю его{ $count ->
    [0] {""}
    [one] {" "}вместе с { $count } фото
    [few] {" "}вместе с { $count } фото
   *[many] {" "}вместе с { $count } фото
}. Хотите продолжить? Тогда он останется.
draft-closed = 📁 «{ $name }» отложен вместе с фотографиями. Новые фотографии к нему больше не попадают.
draft-deleted = 🗑 «{ $name }» удалён.
drafts-title = Для какого аватара эти фотографии?
photos-for-nothing = Не знаю, для какого аватара эти фотографии. Начните аватар и пришлите их ещё раз.
consent-portrait = ☝ Прежде чем начать: на этих фото вы?
consent-artistic = ☝ Прежде чем начать: можно ли использовать эти изображения, и всем ли на них есть 18?
consent-recorded = Спасибо, записано
button-consent-self = ✅ Это я, и мне есть 18
button-consent-permitted = ✅ У меня есть разрешение, всем есть 18
button-consent-style = ✅ Стиль: без лиц или только взрослые
button-train = 🎓 Обучить · ~{ $time }
button-train-speeds = ⏱ Быстрее или тщательнее…
button-photos-warned = ⚠ Проверить ({ $count })
button-photos-all = 🖼 Все фотографии
button-drafts = ⇄ Другие заготовки
button-draft = 📸 { $name }
button-draft-go-on = ▶ Продолжить
button-draft-open = 📸 Фотографии
button-draft-close = 📁 Отложить
button-draft-delete = 🗑 Удалить
photo-advice-add_more = ➕ { $count ->
    [one] Нужна ещё { $count } фотография.
    [few] Нужны ещё { $count } фотографии.
   *[other] Нужно ещё { $count } фотографий.
}
photo-advice-decide_warned = ☝ { $count ->
    [one] { $count } фотография ждёт вашего решения.
    [few] { $count } фотографии ждут вашего решения.
   *[other] { $count } фотографий ждут вашего решения.
}
photo-advice-vary_angles = 💡 Сходству помогут ещё { $count ->
    [one] { $count } снимок сбоку или издалека.
    [few] { $count } снимка сбоку или издалека.
   *[other] { $count } снимков сбоку или издалека.
}
photo-advice-vary_scenes = 💡 { $count ->
    [one] { $count } фотография очень похожа
    [few] { $count } фотографии очень похожи
   *[other] { $count } фотографий очень похожи
} на другие: помогут другие места, свет и одежда.
photo-advice-turn_head = 💡 На всех фото лицо прямо. Добавьте { $count ->
    [one] { $count } фото
   *[other] { $count } фото
} с поворотом головы.
photo-advice-no_faces = 💡 Лиц здесь не видно. Для питомца это нормально, а для человека пришлите фото с лицом.
photo-several_people = несколько человек
photo-somebody_else = похоже, это другой человек
photo-no_face = лица не видно
photo-small_face = лицо мелкое
photo-blurred = нерезко
photo-too_dark = слишком темно
photo-too_bright = слишком светло
photo-flat = без контраста
photo-near_duplicate = почти то же, что и на другой
photo-not_an_image = такой файл мне не открыть (подойдут JPEG, HEIC, PNG, WebP и AVIF)
photo-heic_not_readable = HEIC я здесь не открываю: пришлите как фото, а не файлом, или сохраните в JPEG
photo-damaged = файл повреждён
photo-file_too_large = больше { $limit } МБ, столько для фото слишком много
photo-beyond_telegram = больше { $limit } МБ, а столько Telegram мне не отдаёт
photo-too_many_pixels = для фотографии слишком много пикселей
photo-too_costly = слишком долго открывается; сохраните его ещё раз как обычный JPEG
photo-too_small = слишком маленькая: короткой стороне нужно 512 пикселей
photo-too_long = слишком вытянуто: длинная сторона может быть не больше трёх коротких
photo-duplicate = та же фотография ещё раз
photo-set_full = их уже 20
photo-uploads_spent = больше, чем я могу принять за день; пришлите снова через { $wait }
photo-gone = Telegram её больше не отдаёт; пришлите, пожалуйста, ещё раз
photo-no_draft = её аватара больше нет
photo-while_training = аватар сейчас обучается
photo-archive_damaged = архив повреждён
photo-archive_encrypted = архив с паролем
photo-archive_unsafe_names = в архиве недопустимые имена файлов
photo-archive_too_many_files = в архиве слишком много файлов
photo-archive_too_large = в распакованном виде архив слишком велик
photos-refused = ✕ { $count ->
    [one] Не взяла { $count } фото:
   *[other] Не взяла { $count } фото:
}
photos-doubtful = ⚠ { $count ->
    [one] Посмотрите ещё раз на { $count } фото:
   *[other] Посмотрите ещё раз на { $count } фото:
}
photo-like = почти то же, что фото { $number }
photo-like-earlier = почти то же, что вы уже присылали
photo-same = то же, что фото { $number }
photo-same-earlier = такое фото уже есть
photos-refused-more = и ещё { $count ->
    [one] { $count }
   *[other] { $count }
}
photo-refused-name = { $name }: { $reason }
photo-card = <b>{ $number }</b> из { $total } · { $width } × { $height }
photo-card-kept = ✓ Пойдёт в обучение
photo-card-warned = ⚠ { $reason }
photo-card-pair = Слева это фото, справа — похожее на него.
photo-was-kept = Оставлена
photo-was-removed = Убрана
button-photo-keep = ✓ Оставить
button-photo-remove = 🗑 Убрать
button-faces = 👥 Выбрать человека
faces-choose = Кого запоминать? Нажмите номер, и я возьму только этого человека.
face-chosen = Готово: остался только этот человек

## Обучение
train-title = 🎓 <b>Обучение «{ $name }»</b>: { $kept ->
    [one] { $kept } фотография
    [few] { $kept } фотографии
   *[other] { $kept } фотографий
}. Насколько тщательно?
train-recommended = ⭐ Советую «Обычно». «Быстро» — чтобы попробовать; «Тщательно» — дольше, зато больше деталей.
train-balance = У вас { $balance ->
    [one] { $balance } кредит
    [few] { $balance } кредита
   *[other] { $balance } кредитов
}.
train-promise = Если не получится, кредиты вернутся. Пробный лист входит в цену.
train-promise-free = Пробный лист входит в обучение.
button-train-fast = Быстро · ~{ $time }
button-train-balanced = Обычно · ~{ $time }
button-train-quality = Тщательно · ~{ $time }
duration-minutes = { $minutes } мин
duration-seconds = { $seconds } с
training-accepted = Обучение начинается
training-begun = 🎓 <b>{ $name }</b>
    Загружаю ваши фотографии…
training-not-taken = 🎓 <b>{ $name }</b>
    Сервис обучения занят. Я пробую снова до получаса. Если не получится, кредиты вернутся.
training-no-room = 🎓 <b>{ $name }</b>
    Сейчас нет места для файлов. Обучение начнётся само.
training-queued = 🎓 <b>{ $name }</b>
    { $position ->
        [0] Вот-вот начнётся…
       *[other] В очереди: { $position }-е место.
    }
training-running = 🎓 <b>{ $name }</b>
    { $bar } осталось около { $time }
training-steps = Шаг { $step } из { $steps }
training-ready = 🎉 Аватар «{ $name }» готов. Нажмите ниже, чтобы получить первое изображение. Следом придёт пробный лист для выбора силы.
training-ready-again = 🎉 «{ $name }» обучен заново и уже работает. Если раньше было лучше, вернитесь одним нажатием: ничего не пропадёт. Следом придёт пробный лист для выбора силы.
training-ready-main = Теперь по вашим описаниям я рисую «{ $name }».
training-ready-other-main = По вашим описаниям я пока рисую «{ $name }».
button-use-from-now-on = ⭐ Теперь рисовать { $name }
avatar-from-now-on = Теперь по вашим описаниям я рисую «{ $name }»
training-ready-kept = Раньше вы написали: <i>{ $prompt }</i>
button-make-kept = 🎨 По моему описанию
training-failed = ❌ Обучение «{ $name }» не удалось. { $reason }{ $credits ->
    [0] {""}
    [one] {" "}К вам вернулся { $credits } кредит.
    [few] {" "}К вам вернулись { $credits } кредита.
   *[other] {" "}К вам вернулось { $credits } кредитов.
} Фотографии на месте.
training-cancelled = ✕ Обучение «{ $name }» отменено.{ $credits ->
    [0] {""}
    [one] {" "}К вам вернулся { $credits } кредит.
    [few] {" "}К вам вернулись { $credits } кредита.
   *[other] {" "}К вам вернулось { $credits } кредитов.
}
proof-sheet = 🔍 Где сходство с «<b>{ $name }</b>» лучше? Нажмите номер, чтобы увидеть крупно.
proof-original = Слева — одно из ваших фото.
proof-likeness = { $likeness }: { $numbers }
likeness-very = Очень похоже
likeness-alike = Похоже
likeness-less = Меньше похоже
proof-unlike = 😕 <b>Сходства с «{ $name }» пока мало на всех снимках.</b>
proof-cell = <b>{ $number }</b> · сила { $strength }
button-use-strength = Взять эту силу
proof-chosen = { $name }: теперь сила { $strength }
button-keep-proof = 🖼 Оставить снимок { $number }
proof-kept = Теперь он в вашей галерее
button-unlike = 😕 Нигде не похоже
unlike-advice = <b>Если сходства с «{ $name }» мало</b>
    • Сначала попробуйте другую силу: это бесплатно.
    • Нужны фотографии с разных сторон, при разном свете и в разных местах, на которых один человек, без тёмных очков.
    • Уберите нерезкие, старые и снятые с фильтрами.
    • «Тщательно» учится дольше и видит больше.
unlike-free = Следующее обучение бесплатно.
unlike-price = Обучить ещё раз: { $credits }.

## Что можно делать с аватаром
button-avatar-card = 👤 Карточка
button-strength = 🎚 Сила
button-train-retry = 🔁 Ещё раз
button-retrain = 🔁 Обучить ещё раз
button-go-back = ↩ Другая версия
went-back-short = { $name }: вернулась другая версия
went-back = ↩ «{ $name }»: теперь работает другая версия. { $days ->
    [0] Прежняя скоро удалится.
    [one] { $days } день эта же кнопка переключает обратно.
    [few] { $days } дня эта же кнопка переключает обратно.
   *[other] { $days } дней эта же кнопка переключает обратно.
}
avatar-card-earlier = ↩ Пока ещё можно вернуть версию до последнего обучения
button-to-lora = 🎨 Сделать LoRA стиля
button-cancel-training = ✕ Отменить обучение
button-export-lora = ⬇ Файл LoRA
button-delete-avatar = 🗑 Да, удалить
button-delete-avatar-only = 🗑 Аватар без его изображений
button-delete-avatar-and-images = 🗑 Аватар с изображениями
button-no-trigger = Без триггера
strength-of-preset = как в пресете
button-strength-of-preset = Как в пресете
strength-set = Сила: { $strength }
retrain-opened = Пришлите новые фотографии
avatar-delete-ask = 🗑 Удалить «<b>{ $name }</b>» навсегда?
avatar-delete-with = Вместе с ним удалятся: { $what }.
avatar-delete-images = Изображений с ним: { $count }.
avatar-weights-and-sheets = его веса и пробные листы
avatar-deleted-short = Удалён
avatar-deleted = 🗑 «<b>{ $name }</b>» удалён.
avatar-deleted-what = Удалено здесь: { $what }.
at-fal-pictures = У fal картинки исчезнут к { DATETIME($at, day: "numeric", month: "long", year: "numeric") }.
at-fal-rest = Веса, фото и слова запросов исчезнут там к { DATETIME($at, day: "numeric", month: "long", year: "numeric") }: fal удаляет сам, а не по просьбе.
at-fal-finetunes = { $count ->
    [one] Finetune остаётся у fal: срока у него нет, и бот удалить его не может.
    [few] { $count } finetune остаются у fal: срока у них нет, и бот удалить их не может.
   *[other] { $count } finetune остаются у fal: срока у них нет, и бот удалить их не может.
} Это может только владелец бота, в своём аккаунте.
at-fal-not-ours = Веса остаются по адресу, откуда их взяли ({ $hosts }): удалять их там не нам.
at-fal-nothing = У fal ничего из этого нет.
count-avatars = { $count ->
    [one] { $count } аватар
    [few] { $count } аватара
   *[other] { $count } аватаров
}
count-photos = { $count ->
    [one] { $count } фотография
    [few] { $count } фотографии
   *[other] { $count } фотографий
}
count-images = { $count ->
    [one] { $count } изображение
    [few] { $count } изображения
   *[other] { $count } изображений
}
count-weights = { $count ->
    [one] { $count } файл весов
    [few] { $count } файла весов
   *[other] { $count } файлов весов
}
lora-file = LoRA для «<b>{ $name }</b>»
lora-received = Файл LoRA. Это человек или стиль?
lora-say-trigger = С каким триггером её обучали? Напишите его в точности.
lora-choose-trigger = С каким триггером её обучали? Выберите найденный в файле или напишите другой, в точности.
lora-unclear = ⚠ Не могу понять, для FLUX.1 ли эта LoRA. Если картинки с ней выглядят странно, значит, нет.
lora-importing = ⏳ Проверяю и сохраняю файл…
lora-imported = ✅ «{ $name }» готов к работе.
lora-file-too-large = Telegram отдаёт ботам файлы до { $limit } МБ, а этот больше. Оператор может добавить его по адресу.
lora-file-gone = Telegram больше не отдаёт этот файл. Пришлите его, пожалуйста, ещё раз.
lora-too-large = В файле больше { $limit } МБ, столько Telegram от ботов не принимает. Пока что его можно взять здесь; никому не давайте этот адрес:
    <code>{ $url }</code>

## Личные данные
privacy-title = 🔒 <b>Что о вас хранится</b>
privacy-here = Здесь: имя и настройки, { $avatars }, { $photos } для обучения, { $images } с описаниями.
privacy-faces = Лица: я сравниваю их только на этом сервере, чтобы помочь выбрать фото и снимки. Храню только угол поворота и никуда ничего не отправляю.
privacy-how-long = Фотографии удаляются { $days ->
    [0] сразу
    [one] через { $days } день
    [few] через { $days } дня
   *[other] через { $days } дней
} после обучения, а прежняя версия аватара { $weights ->
    [0] сразу
    [one] через { $weights } день
    [few] через { $weights } дня
   *[other] через { $weights } дней
} после него. Необученный аватар удаляется вместе с фотографиями через { $drafts ->
    [one] { $drafts } день
    [few] { $drafts } дня
   *[other] { $drafts } дней
} после того, как вы работали над ним в последний раз. Веса и изображения остаются, пока вы их не удалите.
privacy-at-fal = У fal, где идёт обучение и создаются изображения: фотографии до { $hours ->
    [one] { $hours } часа
   *[other] { $hours } часов
}, веса до { $weights ->
    [one] { $weights } дня
   *[other] { $weights } дней
}, изображения до { $images ->
    [one] { $images } дня
   *[other] { $images } дней
}, запросы с их словами до { $words ->
    [one] { $words } дня
   *[other] { $words } дней
}. Finetune остаются там, пока их не удалит владелец бота.
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
export-caption-part = Часть ваших данных. Сложите части одну за другой, и получится ZIP.
export-failed = Не удалось отправить ваши данные целиком. Попробуйте ещё раз чуть позже.
delete-me-ask = <b>Удалить все ваши данные?</b>
    Аватары, фотографии, изображения, описания и настройки исчезнут навсегда. Всё, что сейчас создаётся, будет отменено.
delete-me-time = Кнопка «Да» действует десять минут.
delete-me-kept = Ничего не удалено.
delete-me-receipt = ✅ <b>Удалено</b> { DATETIME($at, day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "numeric") }
    { $avatars }, { $photos }, { $images }; стёрто файлов: { $files }; отменено заданий: { $jobs }.
    { $fal }
    Квитанция: <code>{ $id }</code>
    Напишете снова — начнём с чистого листа, а оставшиеся кредиты будут на месте.
