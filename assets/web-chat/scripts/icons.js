const namespace = 'http://www.w3.org/2000/svg';

/** Outlines on a field of 24 by 24. */
const outlines = {
  back: 'M14.5 5 8 12l6.5 7M8.5 12H20',
  attach: 'm17.5 12.2-5.7 5.7a4 4 0 0 1-5.7-5.7l7-7a2.7 2.7 0 0 1 3.8 3.8l-7 7a1.3 1.3 0 0 1-1.9-1.9l6-6',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'M12 5v13M6 12.5l6 6 6-6',
  chevron: 'm7 10 5 5 5-5',
  next: 'm9 5 7 7-7 7',
  previous: 'm15 5-7 7 7 7',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 20h14',
  keyboard: 'M4 6h16v12H4zM8 10h.01M12 10h.01M16 10h.01M8 14h8',
  columns: 'M4 5h16v14H4zM12 5v14',
  bolt: 'M13 3 5 13.5h6L10.5 21 19 10.5h-6z',
  moon: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1',
  menu: 'M4 7h16M4 12h16M4 17h16',
  forward: 'M14 6l6 6-6 6M19.5 12H10c-4 0-6 2.5-6 6',
  reply: 'M10 6 4 12l6 6M4.5 12H14c4 0 6 2.5 6 6',
  copy: 'M9 9h10v11H9zM6 15H5V4h10v2',
  edit: 'M5 19h3.5L19 8.5 15.5 5 5 15.5z',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01',
  file: 'M7 3.5h7l4 4V20.5H7zM14 3.5V8h4',
  globe:
    'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM3.5 12h17M12 3.5c3 2.5 3.5 5.5 3.5 8.5s-.5 6-3.5 8.5c-3-2.5-3.5-5.5-3.5-8.5s.5-6 3.5-8.5z',
  block: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6 6l12 12',
  pin: 'M14 4l6 6-4 1.5-3.5 3.5-.5 4-7-7 4-.5L12.5 8z M8.5 15.5 4 20',
  checks: 'm2.5 12.5 4 4 8-9M10.5 15.5l1 1 8-9',
  link: 'M9.5 14.5l5-5M11 7l1.5-1.5a4 4 0 0 1 6 6L17 13M13 17l-1.5 1.5a4 4 0 0 1-6-6L7 11',
};

const filled = {
  stop: 'M7.5 6h9c.8 0 1.5.7 1.5 1.5v9c0 .8-.7 1.5-1.5 1.5h-9c-.8 0-1.5-.7-1.5-1.5v-9C6 6.7 6.7 6 7.5 6z',
  send: 'M4.3 4.7 20.6 11.2c.8.3.8 1.3 0 1.6L4.3 19.3c-.7.3-1.4-.4-1.1-1.1L5.2 13l8.3-1-8.3-1-2-5.2c-.3-.7.4-1.4 1.1-1.1z',
  more: 'M12 5.2a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zM12 10.3a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4zM12 15.4a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z',
  star: 'm12 2.8 2.7 5.9 6.4.7-4.8 4.3 1.4 6.3L12 16.8 6.3 20l1.4-6.3-4.8-4.3 6.4-.7z',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 18.5c0-3 3-5 6.5-5s6.5 2 6.5 5zM16 6a3 3 0 1 1 0 6M17 13.7c2.7.4 4.5 2.2 4.5 4.8H17',
};

/** An icon drawn in the colour of the text around it. */
export function icon(name) {
  const drawing = document.createElementNS(namespace, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('class', name in filled ? 'icon icon-filled' : 'icon');
  drawing.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', filled[name] ?? outlines[name] ?? '');
  drawing.append(path);
  return drawing;
}
