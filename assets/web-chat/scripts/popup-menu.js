import { element } from './element.js';
import { icon } from './icons.js';

/** Opens a small menu beside a button or at a point; arrow keys move, Escape closes. */
export function openMenu(anchor, items, point, row) {
  const menu = element('div', { class: 'popup-menu', role: 'menu' });
  const close = () => {
    menu.remove();
    document.removeEventListener('pointerdown', closeOutside, true);
    anchor?.focus?.({ preventScroll: true });
  };
  const closeOutside = (event) => {
    if (!menu.contains(event.target)) close();
  };
  const chosen = (choose) => () => {
    close();
    choose();
  };
  if (row !== undefined) menu.append(renderRow(row, chosen));
  for (const { label, icon: name, isChosen, isDangerous, choose } of items) {
    menu.append(
      element(
        'button',
        {
          type: 'button',
          role: isChosen === undefined ? 'menuitem' : 'menuitemradio',
          'aria-checked': isChosen === undefined ? undefined : String(isChosen),
          class: `popup-item ${isDangerous ? 'is-dangerous' : ''}`,
          onclick: chosen(choose),
        },
        icon(name),
        element('span', {}, label),
        isChosen ? element('span', { class: 'popup-chosen', 'aria-hidden': 'true' }, '✓') : undefined,
      ),
    );
  }
  menu.addEventListener('keydown', (event) => {
    const buttons = [...menu.querySelectorAll('button')];
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (step !== undefined) {
      const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
      buttons[next].focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(menu);
  place(menu, anchor, point);
  menu.querySelector('.popup-item')?.focus({ preventScroll: true });
  document.addEventListener('pointerdown', closeOutside, true);
}

/** Emoji beside each other, above the items. */
const renderRow = ({ label, buttons }, chosen) =>
  element(
    'div',
    { class: 'popup-row', role: 'group', 'aria-label': label },
    buttons.map(({ emoji, isChosen, choose }) =>
      element(
        'button',
        {
          type: 'button',
          role: 'menuitemradio',
          'aria-checked': String(isChosen),
          class: isChosen ? 'popup-emoji is-chosen' : 'popup-emoji',
          onclick: chosen(choose),
        },
        emoji,
      ),
    ),
  );

/** Inside the window, below what it belongs to where there is room, else above. */
function place(menu, anchor, point) {
  const { width, height } = menu.getBoundingClientRect();
  const box = point
    ? { left: point.x, right: point.x, top: point.y, bottom: point.y }
    : anchor.getBoundingClientRect();
  const left = point === undefined && box.left > innerWidth / 2 ? box.right - width : box.left;
  const top = box.bottom + height + 8 > innerHeight ? box.top - height - 4 : box.bottom + 4;
  menu.style.setProperty('left', `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
  menu.style.setProperty('top', `${Math.max(8, top)}px`);
}
