const SVG = 'http://www.w3.org/2000/svg';
const NAMES = 'top bottom text muted line panel contour marker first second third warn alarm'.split(' ');

let colors = null;

/** The colours of the style sheet, for what is drawn on canvases. */
export function theme() {
  if (!colors) {
    const style = getComputedStyle(document.documentElement);
    colors = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }
  return colors;
}

/** Says that the style sheet has other colours now. */
export function forgetTheme() {
  colors = null;
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
