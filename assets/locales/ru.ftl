### Айша говорит по-русски. Значения в скобках уже экранированы; <b>, <i> и <code> — наши.

## Команды в меню
command-generate = создать изображение
command-presets = восемь пресетов
command-help = как всё устроено, цены и пределы
command-cancel = бросить начатое

## Первое знакомство и помощь
start-hello = Здравствуйте, { $name }! Я создаю изображения вашего аватара: человека или стиля, обученного на фотографиях.
start-with-avatar = Ваш аватар готов. Напишите, что хотите увидеть, например:
    <i>фото в средневековых доспехах, золотой час</i>
start-without-avatar = У вас пока нет аватара. Как только он появится, напишите, что хотите увидеть, и я это создам.
start-balance = { $balance ->
    [one] У вас <b>{ $balance }</b> кредит.
    [few] У вас <b>{ $balance }</b> кредита.
   *[other] У вас <b>{ $balance }</b> кредитов.
}
help = <b>Как это работает</b>
    Напишите, что хотите увидеть, или /generate и свои слова: я возьму ваш главный аватар и ваш пресет. В описании от { $from } до { $to } символов.
    /presets показывает, для чего каждый пресет.
    Сообщение о вашем изображении говорит, сколько осталось, и под ним есть кнопка отмены. Можно просить несколько сразу.
help-prices = <b>Цены</b>
    Одно изображение: { $image ->
        [one] { $image } кредит
        [few] { $image } кредита
       *[other] { $image } кредитов
    }. Обучение аватара: { $training ->
        [one] { $training } кредит
        [few] { $training } кредита
       *[other] { $training } кредитов
    }. Вы платите только за то, что получили.
help-free = Здесь всё бесплатно.
help-limits = Одновременно могут ждать и выполняться до { $open ->
    [one] { $open } вашего задания
   *[other] { $open } ваших заданий
}.

## Пресеты
presets-title = <b>Пресеты</b>
presets-hint = Ultra работает с аватарами, у которых есть finetune.
preset-row = <b>{ $name }</b> · { $ratio } · <code>{ $word }</code>
    { $about }
preset-row-steps = шагов: { $steps }, guidance { $guidance }
preset-row-time = обычно { $from }–{ $to } секунд
preset-fast = Быстрый
preset-balanced = Сбалансированный
preset-quality = Качество
preset-portrait = Портрет
preset-landscape = Пейзаж
preset-artistic = Художественный
preset-photorealistic = Фотореализм
preset-ultra = Ультра
preset-about-fast = Маленький и скорый, чтобы попробовать описание
preset-about-balanced = Обычный выбор
preset-about-quality = Больше шагов, больше деталей
preset-about-portrait = Вертикальный, для людей
preset-about-landscape = Широкий, для мест
preset-about-artistic = Сильный стиль, мягче фильтр
preset-about-photorealistic = Как фотография
preset-about-ultra = Около 2K, любые пропорции, но дольше

## Просьба об изображении
generate-how = Напишите, что хотите увидеть, например:
    <code>/generate фото в средневековых доспехах</code>
text-was-cut = Ваш текст такой длинный, что Telegram разрезал его на части, поэтому я ничего не сделала. В описании может быть до 2000 символов: пришлите, пожалуйста, короче.

## Ожидание
progress-accepted = ⏳ <i>{ $prompt }</i>
    { $ahead ->
        [0] Начинаю…
        [one] Перед вами { $ahead } изображение.
        [few] Перед вами { $ahead } изображения.
       *[other] Перед вами { $ahead } изображений.
    }
progress-queued = ⏳ <i>{ $prompt }</i>
    В очереди: место { $position }.
progress-running = 🎨 <i>{ $prompt }</i>
    { $bar } осталось около { $left ->
        [one] { $left } секунды
       *[other] { $left } секунд
    }
progress-soon = 🎨 <i>{ $prompt }</i>
    { $bar } вот-вот будет готово
progress-slow = 🎨 <i>{ $prompt }</i>
    { $bar } на этот раз дольше обычного, но работа идёт
button-cancel = ✖ Отменить
cancelling = Отменяю
cancel-nothing = Отменять нечего. Изображение, которое создаётся, отменяется кнопкой под его сообщением.

