import { nameOf } from './avatar.js';
import { openDialog } from './dialogs.js';
import { element, iconButton } from './element.js';
import { dayOf, timeOf } from './format.js';
import { icon } from './icons.js';
import { fileUrl } from './requests.js';
import { store } from './store.js';

const isPicture = ({ photo, document }) =>
  photo !== undefined || /^image\/(jpeg|png|webp|gif)$/.test(document?.mime_type ?? '');

const pictureOf = ({ photo, document }) => (photo === undefined ? document.file_id : photo.at(-1).file_id);

/** A picture over the whole window; arrows go through all pictures of the chat, Escape closes. */
export function openLightbox({ conversation: { chatId }, words }, messageId) {
  const pictures = store.messages(chatId).filter(isPicture);
  let index = pictures.findIndex(({ id }) => id === messageId);
  if (index < 0) return;

  const image = element('img', { class: 'lightbox-image', alt: words.photo, draggable: 'false' });
  const author = element('div', { class: 'lightbox-author' });
  const caption = element('p', { class: 'lightbox-caption', dir: 'auto' });
  const save = element(
    'a',
    { class: 'icon-button', 'aria-label': words.save, title: words.save, download: true },
    icon('download'),
  );
  const previous = iconButton(icon('previous'), words.previousPhoto, () => go(-1), {
    class: 'lightbox-step is-previous',
  });
  const next = iconButton(icon('next'), words.nextPhoto, () => go(1), { class: 'lightbox-step is-next' });

  const show = () => {
    const message = pictures[index];
    image.src = fileUrl(pictureOf(message));
    image.classList.remove('is-large');
    save.href = fileUrl(pictureOf(message), { save: true });
    save.hidden = message.isProtected === true;
    author.replaceChildren(
      element('strong', {}, nameOf(message.from, words)),
      element(
        'span',
        {},
        `${words.dayAndTime(dayOf(message.date, words), timeOf(message.date))} · ${words.numberOf(index + 1, pictures.length)}`,
      ),
    );
    caption.textContent = message.caption ?? '';
    previous.hidden = index === 0;
    next.hidden = index === pictures.length - 1;
  };
  const go = (step) => {
    index = Math.min(pictures.length - 1, Math.max(0, index + step));
    show();
  };
  const dialog = openDialog(
    (close) => {
      const stage = element('div', { class: 'lightbox-stage' }, image);
      stage.addEventListener('click', (event) => {
        if (event.target === image) image.classList.toggle('is-large');
        else close();
      });
      return [
        element(
          'header',
          { class: 'lightbox-bar' },
          author,
          save,
          iconButton(icon('close'), words.close, close),
        ),
        stage,
        previous,
        next,
        caption,
      ];
    },
    { class: 'lightbox', label: words.photo },
  );
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft') go(-1);
    if (key === 'ArrowRight') go(1);
  });
  show();
}
