import { element } from './element.js';
import { sizeOf } from './format.js';
import { icon } from './icons.js';
import { openLightbox } from './lightbox.js';
import { arrange } from './mosaic.js';
import { fileUrl } from './requests.js';

/** Pixels a picture in a bubble may take. */
const widest = 420;
const highest = 440;
const narrowest = 180;
const narrowestWithButtons = 280;

/** The pictures or files of a message or album; undefined when it has none. */
export function renderMedia(messages, context, old) {
  const photos = messages.filter(({ photo }) => photo !== undefined);
  if (photos.length > 0) return renderPhotos(photos, context, old);
  const [first] = messages;
  if (first.invoice !== undefined)
    return { node: renderInvoice(first.invoice, context.words), class: 'has-invoice' };
  const documents = messages.filter(({ document }) => document !== undefined);
  if (documents.length === 0) return undefined;
  return {
    node: element(
      'div',
      { class: 'documents' },
      documents.map((message) => renderDocument(message, context)),
    ),
    class: 'has-file',
  };
}

function renderPhotos(messages, context, old) {
  const sizes = messages.map(({ photo }) => photo.at(-1));
  const { width, height } =
    messages.length === 1
      ? single(sizes[0], messages[0].buttons.length > 0)
      : { width: widest, height: undefined };
  // After an edit of caption or buttons the same pictures stay as they are, so that nothing flickers.
  const signature = sizes.map(({ file_id }) => file_id).join();
  const known = old?.querySelector('.photos');
  const kept = known?.dataset.signature === signature ? known : undefined;
  const node =
    kept ??
    element('div', { class: `photos ${messages.length > 1 ? 'is-album' : ''}`, 'data-signature': signature });
  if (kept === undefined) {
    const layout =
      messages.length === 1
        ? { height: height / width, places: [{ left: 0, top: 0, width: 1, height: 1 }] }
        : arrange(sizes.map((size) => size.width / size.height));
    node.style.setProperty('aspect-ratio', `1 / ${layout.height}`);
    node.style.setProperty('width', `${messages.length > 1 ? width + 2 : width}px`);
    node.append(
      ...messages.map((message, index) => tile(message, sizes[index], layout.places[index], context)),
    );
  }
  return { node, width, isPicture: true, class: 'has-photos' };
}

/** As large as fits, keeping its shape; long strips are cut at the sides. */
function single({ width, height }, hasButtons) {
  const scale = Math.min(widest / width, highest / height, 1);
  return {
    width: Math.max(hasButtons ? narrowestWithButtons : narrowest, Math.round(width * scale)),
    height: Math.max(90, Math.round(height * scale)),
  };
}

function tile(message, size, place, context) {
  const percent = (part) => `${(part * 100).toFixed(3)}%`;
  const press = ({ currentTarget }) => {
    if (!currentTarget.classList.contains('is-covered')) return openLightbox(context, message.id);
    currentTarget.classList.remove('is-covered');
    currentTarget.setAttribute('aria-label', context.words.openPhoto(size.width, size.height));
  };
  return element(
    'button',
    {
      type: 'button',
      class: `tile ${message.isCovered ? 'is-covered' : ''}`,
      'aria-label': message.isCovered
        ? context.words.coveredPhoto
        : context.words.openPhoto(size.width, size.height),
      style: {
        left: percent(place.left),
        top: percent(place.top),
        width: percent(place.width),
        height: percent(place.height),
      },
      onclick: press,
    },
    element('img', {
      src: fileUrl(size.file_id),
      alt: message.caption ?? context.words.photo,
      draggable: 'false',
      decoding: 'async',
    }),
  );
}

function renderDocument(message, context) {
  const { document } = message;
  const { words } = context;
  const isPicture = /^image\/(jpeg|png|webp|gif)$/.test(document.mime_type ?? '');
  const label = (isPicture ? words.openFile : words.saveFile)(document.file_name);
  const extension = document.file_name?.match(/\.(\w{1,4})$/)?.[1] ?? '';
  const face =
    document.thumbnail === undefined
      ? element('span', { class: 'file-icon' }, icon('file'), element('span', {}, extension))
      : element('img', { class: 'file-thumbnail', src: fileUrl(document.thumbnail.file_id), alt: '' });
  const open = isPicture
    ? element(
        'button',
        {
          type: 'button',
          class: 'file-face',
          'aria-label': label,
          onclick: () => openLightbox(context, message.id),
        },
        face,
      )
    : element(
        message.isProtected ? 'span' : 'a',
        {
          class: 'file-face',
          ...(message.isProtected
            ? {}
            : { 'aria-label': label, href: fileUrl(document.file_id, { save: true }), download: true }),
        },
        face,
      );
  return element(
    'div',
    { class: 'file' },
    open,
    element(
      'span',
      { class: 'file-lines' },
      element('span', { class: 'file-name' }, document.file_name),
      element(
        'span',
        { class: 'file-size' },
        sizeOf(document.file_size ?? 0, words),
        ...(message.isProtected
          ? []
          : [
              ' ',
              element(
                'a',
                { href: fileUrl(document.file_id, { save: true }), download: true },
                words.download,
              ),
            ]),
      ),
    ),
  );
}

const renderInvoice = (invoice, words) =>
  element(
    'div',
    { class: 'invoice' },
    element('strong', { class: 'invoice-title' }, invoice.title),
    element('p', {}, invoice.description),
    element(
      'span',
      { class: 'invoice-price' },
      invoice.currency === 'XTR' ? icon('star') : undefined,
      invoice.currency === 'XTR'
        ? words.stars(invoice.total_amount)
        : `${invoice.total_amount} ${invoice.currency}`,
    ),
  );
