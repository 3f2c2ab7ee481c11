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
