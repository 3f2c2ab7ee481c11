import { element } from './dom.js';

/**
 * The page's keys and the dialog that lists them. A key does nothing while a field that uses it has the focus, or with
 * Ctrl, Alt or Meta.
 *
 * @param {[string[], string, () => void][]} actions keys, a description, and the action
 */
export function bindKeys(actions) {
  const help = document.getElementById('help');
  const all = [...actions, [['?'], 'these keys', () => help.showModal()]];
  const others = [
    ['Arrow keys, + and \u2212', 'with the surface focused: rotate and zoom'],
    ['Mouse', 'drag to rotate, wheel to zoom, right button to pan'],
  ];
  document
    .getElementById('keys')
    .append(
      ...[...all.map(([keys, what]) => [keys.map(named).join(', '), what]), ...others].flatMap(([keys, what]) => [
        element('dt', { textContent: keys }),
        element('dd', { textContent: what }),
      ]),
    );
  document.getElementById('help-open').addEventListener('click', () => help.showModal());
  document.addEventListener('keydown', (event) => {
    const found = all.find(([keys]) => keys.includes(event.key));
    if (found && !event.ctrlKey && !event.altKey && !event.metaKey && !help.open && !isTaken(event)) {
      event.preventDefault();
      found[2]();
    }
  });
}

function named(key) {
  return { ' ': 'Space', ArrowLeft: '\u2190', ArrowRight: '\u2192' }[key] ?? key;
}

/** Whether the focused element uses the key itself; the time slider's keys are the page's. */
function isTaken({ key, target }) {
  if (target.id === 'slider') {
    return false;
  }
  if (target instanceof HTMLSelectElement) {
    return true;
  }
  if (target instanceof HTMLInputElement && target.type === 'range') {
    return key.startsWith('Arrow') || key === 'Home' || key === 'End';
  }
  return key === ' ' && (target instanceof HTMLButtonElement || target instanceof HTMLInputElement);
}