## Результаты
result-caption = <b>{ $avatar }</b> · { $preset } · seed <code>{ $seed }</code> · { $seconds } с{ $flagged ->
    [0] {""}
    [one] {""}
        { $flagged } изображение не пропустил фильтр безопасности; за него платить не нужно.
    [few] {""}
        { $flagged } изображения не пропустил фильтр безопасности; за них платить не нужно.
   *[other] {""}
        { $flagged } изображений не пропустил фильтр безопасности; за них платить не нужно.
}
no-avatar-any-more = удалённый аватар
album-buttons = { $count ->
    [one] { $count } изображение
    [few] { $count } изображения
   *[other] { $count } изображений
}
ended-failed = ❌ <i>{ $prompt }</i>
    { $reason }{ $credits ->
        [0] {""}
        [one] {" "}Вам вернулся { $credits } кредит.
        [few] {" "}Вам вернулись { $credits } кредита.
       *[other] {" "}Вам вернулись { $credits } кредитов.
    }
ended-blocked = 🚫 <i>{ $prompt }</i>
    Фильтр безопасности не пропустил ничего из созданного. Попробуйте другие слова.{ $credits ->
        [0] {""}
        [one] {" "}Вам вернулся { $credits } кредит.
        [few] {" "}Вам вернулись { $credits } кредита.
       *[other] {" "}Вам вернулись { $credits } кредитов.
    }
ended-cancelled = ✖ <i>{ $prompt }</i>
    Отменено.{ $credits ->
        [0] {""}
        [one] {" "}Вам вернулся { $credits } кредит.
        [few] {" "}Вам вернулись { $credits } кредита.
       *[other] {" "}Вам вернулись { $credits } кредитов.
    }

## Почему задание не удалось
failure-content_policy = Правила поставщика не допускают такое описание. Попробуйте другие слова.
failure-no_media = Модель ничего не создала. Попробуйте другие слова или другой seed.
failure-refused_input = Поставщик отказался от этого заказа.
failure-file_unavailable = Не удалось прочитать файл этого аватара. Оператор уже знает.
failure-endpoint_retired = Поставщик больше не предлагает эту модель, и заменить её нечем.
failure-timeout = Это длилось слишком долго, и мы перестали ждать.
failure-provider_error = У поставщика случился сбой. Попробуйте ещё раз.
failure-bad_result = Изображение пришло повреждённым. Попробуйте ещё раз.
failure-lost = Поставщик так и не сообщил, что с заданием стало. Попробуйте ещё раз.
failure-cancelled_elsewhere = Поставщик отменил задание.

## Почему просьба отклонена
refusal-invalid-input = { $count ->
    [one] В таком виде создать нельзя:
    [few] В таком виде создать нельзя по { $count } причинам:
   *[other] В таком виде создать нельзя по { $count } причинам:
}
refusal-avatar-not-found = У вас нет аватара «{ $avatar }».
refusal-avatar-ambiguous = Аватаров «{ $avatar }» несколько.
refusal-avatar-not-ready = Аватар «{ $avatar }» не готов: { $status }.
refusal-no-avatar = У вас пока нет аватара, поэтому изображать некого.
refusal-preset-not-available = Пресет «{ $preset }» с этим аватаром не работает. Подойдут: { $available }.
refusal-insufficient-credits = Это стоит { $needed ->
    [one] { $needed } кредит
    [few] { $needed } кредита
   *[other] { $needed } кредитов
}, а у вас { $balance }. Ничего не списано.
refusal-too-many-waiting = У вас уже { $limit ->
    [one] { $limit } задание
    [few] { $limit } задания
   *[other] { $limit } заданий
} в работе. Дождитесь, пожалуйста, хотя бы одного.
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
avatar-status-draft = фотографии ещё собираются
avatar-status-training = идёт обучение
avatar-status-ready = он готов
avatar-status-failed = обучение не удалось
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
went-wrong = Что-то сломалось у нас. Ничего не списано; попробуйте, пожалуйста, чуть позже.
dead-button = Эта кнопка осталась от старой версии и больше ничего не делает. /help покажет, что я умею.
unknown-command = Такой команды я не знаю. /help покажет, что я умею.
unknown-content = С этим я ничего сделать не могу. Напишите словами, что хотите увидеть.
