const SVG = 'http://www.w3.org/2000/svg';
const NAMES = ['top', 'bottom', 'text', 'muted', 'line', 'panel', 'contour', 'marker', 'first', 'second', 'third'];

/** The colours of the style sheet, for what is drawn on canvases. */
export function theme() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Calls back when the preference for light or dark has changed. */
export function onThemeChange(callback) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', callback);
}

/** An element with properties and children; text is never read as HTML. */
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/** An element of a drawing, with attributes and text. */
export function svg(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}
