### Aisha speaks English. Values in braces are escaped before they get here; <b>, <i> and <code> are ours.

## Commands in the menu
command-generate = make a picture
command-presets = { $count ->
    [8] the eight presets
   *[other] the presets
}
command-help = how it works, prices, limits
command-cancel = cancel what you started
command-gallery = all your pictures
command-avatars = your avatars
command-balance = credits, history, prices
command-settings = language and defaults

## First contact and help
bot-description = I make pictures of you, or in a style you like. Send me photos once to train your avatar, then just write what you want to see.
    Press Start to begin.
start-hello = Hello, { $name }! I make pictures of you, or in a style you like.
start-with-avatar = Your avatar is ready. Write what you want to see, for example:
    <i>a photo in medieval armor, golden hour</i>
start-without-avatar = <b>What I need:</b> { $fewest }–{ $most } photos and about { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}. After that, just write what you want to see.
start-prices = Training: { $training }. If it fails, you get them back.
    One picture: { $image }.
start-after-examples = Want pictures like these, with you in them?
button-see-examples = 🖼 See examples
start-balance = You have { $balance ->
    [one] <b>{ $balance }</b> credit
   *[other] <b>{ $balance }</b> credits
}.
help-pictures = <b>How it works</b>
    • Write what you want to see ({ $from }–{ $to } characters), and I’ll make a picture with your main avatar.
    • /generate lets you choose the avatar, preset, ratio and number of pictures first.
    • You can type options too: <code>a knight --ar 16:9 --n 4 --seed 42</code>
help-photo = • Send a photo: I’ll describe it as a prompt you can edit.
help-inline = • In any chat, type <code>@{ $name }</code> and a word from a prompt to send one of your pictures.
help-waiting = <b>While it’s being made</b>
    • You see how far it is, and you can cancel it.
    • Up to { $open ->
        [one] { $open } picture or training
       *[other] { $open } pictures or trainings
    } can run or wait at once. You can keep chatting meanwhile.
help-screens = <b>Where things are</b>
    /gallery – all your pictures
    /avatars – your avatars, /new trains one
    /presets – what each preset is for
    /balance – credits, history, prices
    /settings – language and defaults
    /privacy – what is stored about you
    /api – keys for your programs
    /cancel – cancels what you started
help-prices = <b>Prices</b>
    • One picture: { $image }
    • Enlarging one: from { $upscale }
    • Training an avatar: { $training }
    You only pay for pictures that arrive and avatars that are ready.
help-contact = Questions? Write to { $contact }.
help-free = Everything here is free.

button-open-gallery = 🖼 Gallery
button-open-avatars = 👤 Avatars
button-open-settings = ⚙ Settings
button-open-help = ❔ How it works

## Presets
presets-title = <b>Presets</b>
presets-hint = { $count ->
    [one] { $presets } doesn’t
   *[other] { $presets } don’t
} work with every avatar. An avatar’s card says which presets do.
preset-row = <b>{ $name }</b> · { $ratio } · <code>{ $word }</code>
    { $about }
preset-row-time = usually { $from }–{ $to } seconds
preset-fast = Fast
preset-balanced = Balanced
preset-quality = Quality
preset-portrait = Portrait
preset-landscape = Landscape
preset-artistic = Artistic
preset-photorealistic = Photorealistic
preset-ultra = Ultra
preset-about-fast = A quick draft
preset-about-balanced = Good for almost everything
preset-about-quality = More detail, takes longer
preset-about-portrait = Upright, for people
preset-about-landscape = Wide, for places
preset-about-artistic = Bolder style, softer safety filter
preset-about-photorealistic = Looks like a photo
preset-about-ultra = About 2K, any ratio, takes longer

## Asking for a picture
text-was-cut = That’s too long: Telegram cut it into pieces, so I didn’t make anything. A prompt can have up to 2,000 characters. Please send a shorter one.

## Waiting
job-prompt = <i>{ $prompt }</i>
progress-accepted = ⏳ { $ahead ->
    [0] Starting…
    [one] { $ahead } picture is ahead of yours.
   *[other] { $ahead } pictures are ahead of yours.
}
progress-order = { $avatar } · { $what }{ $credits ->
    [0] {""}
   *[other] {" "}· { $cost }
}
order-upscale = enlarging
progress-not-taken = ⏳ The image service is busy. I’ll keep trying for up to half an hour. If it doesn’t work out, you get your credits back.
progress-no-room = ⏳ We’re out of storage right now. Your picture keeps its place and starts by itself.
progress-queued = ⏳ You’re number { $position } in line.
progress-running = 🎨 { $bar } about { $left ->
    [one] { $left } second
   *[other] { $left } seconds
} left
progress-soon = 🎨 { $bar } any moment now
progress-slow = 🎨 { $bar } taking longer than usual, still working on it
button-cancel = ✕ Cancel
other-avatar = Who should be in it? I’ll cancel the one I’m making now; its credits come back.
no-other-avatar = None of your other avatars works with this preset.
button-other-avatar = 👤 Other avatar
cancelling = Cancelling
cancel-nothing = Nothing to cancel. To stop a picture, tap Cancel under its message.

