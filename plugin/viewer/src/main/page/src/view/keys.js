import { element } from './dom.js';

/**
 * Keys of the whole page, and the dialog that lists them. A key does nothing while a field that takes it has the focus,
 * nor with Ctrl, Alt or Meta.
 *
 * @param {[string[], string, () => void][]} actions keys, what they do in words, and that
 */
export function bindKeys(actions) {
  const help = document.getElementById('help');
  const all = [...actions, [['?'], 'these keys', () => help.showModal()]];
  const others = [
    ['Arrow keys, + and \u2212', 'with the surface in focus: turn, draw nearer and away'],
    ['Mouse', 'drag to turn, wheel to draw nearer, right button to move'],
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

/** Whether the element in focus has a use for the key itself; the time slider's keys are the page's. */
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
