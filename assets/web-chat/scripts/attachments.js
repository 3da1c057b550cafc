import { openDialog } from './dialogs.js';
import { element } from './element.js';
import { sizeOf } from './format.js';
import { icon } from './icons.js';
import { upload } from './requests.js';

const isPhoto = (file) => /^image\/(jpeg|png|webp)$/.test(file.type);

/** Lets the person pick files; never resolves when they change their mind. */
export function chooseFiles(accept) {
  return new Promise((resolve) => {
    const input = element('input', { type: 'file', multiple: true, accept });
    input.addEventListener('change', () => resolve([...input.files]));
    input.click();
  });
}

/** Shows what will be sent, with a caption and the choice to send photos as files. */
export function openAttachments(context, { files, asFiles, caption, replyTo, sent, closed }) {
  if (files.length === 0) return;
  const { words } = context;
  const photos = files.filter(isPhoto);
  const previews = files.map((file) => (isPhoto(file) ? URL.createObjectURL(file) : undefined));
  const captionInput = element('textarea', {
    class: 'input',
    rows: '1',
    placeholder: words.addCaption,
    'aria-label': words.caption,
    dir: 'auto',
  });
  captionInput.value = caption;
  const whole = element('input', { type: 'checkbox' });
  whole.checked = asFiles;
  const problem = element('p', { class: 'pay-problem', role: 'alert' });
  const arePhotos = photos.length === files.length && !asFiles;
  const title = (arePhotos ? words.sendPhotos : words.sendFiles)(files.length);
  openDialog(
    (close) => {
      const send = async (event) => {
        event.preventDefault();
        const button = event.currentTarget.querySelector('.dialog-button.is-main');
        button.disabled = true;
        try {
          const { personId, chatId } = context.conversation;
          await upload(personId, {
            files,
            caption: captionInput.value,
            chatId,
            replyTo,
            asFiles: whole.checked,
          });
          sent();
          close();
          context.scrollToBottom();
        } catch (error) {
          button.disabled = false;
          problem.textContent = error.message;
        }
      };
      const form = element(
        'form',
        { class: 'attach-form', onsubmit: send },
        element('h2', { class: 'dialog-title' }, title),
        element(
          'div',
          { class: `attach-previews ${files.length > 1 ? 'is-many' : ''}` },
          files.map((file, index) => preview(file, previews[index], words)),
        ),
        photos.length > 0 ? element('label', { class: 'attach-whole' }, whole, words.asFiles) : undefined,
        problem,
        element('div', { class: 'input-box' }, captionInput),
        element(
          'div',
          { class: 'dialog-buttons' },
          element('button', { type: 'button', class: 'dialog-button', onclick: close }, words.cancel),
          element('button', { type: 'submit', class: 'dialog-button is-main' }, words.send),
        ),
      );
      captionInput.addEventListener('keydown', (event) => {
        if (event.key !== 'Enter' || event.shiftKey) return;
        event.preventDefault();
        form.requestSubmit();
      });
      return form;
    },
    {
      class: 'attach',
      label: title,
      onclose: () => {
        for (const url of previews) if (url !== undefined) URL.revokeObjectURL(url);
        closed();
      },
    },
  );
  captionInput.focus();
}

function preview(file, url, words) {
  if (url !== undefined) return element('img', { class: 'attach-photo', src: url, alt: file.name });
  return element(
    'div',
    { class: 'file' },
    element('span', { class: 'file-icon' }, icon('file')),
    element(
      'span',
      { class: 'file-lines' },
      element('span', { class: 'file-name' }, file.name),
      element('span', { class: 'file-size' }, sizeOf(file.size, words)),
    ),
  );
}

/** Two fields appear while files are dragged over the chat: as photos, or as they are. */
export function watchDrops({ root, words }, dropped) {
  const field = (label, hint, asFiles) => {
    const target = element(
      'div',
      { class: 'drop-field' },
      element('strong', {}, label),
      element('span', {}, hint),
    );
    target.addEventListener('dragover', (event) => {
      event.preventDefault();
      target.classList.add('is-over');
    });
    target.addEventListener('dragleave', () => target.classList.remove('is-over'));
    target.addEventListener('drop', (event) => {
      event.preventDefault();
      hide();
      dropped([...event.dataTransfer.files], asFiles);
    });
    return target;
  };
  const fields = element(
    'div',
    { class: 'drop-fields', hidden: true },
    field(words.dropFiles, words.uncompressed, true),
    field(words.dropPhotos, words.quickly, false),
  );
  const hide = () => {
    fields.hidden = true;
    for (const target of fields.children) target.classList.remove('is-over');
  };
  const enter = (event) => {
    if (event.dataTransfer?.types.includes('Files')) fields.hidden = false;
  };
  const leave = (event) => {
    if (!root.contains(event.relatedTarget)) hide();
  };
  root.append(fields);
  root.addEventListener('dragenter', enter);
  root.addEventListener('dragleave', leave);
  return () => fields.remove();
}