## Results
result-caption-upscale = <b>Enlarged</b> ×{ $factor } · { $avatar }{ $credits ->
    [0] {""}
   *[other] {" "}· { $cost }
} · { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
result-caption = <b>{ $avatar }</b> · { $preset }{ $credits ->
    [0] {""}
   *[other] {" "}· { $cost }
} · seed <code>{ $seed }</code> · { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}{ $flagged ->
    [0] {""}
    [one] {""}
        The safety filter held back { $flagged } picture. It’s free.
   *[other] {""}
        The safety filter held back { $flagged } pictures. They’re free.
}
no-avatar-any-more = deleted avatar
album-buttons = <b>{ $count ->
    [one] { $count } picture
   *[other] { $count } pictures
}</b> · { $size } px
    Tap a number to enlarge, download or delete it.
ended-failed = ❌ { $reason }{ $credits ->
    [0] {""}
    [one] {" "}{ $credits } credit refunded.
   *[other] {" "}{ $credits } credits refunded.
}
ended-blocked = 🚫 The safety filter held back the result. Try other words.{ $credits ->
    [0] {""}
    [one] {" "}{ $credits } credit refunded.
   *[other] {" "}{ $credits } credits refunded.
}
ended-cancelled = ✕ Cancelled.{ $credits ->
    [0] {""}
    [one] {" "}{ $credits } credit refunded.
   *[other] {" "}{ $credits } credits refunded.
}

## Why a job failed
failure-content_policy = The image service’s rules don’t allow this prompt. Try other words.
failure-no_media = No picture came of this. Try other words or a new seed.
failure-refused_input = The image service didn’t accept this. Try other words or settings.
failure-file_unavailable = I couldn’t read a file of this avatar. The operator has been told.
failure-endpoint_retired = The image service doesn’t offer this right now. Please try again later.
failure-timeout = It took far too long, so I stopped waiting.
failure-provider_error = The image service had a problem. Please try again.
failure-bad_result = The picture arrived damaged. Please try again.
failure-unusable_result = The picture came, but its file can’t be used, and trying again won’t help. The operator can see why.
failure-lost = The image service never said what happened to it. Please try again.
failure-cancelled_elsewhere = The image service cancelled it.
failure-gave_up = Something kept going wrong on our side. The operator has been told.
failure-undeliverable = I couldn’t send the picture to any chat. It’s in your gallery, and you have your credits back.

## Where a picture went when the chat takes none
result-from-elsewhere = The chat where you asked doesn’t let me post pictures, so here it is.
result-sent-elsewhere = I can’t post pictures here, so I sent it to you in our private chat.
result-nowhere = I can’t post pictures here, and I can’t write to you in private yet. Open a chat with me and press Start: the picture is in your /gallery. It’s free.

## Why a wish is refused
refusal-invalid-input = Please fix:
refusal-avatar-not-found = You have no avatar called “{ $avatar }”.
refusal-avatar-ambiguous = Several avatars are called “{ $avatar }”.
refusal-avatar-not-ready = The avatar “{ $avatar }” is not ready: { $status }.
refusal-no-avatar = First you need an avatar: 10 photos are enough. I’ll keep your words and offer them when it’s ready.
refusal-nothing-available = The image service can’t make pictures of this avatar right now. Please come back in a while. You weren’t charged.
refusal-away-now = The image service doesn’t offer this right now. Please come back in a while. You weren’t charged.
refusal-pictures-spent = That’s your { $limit ->
    [one] { $limit } picture
   *[other] { $limit } pictures
} for today. You can make more in { $wait }. You weren’t charged.
refusal-pictures-left = You can make { $left ->
    [one] one more picture
   *[other] { $left } more pictures
} today. The rest can be made in { $wait }. You weren’t charged.
refusal-budget-day = I’ve made as much as I can today. I’ll take new orders in { $wait }. You weren’t charged.
refusal-budget-month = I’ve made as much as I can this month. I’ll take new orders on { DATETIME($at, day: "numeric", month: "long") }. You weren’t charged.
refusal-preset-not-available = The preset “{ $preset }” doesn’t work with this avatar. These do: { $available }.
refusal-insufficient-credits = You need { $missing ->
    [one] { $missing } more credit
   *[other] { $missing } more credits
}: this costs { $needed }, and you have { $balance }. Nothing was charged.
refusal-credits-in-group = You don’t have enough credits for this. Nothing was charged.
more-credits-by-mail = For more credits, write to { $contact }.
button-more-credits = 💬 Get more credits
refusal-too-many-credits = An account can hold up to { $limit } credits.
refusal-offer-gone = This offer isn’t sold any more, or its price has changed. Nothing was paid: please open the offers again.
refusal-subscribed = You have this one already. It’s paid until { DATETIME($until, day: "numeric", month: "long") } and renews by itself. Nothing was paid now.
refusal-not-refundable = I can’t take this payment back by myself: some of its credits are spent, or it was too long ago.
refusal-too-many-waiting = { $limit ->
    [one] One of yours is already being made. Please let it finish first.
   *[other] { $limit } of yours are already being made. Please let one of them finish first.
}
refusal-too-many-webhooks = You have { $limit } webhooks already. Please remove one first.
refusal-webhook-off = This webhook is switched off. Remove it and add it anew.
refusal-too-many-keys = You have { $limit } keys already. Revoke one that you don’t use first.
refusal-allowance-prompt_help = That’s all the prompt help for today. I can help again in { $wait }; your own words work any time.
refusal-allowance-photo_words = I can’t describe more photos for you today. Send it again in { $wait }.
refusal-allowance-upload_bytes = That’s all the photos I can take today. Send more in { $wait }.
refusal-allowance-drafts = That’s all the avatars you can start today. Start the next one in { $wait }.
refusal-allowance-lora_files = That’s all the LoRA files I can take today. Send the next one in { $wait }.
refusal-allowance-promo_codes = That’s a lot of codes. Try the next one in { $wait }.
wait-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
wait-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
refusal-not-found = It’s gone, or it belongs to someone else.
refusal-not-allowed = This bot is private: only people who were invited can use it.
refusal-link-refused = This invite link doesn’t work: it’s mistyped, used up or no longer valid.
button-ask-access = 🙋 Ask for access
access-asked = 🙋 I’ve asked the people who run this bot. I’ll write to you as soon as they decide.
access-waits = 🙋 I’ve already asked. I’ll write to you as soon as there’s an answer.
access-turned-away = The people who run this bot have said no for now. You can ask again in a month.
access-in = You’re in already. What would you like to make?
access-granted = 🎉 You’re in! Welcome. Let’s make your first picture.
access-denied = Sorry, the people who run this bot can’t let you in right now.
refusal-wrong-state = It’s too late for that.
refusal-person-blocked = You can’t use this bot any more. Is that a mistake? Tell us: /appeal. Your data is still yours: /privacy. About payments: /paysupport
refusal-decided-before = Already decided by <code>{ $who }</code> on { DATETIME($at, day: "numeric", month: "long", hour: "2-digit", minute: "2-digit") }. Nothing was changed.
refusal-came-so = This has been settled since { DATETIME($at, day: "numeric", month: "long", hour: "2-digit", minute: "2-digit") }. Nothing was changed.
refusal-intent-over = This was confirmed already, or more than 15 minutes have passed. Please start again.
refusal-consent-required = First, please confirm that the photos are of you or that you may use them.
refusal-not-enough-photos = { $kept ->
    [one] There is { $kept } photo so far
   *[other] There are { $kept } photos so far
}; training needs at least { $needed }.
refusal-too-many-photos = An avatar takes at most { $limit ->
    [one] { $limit } photo
   *[other] { $limit } photos
}.
refusal-photo-gone = The file of this photo is gone. Please take the photo out and send it again.
refusal-archive-refused = I can’t use this archive. Please send a ZIP that holds only photos.
refusal-weights-refused = I can’t use this file: it’s not a LoRA I know.
refusal-weights-foreign = This LoRA is for { $family }. I paint with FLUX.1, which can’t use it.
button-make-avatar = ➕ Make my avatar
button-my-photos = 📸 My photos
button-with-avatar = 👤 With { $name }
button-preset-instead = 🎚 { $preset } instead
button-choose-instead = 🖌 Choose with buttons
button-once-more = 🔁 Try again
button-open-chat = 💬 Our chat
button-open-balance = 💳 Balance and prices
avatar-status-draft = collecting photos
avatar-status-training = training
avatar-status-ready = ready
avatar-status-failed = training failed
problem-required = • { $field } is missing
problem-too_short = • { $field } is too short
problem-too_long = • { $field } is too long
problem-no_words = • { $field } has no words in it
problem-ambiguous = • { $field }: several fit “{ $received }”
problem-unknown_value = • { $field }: I don’t know “{ $received }”
problem-out_of_range = • { $field }: { $received } is out of range
problem-not_supported = • { $field } can’t be set here
problem-not_there = • { $field }: it isn’t there
problem-malformed = • { $field }: I don’t understand “{ $received }”
problem-not_https = • { $field } must be an https address
problem-private_address = • { $field } leads to a private address
problem-allowed = ({ $allowed }{ $asked ->
    [prompt] {" "}characters
    [name] {" "}characters
   *[other] {""}
})
field-prompt = Prompt
field-avatar = Avatar
field-preset = Preset
field-steps = Steps
field-guidance = Guidance
field-aspectRatio = Ratio
field-strength = Strength
field-seed = Seed
field-count = Number of pictures

## Everything else
went-wrong = Something went wrong on our side. You weren’t charged. Please try again in a moment.
dead-button = This button is from an older version and doesn’t work any more. /help shows what I can do.
unknown-command = I don’t know this command. /help shows what I can do.
unknown-content = I can’t use this. Write what you want to see.

## The guided screen
form-title = 🖌 <b>A new picture</b>
form-choices = Avatar: <b>{ $avatar }</b> · { $preset } · { $ratio } · { $count ->
    [one] { $count } picture
   *[other] { $count } pictures
}
form-from-picture = 🖼 Made from your earlier picture. Change: { $change ->
    [little] a little
    [more] medium
   *[lot] a lot
}
form-seed = Seed: <code>{ $seed }</code>
form-steps = Steps: { $value }
form-guidance = Guidance: { $value }
form-strength = Strength: { $value }
form-say = Now write what you want to see, or tap an idea:
form-say-other = Write the new prompt.
form-prompt = <i>{ $prompt }</i>
form-suggestion = ✨ Suggestion: <i>{ $prompt }</i>
form-improving = ✨ Looking for better words… no need to wait.
ratio-of-preset = the preset’s own
button-form-avatar = 👤 Avatar
button-form-companion = 👥 Second avatar
form-no-companion = Nobody else
button-form-preset = 🎚 Preset
button-form-ratio = ▭ Ratio
button-form-main = ‹ Back
button-form-words = ✍ Rewrite
button-form-surprise = 🎲 Surprise me
button-form-improve = ✨ Improve
button-form-new-seed = 🎲 New seed
button-order = 🎨 Generate
button-form-order-as-is = 🎨 As it is
button-form-order-suggested = ✨ Use the suggestion
about-seconds = ~{ $seconds } s
form-avatar-gone = That avatar was deleted, so nothing was charged. Please check what I chose instead.
form-picture-gone = The picture this one starts from was deleted, so nothing was charged. Without it you get a new picture.
form-preset-gone = That preset isn’t available right now, so nothing was charged. Please check what I chose instead.
form-price-changed = The price has changed, so nothing was charged. Please have another look.
order-question = { $count ->
    [one] <b>Make this picture?</b>
   *[other] <b>Make these { $count } pictures?</b>
}
order-question-first = { $count ->
    [one] I ask before your first picture. After that, you decide in /settings.
   *[other] I ask before your first { $count } pictures. After that, you decide in /settings.
}
words-doubted-minors = ⚠️ This sounds like a minor in an intimate scene. Should I go on?
words-doubted-nudity = 🤔 This sounds like nudity or sex. Should I go on?
words-doubted-violence = 🤔 This sounds like cruelty. Should I go on?
words-doubted-hate = 🤔 This sounds insulting. Should I go on?
words-doubted-drugs = 🤔 This sounds like drugs. Should I go on?
words-doubted-people = 🤔 This names a real person. Should I go on?
words-refused-minors = I never make intimate pictures with minors. Nothing was charged.
words-refused-nudity = I don’t make pictures with nudity or sex here. Nothing was charged. Please choose other words.
words-refused-violence = I don’t make cruel pictures here. Nothing was charged. Please choose other words.
words-refused-hate = I don’t make insulting pictures here. Nothing was charged. Please choose other words.
words-refused-drugs = I don’t make pictures about drugs here. Nothing was charged. Please choose other words.
words-refused-people = I don’t make pictures of this person. Nothing was charged. Please leave the name out.
button-go-on = ▶ Go on
button-back = ‹ Back
button-close = ✕ Close
accepted = On it!
photo-looking = 👁 Looking at your photo…
cancel-done = Cancelled.
question-both-ways = I’m still waiting for an answer. Make a picture from these words, or answer again?
question-gone = What I asked about is gone. You can still make a picture from these words.
question-over = This question is no longer open.
button-use-as-prompt = 🎨 Use as a prompt
button-take-answer = ✓ It’s my answer
button-answer-again = ✏ Answer again
button-leave-question = ✕ Never mind
button-keep-name = ✓ Keep the name “{ $name }”

## A text that may be no prompt
small-talk-greeting = Hello!
small-talk-thanks = You’re welcome!
small-talk-question = I make pictures of your avatar. Prices and answers: /help.
small-talk-remark = Okay.
small-talk-change = To change a picture, reply to it with these words.
small-talk-next = Write what you want to see, for example <i>on a beach at sunset</i>. To change a picture, reply to it.
small-talk-no-avatar = Make your avatar first: it takes 10 photos. Then write what you want to see.
picture-words = Change this picture? Its new prompt:
    <i>{ $prompt }</i>
picture-not-yours = I can’t change this picture. Make a new one from your words?
button-edit-picture = ✍ Edit this picture’s prompt
button-words-alone = 🎨 Only my words
price-changed = Your words have changed, and so has the price. Make it?
button-make-anyway = 🎨 Make it anyway

## Buttons under a result
button-again = 🔁 Again
button-edit = ✍ Edit
button-vary = 🎲 Vary
button-vary-little = A little
button-vary-more = Medium
button-vary-lot = A lot
button-other-preset = 🎚 Preset
button-pick = 🖼 { $number }
button-picked = ✓ { $number }
button-upscale = 🔍 Enlarge
button-original = 📄 Original
button-originals = 📄 All originals
button-info = ℹ Info
button-share = 🔗 Share
button-favour = 🤍 Favourite
button-favourite = ❤ Favourite
button-delete = 🗑 Delete
button-try-again = 🔁 Try again
button-change = ✍ Change
button-undelete = ↺ Restore
favoured = Added to favourites
unfavoured = Removed from favourites
deleted = Deleted. You can restore it for a day.
undeleted = Restored
original-file = 📄 { $size } px · { NUMBER($megabytes, minimumFractionDigits: 1, maximumFractionDigits: 1) } MB
original-follows = { $size } px: the original follows as a file
original-coming = The file is on its way
original-too-big = This file is larger than { $limit } MB, too big for Telegram.
info-title = <b>About this picture</b>
info-avatar = Avatar: { $value }
info-preset = Preset: { $value }
info-model = Model: <code>{ $value }</code>
info-seed = Seed: <code>{ $value }</code> (same seed, same picture)
info-size = Size: { $value } px
info-steps = Steps: { $value } (more are finer and slower)
info-guidance = Guidance: { $value } (how closely I follow the prompt)
info-strength = Strength: { $value } (how much of the avatar is in it)
info-safety = Safety filter: { $value } of 3
info-format = File: { $value }
info-raw = Less processed (raw)
info-change = Changed: { $value } of the picture before
info-factor = Enlarged: { $value } times
info-time = Time: { $value } s
info-cost = Cost: { $credits ->
    [one] { $credits } credit
   *[other] { $credits } credits
}
info-prompt = Prompt: <i>{ $prompt }</i>
info-prompt-long = Prompt:
    <pre>{ $prompt }</pre>
button-copy-prompt = 📋 Copy prompt
button-copy-seed = 📋 Copy seed
info-final-prompt = With the trigger word, which calls your avatar: <i>{ $prompt }</i>
recipe-opened = 🔗 Somebody shared this recipe with you:
    <i>{ $prompt }</i>
recipe-needs-avatar = To make it with yourself you need an avatar: 10 photos are enough. I’ll keep the recipe and offer it when the avatar is ready.
recipe-shared = Anyone who opens this link gets the same prompt and settings, with their own avatar:
    { $link }
    <i>{ $prompt }</i>

## Avatars
avatars-title = { $count ->
    [one] You have <b>{ $count }</b> avatar.
   *[other] You have <b>{ $count }</b> avatars. ⭐ marks the main one.
}
avatars-none = You don’t have an avatar yet.
avatar-card = <b>{ $name }</b>
    { $type }, { $status }
    Created { DATETIME($at, day: "numeric", month: "long", year: "numeric") }
avatar-type-portrait = A person
avatar-type-artistic = A style
avatar-card-main = ⭐ Your main avatar
avatar-card-trigger = Trigger word: <code>{ $trigger }</code> (I add it to your prompts)
avatar-card-lora = Works with every preset except { $presets }
avatar-card-finetune = Works with every preset, including { $presets }
avatar-card-strength = Strength: { $strength } (how much of the avatar is in a picture)
avatar-is-main = { $name } is your main avatar now
avatar-say-name = What’s the new name for “{ $name }”? 2–50 characters. /cancel keeps the old one.
button-use-avatar = 🎨 Make a picture
button-make-main = ⭐ Make main
button-rename = ✏ Rename

## Gallery
gallery-empty = Your pictures will appear here.
gallery-nothing = Nothing found: { $filters }
gallery-no-more = That’s all
gallery-grid = <b>{ $count ->
    [one] { $from }
   *[other] { $from }–{ $to }
}</b> of { $total }
gallery-grid-day = { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
gallery-grid-days = { DATETIME($from, day: "numeric", month: "short", year: "numeric") } – { DATETIME($to, day: "numeric", month: "short", year: "numeric") }
gallery-filters = 🔎 Only: { $filters }
gallery-filter-words = { $where ->
    [one] “{ $words }” in prompts of { $name }
   *[all] “{ $words }” in all prompts
}
gallery-filter-prompts = { $where ->
    [one] prompts of { $name }
   *[all] all your prompts
}
gallery-filter-favourites = favourites
gallery-selecting = Tap numbers to select.{ $count ->
    [0] {""}
   *[other] {" "}Selected: { $count }
}
gallery-too-many = You can select up to { $most } pictures.
gallery-favoured = { $count ->
    [one] Added to favourites
   *[other] { $count } pictures added to favourites
}
gallery-deleted = 🗑 { $count ->
    [one] Deleted
   *[other] { $count } pictures deleted
}{ $where ->
    [chat] , and in this chat
   *[gallery] {""}
}. You can restore { $count ->
    [one] it
   *[other] them
} for a day.
gallery-restored = ↺ { $count ->
    [one] { $count } picture restored
   *[other] { $count } pictures restored
}
gallery-month = { DATETIME($at, month: "short", year: "numeric") }
gallery-day = { DATETIME($at, day: "numeric", month: "short") }
gallery-card = <b>{ $number }</b> of { $total }{ $heart }
gallery-card-made = { $avatar } · { $preset } · { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
gallery-card-upscale = Enlarged · { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
gallery-card-missing = ⚠️ I no longer have this picture’s file, so I can’t show it.
gallery-card-prompt = <i>{ $prompt }</i>
gallery-zip-coming = Packing your ZIP
gallery-zip = { $count ->
    [one] { $count } picture
   *[other] { $count } pictures
}
gallery-words-say = What should I look for? I’ll search { $where }.
gallery-page-say = Which page? There are ten pictures on each. /cancel leaves the gallery as it is.
button-gallery-newer = ‹ Newer
button-gallery-older = Older ›
button-gallery-go = 📅 Go to…
button-gallery-months = ‹ Months
button-gallery-grid = ▦ Grid
button-gallery-select = ☑ Select
button-gallery-done = ✓ Done
button-gallery-delete = 🗑 Delete ({ $count })
button-search-everywhere = 🔎 Search everywhere
button-select = ○ Select
button-selected = ✓ Selected
button-filter-days = 📅 Period
button-filter-clear = ✕ Clear filter
button-gallery-more = ⋯ More
button-gallery-filters = ☰ Filter
button-gallery-search = 🔎 Search
button-gallery-zip = 📦 ZIP ({ $count })
button-filter-avatars = 👤 Avatar
button-filter-presets = 🎚 Preset
button-filter-favourites = ❤ Favourites
button-filter-any = Any
button-filter-last-days = { $days ->
    [one] Last day
   *[other] Last { $days } days
}
button-broadcasts = 📣 Broadcasts
button-broadcast-write = ✍️ Write to everybody
button-broadcast-open = ⏳ { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") }
button-broadcast-send = { $count ->
    [one] 📣 Send to { $count } person
   *[other] 📣 Send to { $count } people
}
button-broadcast-add-en = 🌐 Add an English text
button-broadcast-add-ru = 🌐 Add a Russian text
button-broadcast-drop = Don’t send
button-broadcast-stop = ⏹ Stop
button-broadcast-look = 🔄 Refresh
broadcasts-title = 📣 <b>Broadcasts</b>
broadcasts-none = Write one message, and everybody who wants news gets it.
broadcast-line-sending = { DATETIME($at, day: "numeric", month: "short") } · being sent · { $sent } sent · { $left } left
broadcast-line-sent = { DATETIME($at, day: "numeric", month: "short") } · { $sent } sent{ $left ->
    [0] {""}
   *[other] {" "}· { $left } left
}
broadcast-line-stopped = { DATETIME($at, day: "numeric", month: "short") } · stopped · { $sent } sent · { $left } left
broadcast-line-gone = { DATETIME($at, day: "numeric", month: "short") } · message deleted · { $sent } sent · { $left } left
broadcast-say = 📣 <b>What should everybody read?</b>
    Send me one message: text, or a photo, video or file with a caption. I’ll show it to you first.
broadcast-say-en = 📣 <b>And in English?</b>
    Send me the same news in English. It goes to those who use me in English, and your first message to all others.
broadcast-say-ru = 📣 <b>And in Russian?</b>
    Send me the same news in Russian. It goes to those who use me in Russian, and your first message to all others.
broadcast-own-en = Those who use me in English get the English text.
broadcast-own-ru = Those who use me in Russian get the Russian text.
broadcast-album = I can’t send albums to everybody. Please send one photo or video.
broadcast-cannot = Telegram won’t let me copy this message. Please send text, a photo, a video or a file.
broadcast-ask = ☝️ This is what people will see. It goes to <b>{ $people ->
    [one] { $people } person
   *[other] { $people } people
}</b>.
    Left out: { $unreachable } blocked the bot · { $muted } turned news off.
broadcast-nobody = ☝️ There’s nobody to send it to: { $unreachable } blocked the bot · { $muted } turned news off.
broadcast-sending = 📣 <b>Being sent</b> since { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") }
broadcast-sent = ✅ <b>Everybody has it</b>
broadcast-stopped = ⏹ <b>Stopped</b>
broadcast-gone = 🗑 <b>Stopped: the message was deleted</b>
    I copy it from the preview in this chat. Please keep the preview until everybody has it.
broadcast-numbers = { $sent } sent · { $blocked } unreachable · { $failed } failed · { $left } left
broadcast-muted = { $muted } turned news off meanwhile
button-mute-news = 🔕 No more news
news-muted = Done: no more news. Your pictures still come. You can turn news on again in /settings.
act-broadcast = wrote to { $people ->
    [one] { $people } person
   *[other] { $people } people
}
act-broadcast-stop = stopped a broadcast with { $left } people left

## Settings
settings-title = <b>Settings</b>
    Changes are saved right away.
settings-language = 🌐 Language: English
settings-preset = 🎚 Preset: { $preset }
settings-ratio = ▭ Ratio: { $ratio }
settings-count = 🔢 Pictures at once: { $count }
settings-prompt-help-off = ✨ Prompt help: off
settings-prompt-help-translate = ✨ Prompt help: translate
settings-prompt-help-enrich = ✨ Prompt help: add details
settings-loud = 🔔 Results with sound
settings-quiet = 🔕 Results without sound
settings-news = 📣 News: on
settings-no-news = 📣 News: off
settings-asks = 💬 Ask before each picture: on
settings-asks-not = 💬 Ask before each picture: off

## Keys for programs
command-api = keys for your programs
keys-title = <b>Keys for your programs</b>
    With a key, a program of yours can order and fetch pictures here. It spends your credits, so keep it to yourself.
keys-address = How it works: { $address }
keys-none = You have no keys yet.
key-row = <b>{ $name }</b> · <code>aisha_{ $shown }_…</code>
key-scope-generate = orders
key-scope-read = reads
key-scope-avatars = changes avatars
key-scope-admin = sees what operators see
key-created = created { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
key-unused = never used
key-used = last used { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
key-until = until { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
key-over = expired { DATETIME($at, day: "numeric", month: "short", year: "numeric") }
key-endless = no end date
key-new = <b>A new key</b>
    What may it do, and for how long?
key-say-name = What’s the key for? Send me a short name, for example <code>my script</code>.
key-made = 🔑 Your key <b>{ $name }</b>. Tap to see it:
    <tg-spoiler>{ $key }</tg-spoiler>
    Copy it now: I don’t keep it and can’t show it again. Anyone who has it can spend your credits. Then delete this message.
    Has somebody else seen it? Revoke it in /api.
key-was-here = 🔑 A key was shown here once.
key-revoke-ask = Revoke <b>{ $name }</b>? Programs that use it will stop working right away. This can’t be undone.
key-revoked = <b>{ $name }</b> is revoked.
button-my-keys = 🔑 My keys
button-new-key = ➕ New key
button-revoke-key = 🗑 Revoke { $name }
button-revoke-key-yes = 🗑 Yes, revoke it
button-revoke-key-no = ↩ Keep it
button-key-generate = Order pictures
button-key-read = See pictures and credits
button-key-avatars = Change avatars
button-key-days = { $days } days
button-key-endless = No end date
button-name-key = ✏ Next: its name
button-copy-key = 📋 Copy the key
button-delete-message = 🗑 Delete this message

## Balance
balance = { $balance ->
    [one] You have <b>{ $balance }</b> credit.
   *[other] You have <b>{ $balance }</b> credits.
}{ $held ->
    [0] {""}
   *[other] {" "}{ $held } more are set aside for what’s being made.
}
balance-history = <b>History</b>
ledger-line = <code>{ $amount }</code> { $text }, { DATETIME($at, day: "numeric", month: "short") }
ledger-line-back = ↩ { $text }, { DATETIME($at, day: "numeric", month: "short") }
ledger-welcome = welcome gift
ledger-sandbox = test credits
ledger-grant = added: { $reason }
ledger-refund = Refunded: { $reason }
ledger-promo = promo code
ledger-referral = a friend you invited
ledger-taken-back = taken back: { $reason }
ledger-referral-lost = your friend’s payment went back
ledger-purchase = bought with Stars
ledger-purchase-promo = bought with Stars, +{ $percent }% with a code
ledger-payback = given back for Stars
ledger-chargeback = taken back by the app store
ledger-expiry = the month is over
ledger-held = set aside · { $what }
ledger-paid = { $what }{ $credits ->
    [0] {""}
   *[other] {" "}· { $credits } refunded
}
ledger-returned = Refunded { $credits } · { $why } · { $what }
ledger-why-cancelled = cancelled
ledger-why-failed = failed
ledger-why-blocked = held back by the safety filter
ledger-why-lost = didn’t arrive
ledger-pictures = { $count ->
    [1] “{ $prompt }”
   *[other] “{ $prompt }” · { $count } pictures
}
ledger-enlarged = enlarged “{ $prompt }”
ledger-training = training “{ $name }”
ledger-what-generation = a picture
ledger-what-training = training
ledger-what-other = something else
price-list = <b>Prices</b>, in credits
    One picture: { $image }
    Enlarging one: from { $upscale }
    Training an avatar: { $training }
field-name = Name
field-option = Option
field-page = Page

## A new avatar
command-new = train a new avatar
command-privacy = what is stored about you, and how to delete it
only-private = This is only for you: I’ll show it in our private chat.
button-open-privately = 🔒 Open our chat
button-new-avatar = ➕ New avatar
button-new-portrait = 👤 A person
button-new-artistic = 🎨 A style
new-title = <b>A new avatar</b>
    Send me 10–20 photos. Who or what should I learn?
new-finetunes = A new style works with every preset except Ultra.
new-price = Training: { $credits }. If it fails, you get them back.
new-retrains = If an avatar doesn’t look right, { $count ->
    [one] its next training is free
   *[other] its next { $count } trainings are free
}.
count-credits = { $count ->
    [one] { $count } credit
   *[other] { $count } credits
}
credits-from-to = { $from }–{ $to ->
    [one] { $to } credit
   *[other] { $to } credits
}
draft-title = 📸 <b>{ $name }</b> · { $type }
draft-again = You can use the avatar as it is until the new training is done.
avatar-default-name = Avatar
draft-count = { $bar } { $kept } of { $fewest } photos, up to { $most }
draft-count-enough = { $bar } { $kept } photos, up to { $most }
photo-guide-portrait = <b>Which photos work best</b>
    { $fewest }–{ $most } photos of one person: a clear face, different angles, places and light.
photo-guide-artistic = <b>Which pictures work best</b>
    { $fewest }–{ $most } pictures in one style, with different subjects, large and sharp.
draft-warned = ⚠ { $count ->
    [one] { $count } photo
   *[other] { $count } photos
}: { $reason }
draft-looking = 👁 Looking at your photos…
draft-say-photos = Send at least { $fewest } photos: one by one, as albums, as files or as a ZIP.
draft-say-name = ✏ What’s its name? Write it, or keep “{ $name }”.
draft-photos-go-here = Photos you send now go here.
draft-expiring = ⏳ You left “{ $name }” unfinished. I’ll delete it{ $count ->
    [0] {""}
    [one] {" "}with its photo
   *[other] {" "}with its { $count } photos
} on { DATETIME($at, day: "numeric", month: "long") }, unless you continue.
draft-closed = 📁 “{ $name }” is put aside with its photos. New photos won’t go to it.
draft-deleted = 🗑 “{ $name }” was deleted.
drafts-title = Which avatar are the photos for?
photos-for-nothing = I don’t know which avatar these photos are for. Start one, then send them again.
consent-portrait = ☝ Before we start: are these photos of you?
consent-artistic = ☝ Before we start: may you use these pictures, and is everyone in them 18+?
consent-recorded = Thank you, noted
button-consent-self = ✅ It’s me, and I’m 18+
button-consent-permitted = ✅ I have their permission, and everyone is 18+
button-consent-style = ✅ A style: no faces, or adults only
button-train = 🎓 Train · ~{ $time }
button-train-speeds = ⏱ Faster or better…
button-photos-warned = ⚠ Review ({ $count })
button-photos-all = 🖼 See all photos
button-drafts = ⇄ Another avatar
button-draft = 📸 { $name }
button-draft-go-on = ▶ Continue
button-draft-open = 📸 Photos
button-draft-close = 📁 Put aside
button-draft-delete = 🗑 Delete
photo-advice-add_more = ➕ { $count ->
    [one] { $count } more photo is needed.
   *[other] { $count } more photos are needed.
}
photo-advice-decide_warned = ☝ { $count ->
    [one] { $count } photo waits for your decision.
   *[other] { $count } photos wait for your decision.
}
photo-advice-vary_angles = 💡 Tip: add { $count ->
    [one] { $count } more, from the side or further away.
   *[other] { $count } more, from the side or further away.
}
photo-advice-vary_scenes = 💡 { $count ->
    [one] { $count } photo looks
   *[other] { $count } photos look
} much like the others. Tip: vary places, light and clothes.
photo-advice-turn_head = 💡 Every face looks straight at me. Add { $count ->
    [one] { $count } photo
   *[other] { $count } photos
} with the head turned.
photo-advice-no_faces = 💡 I can’t see any faces. That’s fine for a pet; for a person, send photos that show the face.
photo-several_people = several people
photo-somebody_else = looks like someone else
photo-no_face = I can’t see a face
photo-small_face = the face is small
photo-blurred = blurred
photo-too_dark = too dark
photo-too_bright = too bright
photo-flat = too little contrast
photo-near_duplicate = almost the same as another one
photo-not_an_image = not a picture I can read (send JPEG, HEIC, PNG, WebP or AVIF)
photo-heic_not_readable = I can’t read HEIC here: send it as a photo, not as a file, or save it as JPEG
photo-damaged = the file is damaged
photo-file_too_large = larger than { $limit } MB, too much for a photo
photo-beyond_telegram = larger than { $limit } MB, the most Telegram lets me have
photo-too_many_pixels = too many pixels for a photo
photo-too_costly = takes too long to open; save it again as a plain JPEG
photo-too_small = too small: the shorter side needs at least 512 pixels
photo-too_long = too long and narrow: the longer side can be up to 3 times the shorter one
photo-duplicate = the same photo again
photo-set_full = you already have 20
photo-uploads_spent = that’s all I can take today; please send it again in { $wait }
photo-gone = Telegram no longer has it; please send it again
photo-no_draft = its avatar is gone
photo-while_training = the avatar is being trained right now
photo-archive_damaged = the archive is damaged
photo-archive_encrypted = the archive has a password
photo-archive_unsafe_names = the archive has unsafe file names
photo-archive_too_many_files = the archive has too many files
photo-archive_too_large = the archive is too large when unpacked
photos-refused = ✕ { $count ->
    [one] { $count } photo didn’t make it:
   *[other] { $count } photos didn’t make it:
}
photos-doubtful = ⚠ { $count ->
    [one] { $count } photo needs a look:
   *[other] { $count } photos need a look:
}
photo-like = almost the same as photo { $number }
photo-like-earlier = almost the same as one you sent before
photo-same = the same as photo { $number }
photo-same-earlier = the same as one you sent before
photos-refused-more = and { $count ->
    [one] { $count } more
   *[other] { $count } more
}
photo-refused-name = { $name }: { $reason }
photo-card = <b>{ $number }</b> of { $total } · { $width } × { $height }
photo-card-kept = ✓ Used for training
photo-card-warned = ⚠ { $reason }
photo-card-pair = Left: this photo. Right: the one it resembles.
photo-was-kept = Kept
photo-was-removed = Removed
button-photo-keep = ✓ Keep it
button-photo-before = ‹ Previous
button-photo-next = Next ›
button-photo-remove = 🗑 Remove it
button-faces = 👥 Choose the person
faces-choose = Who should I learn? Tap the number, and I’ll use only that person.
face-chosen = Done: only this person stays

## Training
train-title = 🎓 <b>Training “{ $name }”</b> on { $kept ->
    [one] { $kept } photo
   *[other] { $kept } photos
}. How thoroughly?
train-recommended = ⭐ Recommended: Balanced. Fast is for a first try; Quality takes longer and catches more detail.
train-balance = You have { $balance ->
    [one] { $balance } credit
   *[other] { $balance } credits
}.
train-promise = If it fails, you get your credits back. A proof sheet is included: test pictures to choose from.
train-promise-free = A proof sheet is included: test pictures to choose from.
button-train-fast = Fast · ~{ $time }
button-train-balanced = Balanced · ~{ $time }
button-train-quality = Quality · ~{ $time }
duration-minutes = { $minutes } min
duration-seconds = { $seconds } s
training-accepted = Training starts
training-begun = 🎓 <b>{ $name }</b>
    Uploading your photos…
training-not-taken = 🎓 <b>{ $name }</b>
    The training service is busy. I’ll keep trying for up to half an hour. If it doesn’t work out, you get your credits back.
training-no-room = 🎓 <b>{ $name }</b>
    We’re out of storage right now. The training starts by itself once there’s room.
training-queued = 🎓 <b>{ $name }</b>
    { $position ->
        [0] About to start…
       *[other] You’re number { $position } in line.
    }
training-running = 🎓 <b>{ $name }</b>
    { $bar } about { $time } left
training-steps = Step { $step } of { $steps }
training-ready = 🎉 Your avatar “{ $name }” is ready. Tap below for its first picture. A proof sheet comes next: pick the best likeness.
training-ready-again = 🎉 “{ $name }” is trained again and in use. Liked it better before? Go back with one tap: nothing gets lost. A proof sheet comes next: pick the best likeness.
training-ready-main = From now on I make pictures of { $name } from your prompts.
training-ready-other-main = I still make pictures of { $name } from your prompts.
button-use-from-now-on = ⭐ Use { $name } from now on
avatar-from-now-on = From now on I make pictures of { $name }
training-ready-kept = You wrote earlier: <i>{ $prompt }</i>
button-make-kept = 🎨 What you wrote earlier
training-failed = ❌ The training of “{ $name }” failed. { $reason }{ $credits ->
    [0] {""}
    [one] {" "}{ $credits } credit refunded.
   *[other] {" "}{ $credits } credits refunded.
} The photos are still here.
training-cancelled = ✕ The training of “{ $name }” was cancelled.{ $credits ->
    [0] {""}
    [one] {" "}{ $credits } credit refunded.
   *[other] {" "}{ $credits } credits refunded.
}
proof-sheet = 🔍 Which looks most like <b>{ $name }</b>? Tap a number to see it large.
proof-original = On the left: one of your photos.
proof-likeness = { $likeness }: { $numbers }
likeness-very = Very alike
likeness-alike = Alike
likeness-less = Less alike
proof-unlike = 😕 <b>None of these looks much like { $name } yet.</b>
proof-cell = <b>{ $number }</b> · strength { $strength }
button-use-strength = Use this strength
proof-chosen = { $name }: strength { $strength } from now on
button-keep-proof = 🖼 Keep picture { $number }
proof-kept = It’s in your gallery now
button-unlike = 😕 None looks right
unlike-advice = <b>If it doesn’t look like { $name }</b>
    • Try another strength first: it’s free.
    • Use photos from several sides, in different light and places, with nobody else in them and no sunglasses.
    • Remove blurred and old photos, and those with filters.
    • “Quality” takes longer and catches more detail.
unlike-free = The next training is free.
unlike-price = Training again: { $credits }.

## What can be done with an avatar
button-avatar-card = 👤 Avatar card
button-strength = 🎚 Strength
button-train-retry = 🔁 Try again
button-retrain = 🔁 Train again
button-go-back = ↩ The other version
went-back-short = { $name }: switched to the other version
went-back = ↩ “{ $name }”: switched to the other version. { $days ->
    [0] The one before will be deleted soon.
    [one] For { $days } day the same button switches back.
   *[other] For { $days } days the same button switches back.
}
avatar-card-earlier = ↩ You can still go back to the version before the last training
button-to-lora = 🔁 Train a new version
button-cancel-training = ✕ Cancel training
button-export-lora = ⬇ LoRA file
button-delete-avatar = 🗑 Yes, delete it
button-delete-avatar-only = 🗑 The avatar, not its pictures
button-delete-avatar-and-images = 🗑 The avatar and its pictures
button-no-trigger = No trigger word
strength-of-preset = the preset’s own
button-strength-of-preset = The preset’s own
strength-set = Strength: { $strength }
retrain-opened = Send new photos now
avatar-delete-ask = 🗑 Delete “<b>{ $name }</b>” for good?
avatar-delete-with = This also deletes { $what }.
avatar-delete-images = { $count ->
    [one] There is { $count } picture of it.
   *[other] There are { $count } pictures of it.
}
avatar-weights-and-sheets = its trained model and proof sheets
avatar-deleted-short = Deleted
avatar-deleted = 🗑 “<b>{ $name }</b>” is deleted.
avatar-deleted-what = Deleted here: { $what }.
at-fal-pictures = The pictures at fal are deleted by { DATETIME($at, day: "numeric", month: "long", year: "numeric") }.
at-fal-rest = Trained models, photos and prompts are gone from there by { DATETIME($at, day: "numeric", month: "long", year: "numeric") }: fal deletes them by itself, not on request.
at-fal-finetunes = { $count ->
    [one] One trained model stays at fal for good: no bot can delete it.
   *[other] { $count } trained models stay at fal for good: no bot can delete them.
} Only the operator of this bot can, in their account.
at-fal-not-ours = Trained models stay where they were brought from ({ $hosts }): I can’t delete them there.
at-fal-nothing = Nothing of it is left at fal.
count-avatars = { $count ->
    [one] { $count } avatar
   *[other] { $count } avatars
}
count-photos = { $count ->
    [one] { $count } photo
   *[other] { $count } photos
}
count-images = { $count ->
    [one] { $count } picture
   *[other] { $count } pictures
}
count-weights = { $count ->
    [one] { $count } trained model
   *[other] { $count } trained models
}
lora-file = LoRA of <b>{ $name }</b>
lora-received = A LoRA file. Is it a person or a style?
lora-say-trigger = Which trigger word was it trained with? Write it exactly.
lora-choose-trigger = Which trigger word was it trained with? Tap one I found in the file, or write another exactly as it was.
lora-unclear = ⚠ I can’t tell whether this LoRA is for FLUX.1. If pictures look wrong with it, it isn’t.
lora-importing = ⏳ Checking and saving the file…
lora-imported = ✅ “{ $name }” is ready to use.
lora-file-too-large = Telegram lets bots have files of up to { $limit } MB, and this one is larger. The operator can add it by its address.
lora-file-gone = Telegram no longer gives me this file. Please send it again.
lora-too-large = The file is larger than { $limit } MB, too big for a bot to send. You can download it here for a while; keep the address to yourself:
    <code>{ $url }</code>

## Privacy
privacy-title = 🔒 <b>What is stored about you</b>
privacy-here = Here: your name and settings, { $avatars }, { $photos } for training, { $images }, each with its prompt.
privacy-faces = Faces: I compare them only on this server, to help you pick photos and the best likeness. Of a face I store nothing but its angle, and I send nothing about it anywhere.
privacy-how-long = Training photos are deleted { $days ->
    [0] right
    [one] { $days } day
   *[other] { $days } days
} after a training, the avatar’s previous version { $weights ->
    [0] right
    [one] { $weights } day
   *[other] { $weights } days
} after it. An avatar you never trained is deleted with its photos { $drafts ->
    [one] { $drafts } day
   *[other] { $drafts } days
} after you last worked on it. Trained avatars and pictures stay until you delete them.
privacy-at-fal = At fal, the service that trains avatars and makes pictures: photos up to { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}, trained models up to { $weights ->
    [one] { $weights } day
   *[other] { $weights } days
}, pictures up to { $images ->
    [one] { $images } day
   *[other] { $images } days
}, prompts up to { $words ->
    [one] { $words } day
   *[other] { $words } days
}. Some older styles stay there until the operator removes them.
privacy-money = <b>Your credits stay</b>{ $balance ->
    [0] {""}
   *[other] {" "}(you have { $balance })
}, even if you delete everything else: a record under your Telegram ID, without your name or words. It proves every charge, and the credits are here if you come back.
button-export-data = ⬇ Export my data
button-delete-me = 🗑 Delete me
button-delete-me-yes = 🗑 Yes, delete everything
button-delete-me-no = ✕ No, keep it all
export-coming = Collecting your data
export-caption = Everything stored about you
export-caption-part = Part of your data. Join the parts in order to get the ZIP.
export-failed = I couldn’t send all of your data. Please try again in a moment.
delete-me-ask = <b>Delete everything about you?</b>
    Your avatars, photos, pictures, prompts and settings are deleted for good. What’s being made is cancelled.
delete-me-time = “Yes” works for ten minutes.
delete-me-kept = Nothing was deleted.
delete-me-receipt = ✅ <b>Deleted</b> on { DATETIME($at, day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit") }
    { $avatars }, { $photos }, { $images }; files deleted: { $files }; cancelled: { $jobs }.
    { $fal }
    Receipt: <code>{ $id }</code>
    If you write to me again, you start from scratch, with the credits you have left.

## Buying credits

command-buy = buy credits
command-promo = use a promo code
command-invite = invite a friend
command-terms = terms of sale
command-paysupport = help with a payment
button-buy = ⭐ Buy credits
button-offer = { $name } · { $stars } ⭐
button-offer-month = { $name } · { $stars } ⭐ a month
button-give-back = ↩ Give back · { $stars } ⭐
offers-title = You have <b>{ $balance }</b> { $balance ->
    [one] credit
   *[other] credits
  }. Which pack would you like? You pay with Telegram Stars.
offers-owed = A payment of yours was taken back, so you’re <b>{ $balance }</b> { $balance ->
    [one] credit
   *[other] credits
  } short. What you buy fills that first.
offers-promo = 🎁 Your code: +{ $percent }% with the next pack, except monthly ones.
offers-picture = A picture costs { $price }.
offers-month = A monthly pack renews by itself. Cancel it any time, here or in Telegram: Settings → Stars.
offers-refund = Haven’t used any of it? Give it back within { $days ->
    [one] { $days } day
   *[other] { $days } days
  } with one tap.
offers-terms = Terms: /terms · Trouble with a payment: /paysupport
promo-redeemed = 🎁 { $credits } from your promo code.
promo-percent = +{ $percent }% with the next pack
promo-reserved = 🎁 Your code is saved: +{ $percent }% credits with the next pack you buy, except monthly ones. It’s used once, and if that pack goes back, the extra credits go too.
promo-again = You’ve already used this promo code.
promo-ask = 🎁 Got a promo code? Send it like this: <code>/promo K7M2Q9XD4T</code>
refusal-promo-refused = This promo code doesn’t work: it’s mistyped, used up or no longer valid. Please check it.
refusal-promo-waits = You already have a code waiting for your next pack. Use it first, then send this one again.
invite = 🤝 Invite a friend: once they have paid and made their first picture or avatar, you get { $credits }.
invite-free = 🤝 Invite a friend with your link.
invite-link = Your link: { $link }
invite-came = Came by it: { $came } · rewarded: { $rewarded }
offers-none = Credits aren’t sold here. The person who runs this bot hands them out.
invoice-pack = { $credits } for your pictures and avatars.
invoice-month = { $credits } every month. Cancel any time.
invoice-month-expires = { $credits } every month. What you don’t use goes when the month ends. Cancel any time.
receipt = 🧾 Thank you! { $credits } for { $stars } ⭐.
receipt-promo = 🧾 Thank you! With your code, +{ $percent }%: { $credits } for { $stars } ⭐.
receipt-month = 🧾 Thank you! { $credits } for { $stars } ⭐, until { DATETIME($until, day: "numeric", month: "long") }.
webhook-switched-off =
    🔌 I stopped sending events to your webhook:
    <code>{ $url }</code>
    It hasn’t taken one since { DATETIME($since, day: "numeric", month: "long") }. Nothing happened to your pictures: the API shows them as always. To start again, remove it and add it anew.
webhook-gone =
    🔌 I stopped sending events to your webhook:
    <code>{ $url }</code>
    It answered that it’s gone for good (410). To start again, remove it and add it anew.
receipt-balance = You have <b>{ $balance }</b> now.
receipt-owed = You’re still { $owed } short.
receipt-unknown = Your payment arrived, but I don’t know this offer, so I couldn’t add credits. /paysupport helps.
receipt-unknown-contact = Your payment arrived, but I don’t know this offer, so I couldn’t add credits. Please write to us: /paysupport
refund-done = ↩ Done: { $stars } ⭐ are on their way back, and { $credits } are gone from your balance.
refund-done-spent = ↩ Done: { $stars } ⭐ are on their way back.
refund-taken-away = ↩ Your { $stars } ⭐ of { DATETIME($at, day: "numeric", month: "long") } were taken back, and { $credits } went with them. /paysupport helps.
reward-told = 🎁 A friend you invited made a first order: { $credits } for you.
refund-under-way = ↩ I’ve asked Telegram for your { $stars } ⭐ and haven’t heard back yet. I’ll keep asking. Until then { $credits } are set aside.
refund-month-canceled = The subscription is cancelled too: you won’t be charged again.
refund-month-ending = I’m cancelling the subscription too. If you’re charged again, /paysupport helps.
refund-month-goes-on = Telegram didn’t let me cancel the subscription. Please do it in Telegram: Settings → My Stars.
refund-refused = Telegram didn’t give the { $stars } ⭐ back, so you keep your { $credits }. /paysupport helps.
month-active = 🔁 { $name } every month. Next payment: { DATETIME($until, day: "numeric", month: "long") }.
month-not-renewed-yet = 🔁 { $name } every month. A payment was due on { DATETIME($until, day: "numeric", month: "long") }; I’m waiting for Telegram.
month-canceled = 🔁 { $name } every month: cancelled. It runs until { DATETIME($until, day: "numeric", month: "long") }, and you won’t be charged again.
month-expires = ⏳ Only until { DATETIME($at, day: "numeric", month: "long") }: { $credits }. I’ll spend them first.
month-failed = 🔁 { $name } every month: Telegram couldn’t charge the { $stars } ⭐, so it has ended. No credits were added. You can buy more any time.
button-cancel-month = ✕ Cancel { $name } a month
cancel-month-ask = <b>Cancel { $name } a month?</b>
  You won’t be charged again. It runs until { DATETIME($until, day: "numeric", month: "long") }, and your credits stay.
cancel-month-ask-expires = <b>Cancel { $name } a month?</b>
  You won’t be charged again. It runs until { DATETIME($until, day: "numeric", month: "long") }; the credits you haven’t used go then, as before.
button-cancel-month-yes = ✕ Yes, cancel it
button-cancel-month-no = ✓ No, keep it
cancel-month-done = ✅ Cancelled: { $name } a month. You won’t be charged again, and it runs until { DATETIME($until, day: "numeric", month: "long") }.
cancel-month-over = { $name } a month has ended already. You won’t be charged again.
cancel-month-refused = Telegram didn’t let me cancel { $name } a month. You can do it yourself: Telegram’s Settings → Stars.
delete-me-month = <b>Your monthly pack is cancelled too</b>, and you won’t be charged again.
delete-me-month-canceled = 🔁 Your monthly pack is cancelled. You won’t be charged again.
delete-me-month-left = ⚠ Telegram didn’t let me cancel your monthly pack. Please do it yourself: Telegram’s Settings → Stars. Otherwise you’ll be charged again.
terms-what = <b>Terms</b>
  Credits pay for pictures and training in this bot, and nothing else. You buy them with Telegram Stars. They don’t expire and can’t be passed on.
terms-expire = Monthly packs marked so are different: what is left of them goes when the month ends.
terms-refund = You can give a pack back within { $days ->
    [one] { $days } day
   *[other] { $days } days
  } while you haven’t used any of it.
terms-no-refund = Packs can’t be given back by a tap. Write to us if something went wrong.
terms-failed = If a picture or a training fails, its credits come back by themselves.
paysupport = <b>Help with a payment</b>
  Tell us what happened and when, and send the number of the payment. Telegram’s own support can’t help with this bot.
paysupport-you = Your number: <code>{ $id }</code>
paysupport-payments = <b>Your latest payments</b>
payment-paid = { DATETIME($at, day: "numeric", month: "short") } · { $stars } ⭐ · <code>{ $charge }</code>
payment-refunding = { DATETIME($at, day: "numeric", month: "short") } · { $stars } ⭐ · being given back · <code>{ $charge }</code>
payment-refunded = { DATETIME($at, day: "numeric", month: "short") } · { $stars } ⭐ · given back · <code>{ $charge }</code>
payment-charged_back = { DATETIME($at, day: "numeric", month: "short") } · { $stars } ⭐ · taken back · <code>{ $charge }</code>
support-contact = Write to { $contact }.
support-nobody = The person who runs this bot hasn’t left an address yet.

## For operators
command-admin = run the bot
admin-well = 🛠 <b>For operators</b>
  Nothing is waiting for you.
admin-waiting = 🛠 <b>For operators</b>
  The numbers on the buttons say how much is waiting for you.
button-admin = 🛠 To the start
button-admin-numbers = 📊 Numbers
button-numbers = { $days ->
    [1] Today
   *[other] { $days } days
}
button-numbers-file = 📄 CSV file
numbers-title = 📊 <b>{ $days ->
    [1] Today
   *[other] The last { $days } days
}</b> (UTC)
numbers-plot-hours = 🟦 pictures · 🟧 Stars, hour by hour
numbers-plot-days = 🟦 pictures · 🟧 Stars, day by day
numbers-people = 👥 <b>People</b>: { $joined } new · { $active } active · { $paying } paying
numbers-pictures = 🖼 <b>Pictures</b>: { $done } done · { $open } open · { $failed } failed · { $blocked } blocked · { $cancelled } cancelled{ $well }
numbers-trainings = 🎓 <b>Trainings</b>: { $done } done · { $open } open · { $failed } failed · { $cancelled } cancelled{ $well }
numbers-success = {""}
  { $percent }% went well
numbers-well = {""}
  { $percent }% went well, half of them in { $half } s, nine of ten in { $most } s
numbers-stars = ⭐ <b>Stars</b>: { $stars } in · { $refunded } of them given back · { $net } net{ $commission ->
    [0] {""}
   *[other] {" "}({ $commission } to affiliates)
  }
numbers-credits = 💳 <b>Credits</b>: { $sold } sold · { $given } given away
numbers-cost = 💵 <b>fal</b>: { $cost }, estimated · { $margin } left
numbers-unpriced = { $jobs ->
    [one] { $jobs } job has no estimate.
   *[other] { $jobs } jobs have no estimate.
}
numbers-earnings = <b>What it costs, and what is left</b>
numbers-earning = { $what }: { $jobs } · { $cost } · { $margin } left
numbers-spenders = <b>Who costs most</b>
numbers-spender = <code>{ $user }</code>: { $stars } ⭐ · { $cost } · { $margin } left
numbers-more = The rest is in the CSV file.
numbers-upscale = Enlarging
numbers-training = Training
numbers-dollars = { $sign }${ NUMBER($amount, minimumFractionDigits: 2, maximumFractionDigits: 2) }
button-acts = 📋 Acts
acts-title = 📋 <b>What operators did</b>
acts-none = Nothing yet. Credits given, refunds and the like will be listed here.
button-acts-newest = ⏮ Newest
button-acts-older = Older ▶
act-line = { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") } · <code>{ $who }</code> · { $what }
act-line-to = { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") } · <code>{ $who }</code> · { $what } · <code>{ $subject }</code>
act-why = <i>{ $why }</i>
act-grant = { $credits } given
act-promo-create = promo code <code>{ $code }</code>: { $credits }
act-promo-end = promo code <code>{ $code }</code> ended

## Operators: who may come in
button-access = 🔑 Access
access-title = 🔑 <b>Access</b>
access-open = Everybody can use the bot. As soon as you let somebody in or make a link, only the people on the list can.
access-closed = 🔒 <b>The bot is closed.</b> Besides operators, it’s open to:
access-closed-nobody = 🔒 <b>The bot is closed.</b> So far only operators can use it.
access-listed = { $count ->
    [one] • on the list: { $count } person
   *[other] • on the list: { $count } people
}
access-in-settings = { $count ->
    [one] • in the settings (ALLOWED_USER_IDS): { $count } person
   *[other] • in the settings (ALLOWED_USER_IDS): { $count } people
}
access-open-ask = 🔓 <b>Open the bot to everybody?</b>
    I’ll forget the list ({ $listed ->
        [one] { $listed } person
       *[other] { $listed } people
    }) and all invite links. People you blocked stay blocked.
button-access-open = 🔓 Open to everybody
button-access-open-yes = ✓ Yes, open it
access-new-link = 🔗 <b>New invite link</b>
    How many people should it let in? It works for { $days } days.
access-waiting = 🙋 { $count ->
    [one] { $count } person is waiting for an answer.
   *[other] { $count } people are waiting for an answer.
}
access-links = <b>Invite links</b>
access-link = <code>{ $code }</code>: { $used } of { $uses } used, until { DATETIME($until, day: "numeric", month: "long") }
access-link-made = 🔗 This link lets in { $uses ->
    [one] { $uses } person
   *[other] { $uses } people
}, until { DATETIME($until, day: "numeric", month: "long") }:
  { $link }
button-admissions-asked = 🙋 Waiting: { $count }
button-admissions-allowed = 👥 On the list: { $count }
button-admissions-refused = 🚫 Refused: { $count }
button-admissions-removed = 🚪 Taken off: { $count }
button-make-link = { $uses ->
    [one] { $uses } person
   *[other] { $uses } people
}
button-end-link = ✕ End { $code }
button-copy-link = 📋 Copy link
button-allow = ✅ Allow
button-refuse = ✕ Refuse
button-send-away = 🚪 Take access away
admissions-asked = 🙋 <b>Waiting for an answer</b>: { $count }
admissions-allowed = 👥 <b>On the list</b>: { $count }
admissions-refused = 🚫 <b>Refused</b>: { $count }
admissions-removed = 🚪 <b>Taken off the list</b>: { $count }
admission-who = <b>{ $name }</b> · <code>{ $user }</code>
admission-asked = 🙋 Asks for access, { DATETIME($at, day: "numeric", month: "long") }
admission-allowed = ✅ Has access since { DATETIME($at, day: "numeric", month: "long") }
admission-refused = 🚫 Refused on { DATETIME($at, day: "numeric", month: "long") }
admission-removed = 🚪 Taken off the list on { DATETIME($at, day: "numeric", month: "long") }
admission-link = 🔗 Came by the link <code>{ $code }</code>
act-access-allowed = access given
act-access-refused = access refused
act-access-removed = access taken away
act-access-link = invite link <code>{ $code }</code> for { $uses }
act-access-link-end = invite link <code>{ $code }</code> ended
act-access-open = list of people forgotten: open to all

## Operators: one person
button-promos = 🎁 Promo codes
button-new-promo = ➕ New code
button-end-promo = ✕ End { $code }
button-confirm-promo = ✓ Make the code
operator-say-promo = What should the code give? Send the credits, or percent on top of the next pack, then, if you like, for how many people, its last day and your own code:
  <code>50</code>
  <code>20%</code>
  <code>50 100 2027-01-31 SPRING-26</code>
promos-title = 🎁 <b>Promo codes</b>
promos-none = There are none yet.
promos-line = <code>{ $code }</code> · { $credits } · used: { $used }
promos-line-limited = <code>{ $code }</code> · { $credits } · used: { $used } of { $uses }
promos-until = until { DATETIME($until, day: "numeric", month: "short", year: "numeric") }
promos-more = … and { $more } more: <code>aisha promo list</code>
promos-over = over
ask-promo = <b>Make a code that gives { $each } to everybody who sends it?</b>
ask-promo-unlimited = Any number of people can use it, once each.
ask-promo-limited = Up to { $uses } people can use it: { $all } in all.
ask-promo-limited-percent = Up to { $uses } people can use it.
ask-promo-until = Its last day: { $until } (UTC).
ask-promo-code = The code: <code>{ $code }</code>
ask-promo-end = <b>End { $code }?</b>
    { $used ->
        [0] Nobody has used it yet.
        [one] { $used } person has used it and keeps what it gave.
       *[other] { $used } people have used it and keep what it gave.
    } Nobody else can use it then, and it can’t be brought back.
ask-access-link-end = <b>End the invite link { $code }?</b>
    { $used ->
        [0] Nobody has come by it yet.
        [one] { $used } person has come by it and stays.
       *[other] { $used } people have come by it and stay.
    } It lets in nobody else then, and can’t be brought back.
done-promo-end = ✕ <code>{ $code }</code> is over: nobody else can use it.
done-access-link-end = ✕ The link <code>{ $code }</code> is over: it lets in nobody else.
promo-made = 🎁 <b>{ $code }</b>
  Hand it out as <code>/promo { $code }</code> or as a link: { $link }
act-take-back = { $credits } taken back
act-refund = { $stars } ⭐ refunded, { $credits } gone with it
act-block = blocked
act-unblock = unblocked
person-blocked = ⛔ <b>Blocked</b> on { DATETIME($at, day: "numeric", month: "long", year: "numeric") }
button-block = ⛔ Block
button-unblock = ✓ Unblock
ask-block = <b>Block { $name }?</b>
  They can use nothing here any more, but can still take their data along or have it deleted. Subscriptions are cancelled.
button-confirm-block = ⛔ Block
act-message = wrote a message
button-find-person = 👤 A person
operator-say-find = Who is it? Send me their number or a part of their name, forward one of their messages, or choose them in Telegram.
button-choose-person = 👥 Choose in Telegram
person-pick = 👇 Tap the button below to open your list of people.
operator-say-limit = How many pictures may they order a day? Tap, or send me a number.
button-usual-limit = 👥 As everybody
button-picture-limit = 🖼 Daily limit
operator-say-give = How many credits, and why? For example: <code>50 sorry for the wait</code>
  They can read the reason in their history.
operator-say-take = How many credits, and why? For example: <code>50 given twice</code>
  They can read the reason in their history.
operator-say-message = Write the message, or send a picture. I’ll ask you before it goes out.
operator-say-confirm = ✋ A question above is still open. Answer it with its buttons, or tell me what these words are.
button-use-as-reason = ✍ Use as the reason
operator-say-why = What’s the reason? It’s kept in the list of acts.
person-unknown = I know nobody like that. A person has to write to the bot once before I can find them. Try their number or another part of their name.
person-hidden = Telegram doesn’t say who wrote this: they hide it in their settings, or it’s not from a person. Ask them for the number shown in their /paysupport, or send me their name.
person-which = Several people have that name. Which one?
person-title = 👤 <b>{ $name }</b> · <code>{ $id }</code>
person-since = Here since { DATETIME($at, day: "numeric", month: "long", year: "numeric") }
person-credits = 💳 Credits: <b>{ $balance }</b> to spend · { $held } set aside
person-month = 🔁 { $name } every month, paid until { DATETIME($until, day: "numeric", month: "long") }
person-today = 📅 Today (UTC): { $spent } · about { $cost } at fal
person-orders = 🖼 Done: { $pictures } · trainings: { $trainings } · open: { $open } · failed: { $lost }
person-limit = 📆 Pictures today: { $ordered } of { $limit }
person-limit-own = 📆 Pictures today: { $ordered } of { $limit } (their own limit)
person-limit-later = 📆 Their own limit is { $limit } pictures a day. It counts once there is one for everybody (DAILY_PICTURES).
person-jobs = 📋 <b>What happened lately</b> · <code>{ $user }</code>
person-job = { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") } · { $job } · { $state } · { $credits }
person-jobs-none = They haven’t ordered anything yet.
person-avatars = 👥 { $avatars }
person-payments = <b>Payments</b>
person-lot = { DATETIME($at, day: "numeric", month: "short", year: "numeric") } · { $stars } ⭐ · { $left } of { $credits } left
person-lot-refunding = { DATETIME($at, day: "numeric", month: "short", year: "numeric") } · { $stars } ⭐ · being refunded
person-lot-refunded = { DATETIME($at, day: "numeric", month: "short", year: "numeric") } · { $stars } ⭐ · refunded
person-lot-charged_back = { DATETIME($at, day: "numeric", month: "short", year: "numeric") } · { $stars } ⭐ · taken back by Telegram
button-give = ➕ Give
button-take = ➖ Take back
button-refund = ↩ Refund { $stars } ⭐ · { DATETIME($at, day: "numeric", month: "short") }
button-message = ✉ Write to them
button-say-why = ✍ Say why
ask-grant = <b>Give { $credits } to { $name }?</b>
  They have { $before } now, and { $after } then.
ask-take-back = <b>Take { $credits } from { $name }?</b>
  They have { $before } now, and { $after } then.
ask-refund = <b>Refund { $stars } ⭐ to { $name }?</b>
  It brought { $credits }. What’s left of them ({ $left }) goes with it; what’s spent is spent.
ask-message = <b>Send this message to { $name }?</b>
button-confirm-grant = ✓ Give { $credits }
button-confirm-take-back = ✓ Take { $credits }
button-confirm-refund = ✓ Refund { $stars } ⭐
button-confirm-message = ✉ Send
act-came-done = ✅ Done.
act-came-under-way = ⏳ Telegram hasn’t answered yet. I’ll ask again until it does.
act-came-refused = ⚠ Telegram won’t refund this one. The credits are back where they were.
act-came-unreachable = ⚠ It didn’t arrive: they have blocked the bot, or are gone.
told-by-operator = ✉ <b>A message from the people who run this bot</b>
  They can’t read answers to it here.
told-by-operator-contact = ✉ <b>A message from the people who run this bot</b>
  They can’t read answers to it here. Write to { $contact }.
take-too-much = I can take no more than { $balance }: that’s all they have to spend.
## Reports, and what waits for an operator
button-report = ⚠ Report
report-question = What’s wrong with this recipe? Nobody learns who reported it.
report-minors = Children
report-nudity = Nudity
report-violence = Cruelty
report-hate = Insult
report-drugs = Drugs
report-people = A real person
report-other = Something else
report-thanks = Thank you. Somebody will look at it soon.
refusal-photos-wait = Somebody in these photos looks quite young, so a person will look at them before I train. That’s usually soon, and I’ll write to you. Nothing was charged.
refusal-photos-refused = I’m sorry, I can’t train on these photos, because somebody in them looks under 18. Nothing was charged. You can take those photos out and add others.
refusal-recipe-hidden = This recipe was hidden after a report, so it can’t be shared.
button-cases = 🚩 Reports
cases-none = 🚩 Nothing waits for you.
cases-title = 🚩 <b>{ $place } of { $waiting }</b>
case-recipe = A shared recipe was reported: { $about }.
case-photos = { $count ->
    [one] The face in 1 photo of a training looks like a child’s. The training waits.
   *[other] The faces in { $count } photos of a training look like a child’s. The training waits.
}
case-appeal = Asks to be let in again.
case-appeal-about = Asks to be let in again. Blocked for: { $about }.
case-about = About: <code>{ $person }</code>
case-from = From: <code>{ $reporter }</code>
case-since = Since { DATETIME($since, dateStyle: "medium", timeStyle: "short") }
case-opening = You see nothing of it before you tap “Open”, and that you did is kept.
case-empty = There is nothing to see any more: it was deleted.
case-untold = They can’t be told: they have left the bot.
ask-case-block = <b>Block { $name } for what was reported?</b>
  The recipe is hidden, and they can use nothing here any more, but can still take their data along or have it deleted. They can appeal once.
button-case-open = 👁 Open
button-case-keep = ✓ Keep
button-case-hide = 🙈 Hide
button-case-block = ⛔ Block
button-case-allow = ✓ Allow
button-case-refuse = ✕ Refuse
button-case-unblock = ✓ Let in
button-case-stay = ✕ Stay out
button-case-train = 🎓 Train
case-done-keep = Kept.
case-done-hide = Hidden.
case-done-block = Blocked.
case-done-allow = Allowed.
case-done-refuse = Refused.
case-done-unblock = Let in again.
case-done-stay = They stay out.
case-told-hide = A recipe that you shared was hidden after a report: { $about }. Its link works no more. Your pictures are as they were.
case-told-block = A recipe that you shared was reported: { $about }. So you can’t use this bot any more. Is that a mistake? Tell us: /appeal. Your data is still yours: /privacy. About payments: /paysupport
case-told-allow = Thanks for your patience! The photos of “{ $name }” are fine, and you can train now.
case-told-refuse = I’m sorry: I can’t train “{ $name }” on these photos, because somebody in them looks under 18. Nothing was charged. You can take these photos out and add others.
case-told-unblock = 🎉 We’ve read your message: you can use the bot again. Sorry about the wait!
case-told-stay = Thank you for your message. We’ve read it, and it stays as it is: you can’t use this bot. Your data is still yours: /privacy
appeal-say = Tell us in one message why you should be let in again. A person will read it. You can do this once, so say all that matters: up to 1,000 characters.
appeal-in-words = I need it in words, please: one text message.
appeal-heard = ✓ Thank you. A person will read it, and you’ll get the answer here.
appeal-waits = ⏳ Your message has been with the people who run this bot since { DATETIME($since, dateStyle: "medium", timeStyle: "short") }. A person will read it, and the answer comes here in this chat. You don’t have to do anything.
appeal-answered = Your message was read, and answered on { DATETIME($at, day: "numeric", month: "long", year: "numeric") }: it stays as it is. That can be asked once. Your data is still yours: /privacy. About payments: /paysupport
appeal-before = You wrote to us about this on { DATETIME($at, day: "numeric", month: "long", year: "numeric") }, and your message was deleted with your data. It can be asked once. About payments: /paysupport
appeal-free = Nobody has blocked you: you can use the bot as always.
act-case-open-recipe = opened a reported recipe
act-case-open-photos = opened photos that wait
act-case-open-appeal = opened an appeal
act-case-keep = kept a reported recipe
act-case-block = blocked after a report
act-case-hide = hid a reported recipe
act-case-allow = allowed a training
act-case-refuse = refused a training
act-case-unblock = let in after an appeal
act-case-stay = turned an appeal down
act-case-category = { $about }
## Trouble: what operators are told of, and what they can do about it
button-trouble = ⚠️ Trouble
button-look-again = 🔄 Look again
button-try-now = 🔑 Ask fal now
button-restore = ↺ Use { $endpoint } again
button-dead-generation = 📭 Pictures given up
button-dead-training = 📭 Trainings given up
trouble-none = ✅ <b>No trouble</b>
  fal, the disk, the books and the bot are all right, and nothing was given up.
trouble-since = <i>Since { DATETIME($since, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") }</i>
trouble-over = ✅ <b>Over</b>, after { $minutes } min:
trouble-key-refused = 🔑 <b>fal refuses the key, or there’s no money left</b>
  Pictures and trainings wait, and nothing is lost. Check FAL_KEY and the account at fal.
trouble-key-yes = fal takes the key. What waits goes on within half a minute. Whether there’s money shows with the next order.
trouble-key-no = fal still refuses the key.
trouble-key-unknown = fal gave no clear answer. Try again in a minute.
trouble-unreadable = 🌫 <b>fal’s answers to orders can’t be read</b>
  Nothing is bought but one try a minute, so that nobody pays twice. Look at what stands between us and fal.
trouble-endpoint = 🚧 <b>fal takes no jobs for { $endpoint }</b>
trouble-endpoint-stand-in = { $endpoint } stands in for it.
trouble-endpoint-away = Nothing can stand in for it: people are told so.
trouble-restored = { $endpoint } is used again.
trouble-dead-generation = 📭 <b>{ $count ->
    [one] { $count } picture was given up
   *[other] { $count } pictures were given up
  }</b>
  It kept failing, however often it was tried. See why, then try again or give the credits back.
trouble-dead-training = 📭 <b>{ $count ->
    [one] { $count } training was given up
   *[other] { $count } trainings were given up
  }</b>
  It kept failing, however often it was tried. See why, then try again or give the credits back.
trouble-dead-update = 📭 <b>{ $count ->
    [one] { $count } message was given up
   *[other] { $count } messages were given up
  }</b>
  People were asked to write again. <code>aisha updates list</code> says why.
trouble-disk = 💾 <b>The disk is nearly full</b>
  { $free } MB are free. Nothing is bought until there’s room; what is there can still be seen.
trouble-pollers = 👯 <b>Another program takes this bot’s messages</b>
  Only one may. Stop the other, or get a new token from BotFather.
trouble-books = 🧮 <b>The ledger doesn’t add up</b>
  It’s off by { $credits }. <code>aisha doctor --full</code> says where.
trouble-case = 🚩 <b>Something waits for your word</b>
trouble-star-books = ⭐ <b>Telegram’s books of Stars and ours differ</b>
  Payments: { $payments }, Stars: { $stars }. <code>aisha doctor</code> names them.
trouble-refunds = ↩ <b>Telegram hasn’t answered a refund for half an hour</b>
  Payments: { $payments }, Stars: { $stars }. I keep asking every few minutes. <code>aisha payments list</code> names them.
trouble-unknown-payments = 💰 <b>Money came for an offer I don’t know</b>
  Payments: { $payments }, Stars: { $stars }. Nobody got credits for it yet: give some, or give the Stars back.
button-waiting-payments = 💰 Payments
waiting-payments-title = 💰 <b>Payments that wait for you</b>
waiting-payments-none = ✅ No payment waits for you.
waiting-payments-more = There are more. They come up when these are settled.
waiting-payment = <b>{ $number }</b> · { $stars } ⭐ · { DATETIME($at, day: "numeric", month: "short", year: "numeric") } · <code>{ $user }</code>
waiting-payment-refund = Being refunded, and Telegram hasn’t said whether it went through. The credits are taken back already.
waiting-payment-offer = For an offer I don’t know. It brought no credits.
waiting-payment-charge = <code>{ $charge }</code>
button-ask-again = { $number } · 🔄 Ask again
button-stop-refund = { $number } · ✕ Stop
button-settle = { $number } · ➕ Credits
button-waiting-refund = { $number } · ↩ Refund
operator-say-settle = How many credits is this payment worth, and what is it for? For example: <code>120 old invoice</code>
  <code>0 settled by hand</code> takes it off the list without credits.
ask-refund-stop = <b>Stop the refund of { $stars } ⭐? { $name }</b>
  Do this only when @BotFather’s list of transactions shows that the Stars didn’t go back. { $credits } will be returned to the balance.
button-confirm-refund-stop = ✕ Stop the refund
ask-settle = <b>Give { $credits } for { $stars } ⭐? { $name }</b>
  The balance is { $before } now. They’ll get a receipt.
ask-settle-nothing = <b>Take { $stars } ⭐ off the list without credits? { $name }</b>
  Do this when it’s settled in another way. They won’t be told.
button-confirm-settle-nothing = ✓ Take it off
act-refund-stop = refund of { $stars } ⭐ stopped, { $credits } returned
act-payment-settle = payment of { $stars } ⭐ settled: { $credits }
trouble-budget-day = 💵 <b>Today’s budget is nearly spent</b>
  { $spent } of { $budget }, estimated. When it’s gone, new orders wait until midnight (UTC); what was begun is finished.
trouble-budget-month = 💵 <b>This month’s budget is nearly spent</b>
  { $spent } of { $budget }, estimated. When it’s gone, new orders wait until next month; what was begun is finished.
trouble-budget-spent-day = 💵 <b>Today’s budget is spent</b>
  { $spent } of { $budget }, estimated. New orders wait until midnight (UTC); what was begun is finished.
trouble-budget-spent-month = 💵 <b>This month’s budget is spent</b>
  { $spent } of { $budget }, estimated. New orders wait until next month; what was begun is finished.
act-endpoint-restore = <code>{ $endpoint }</code> used again
act-budget-reset = budget begun anew
act-picture-limit = pictures a day: { $count }
act-picture-limit-usual = pictures a day: as everybody

## Operators: what may be spent
button-budget = 💵 Budget
budget-title = 💵 <b>Budget</b> (UTC, estimated)
budget-day = Today: { $spent } of { $limit }
budget-month = This month: { $spent } of { $limit }
budget-day-any = Today: { $spent }, no limit
budget-month-any = This month: { $spent }, no limit
budget-pictures = Pictures a day for each person: { $count }
budget-pictures-any = Pictures a day for each person: no limit
budget-how = <code>/admin limit 123456789 50</code> gives one person more or fewer pictures a day.
  <code>/admin limit 123456789 usual</code> gives them as many as everybody.
budget-reset-done = 💵 The day and the month begin anew: orders go on.
button-budget-reset = 🔄 Start over
budget-reset-ask = <b>Start the day and the month over?</b>
  Spent today: { $day }, this month: { $month }. Both begin at zero, and orders are taken again.
button-budget-reset-yes = ✓ Yes, start over
limit-done = 👤 <code>{ $user }</code> may now make { $count } pictures a day.
limit-usual = 👤 <code>{ $user }</code> may now make as many pictures a day as everybody.
limit-off = There is no limit of pictures a day (DAILY_PICTURES), so this counts once there is one.

## What was given up, and what happened to a job
job-name-generation = 🖼 Picture #{ $id }
job-name-training = 🎓 Training #{ $id }
button-what-happened = 🕘 What happened
button-dead-newer = ‹ Newer
button-dead-older = Older ›
button-dead-replay = ↻ Try again
button-dead-give-back = ↩ Give back
button-dead-take-off = ✓ Off the list
button-dead-replay-yes = ✓ Yes, try again
button-dead-give-back-yes = ✓ Yes, give them back
button-dead-take-off-yes = ✓ Yes, off the list
button-dead-no = ✕ No
dead-letters-none = ✅ Nothing is left here.
dead-letters-generation = 📭 <b>Pictures given up: { $count }</b>
dead-letters-training = 📭 <b>Trainings given up: { $count }</b>
dead-letter = <b>{ $job }</b> · { DATETIME($at, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit") } · <code>{ $user }</code>
dead-reason-open = It could not even be ended:
dead-reason-content_policy = fal refused the words:
dead-reason-no_media = fal gave no picture:
dead-reason-refused_input = fal refused the order:
dead-reason-file_unavailable = A file that it needs is gone:
dead-reason-endpoint_retired = fal no longer serves the endpoint:
dead-reason-timeout = It took too long:
dead-reason-provider_error = fal failed:
dead-reason-bad_result = The result arrived damaged:
dead-reason-unusable_result = The result can’t be taken in:
dead-reason-lost = fal never said what became of it:
dead-reason-cancelled_elsewhere = Somebody else cancelled it at fal:
dead-reason-undeliverable = No chat takes the pictures:
dead-reason-gave_up = A step of ours kept failing:
dead-letter-owed = ⚠️ { $credits } are still held for it.
dead-letter-is-back = Its credits are back already.
dead-letter-gone = It isn’t on the list any more: it was tried again, or taken off.
dead-letter-no-replay = There’s nothing to try again.
dead-letter-can-replay = Another try sets aside { $again } of their { $balance }. If it fails, they come back.
dead-letter-poor = Another try needs { $again }, and they have { $balance }: give them some first.
dead-letter-replay-ask = ↻ <b>Try again?</b> { $job }
  { $credits } of the { $balance } that <code>{ $user }</code> has are set aside. If it fails, they come back.
dead-letter-give-back-ask = ↩ <b>Give { $credits } back?</b> { $job }
  <code>{ $user }</code> gets them and is told that it didn’t work. It ends for good.
dead-letter-take-off-ask = ✓ <b>Take it off the list?</b> { $job }
  <code>{ $user }</code> was told and has the credits back. Nothing else changes.
dead-letter-replayed = ↻ { $job } is being tried again. { $credits } of <code>{ $user }</code> are set aside.
dead-letter-given-back = ↩ { $credits } went back to <code>{ $user }</code>. { $job } is off the list.
dead-letter-taken-off = ✓ { $job } is off the list.
act-job-replay = { $job } tried again · { $credits }
act-job-give-back = { $job } taken off · { $credits } back
job-unknown = I know no such job. Send <code>/admin job</code> and the beginning of its id, four letters or more.
job-several = Which one?
job-story = 🕘 <b>{ $job }</b>
  <code>{ $id }</code>
  <code>{ $user }</code> · <b>{ $state }</b> · { $endpoint }
job-story-calls = calls { $calls } · in doubt { $doubts } · tries { $tries }
job-story-worker = in the hands of <code>{ $worker }</code>
job-story-error = last error: <i>{ $error }</i>
button-story-earlier = ‹ Earlier
button-story-later = Later ›
moment-day = <b>{ $day }</b> (UTC)
moment-line = <code>{ $time }</code> { $what }
moment-line-facts = <code>{ $time }</code> { $what } · <i>{ $facts }</i>
moment-accepted = accepted
moment-hold = credits set aside
moment-capture = credits charged
moment-release = credits released
moment-refund = credits given back
moment-waits-until = waits until
moment-submitting = sent to fal
moment-in-doubt = no answer, in doubt
moment-submitted = fal took it
moment-training = fal trains
moment-collected = pictures are here
moment-delivered = handed over
moment-ready = avatar ready
moment-told = person told
moment-proof-sheet = proof sheet shown
moment-failed = failed
moment-blocked = withheld as unsafe
moment-cancelled = cancelled
moment-webhook = fal called
moment-image = picture kept
moment-image-deleted = picture deleted
moment-progress = progress shown
moment-draft = draft shown
moment-follow-up = what follows taken up
moment-given-up = given up
