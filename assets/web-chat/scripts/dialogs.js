import { element } from './element.js';

/**
 * Opens a modal dialog; the browser keeps the focus inside and closes it on Escape.
 * `build` gets the function that closes it and returns its content. Returns the dialog.
 */
export function openDialog(build, { class: name = '', label, onclose } = {}) {
  const dialog = element('dialog', { class: `dialog ${name}`, 'aria-label': label });
  const opener = document.activeElement;
  const close = () => dialog.close();
  dialog.append(...[build(close)].flat());
  dialog.addEventListener('close', () => {
    dialog.remove();
    opener?.focus?.({ preventScroll: true });
    onclose?.();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

const button = (label, onclick, properties = {}) =>
  element('button', { type: 'button', class: 'dialog-button', onclick, ...properties }, label);

/** What a bot says with `show_alert`. */
export function showAlert(title, text, words) {
  openDialog(
    (close) => [
      element('h2', { class: 'dialog-title' }, title),
      element('p', { class: 'dialog-text' }, text),
      element('div', { class: 'dialog-buttons' }, button(words.ok, close, { autofocus: true })),
    ],
    { class: 'alert', label: title },
  );
}

/** Resolves with true when the person agrees to `agree`. */
export function confirmWith({ title, text, agree }, words) {
  return new Promise((resolve) => {
    let answer = false;
    openDialog(
      (close) => {
        const yes = () => {
          answer = true;
          close();
        };
        return [
          element('h2', { class: 'dialog-title' }, title),
          element('p', { class: 'dialog-text' }, text),
          element(
            'div',
            { class: 'dialog-buttons' },
            button(words.cancel, close),
            button(agree, yes, { autofocus: true }),
          ),
        ];
      },
      { class: 'alert', label: title, onclose: () => resolve(answer) },
    );
  });
}
