/**
 * Builds an element. Children are elements or strings, and strings only ever become text nodes:
 * nothing that somebody wrote can turn into markup.
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') made.className = value;
    else if (name === 'style')
      for (const [key, entry] of Object.entries(value)) made.style.setProperty(key, entry);
    else if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  append(made, children);
  return made;
}

export function append(parent, children) {
  const given = children.flat(5).filter((child) => child !== undefined && child !== null && child !== false);
  parent.append(...given);
}

/** A button with an icon and a name that is read aloud and shown as a hint. */
export function iconButton(icon, label, onclick, properties = {}) {
  return element(
    'button',
    {
      type: 'button',
      title: label,
      'aria-label': label,
      onclick,
      ...properties,
      class: `icon-button ${properties.class ?? ''}`,
    },
    icon,
  );
}
