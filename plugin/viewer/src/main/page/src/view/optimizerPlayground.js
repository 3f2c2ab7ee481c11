import { Descent, OPTIMIZERS } from '../math/optimizers.js';
import { label } from '../math/numbers.js';
import { element } from './dom.js';

const COLORS = ['first', 'second', 'third'];
const MOST = 6;
const STEPS_A_SECOND = 20;

/**
 * Optimizers of two parameters on the current surface. They descend its values, not their logarithms. Dispatches
 * `change` when a path has changed.
 */
export class OptimizerPlayground extends EventTarget {
  #due = 0;

  constructor() {
    super();
    const get = (id) => document.getElementById(id);
    this.panel = get('playground');
    this.form = get('playground-form');
    this.list = get('playground-list');
    this.descents = [];
    const { kind, beta1, beta2 } = this.form.elements;
    kind.append(...Object.entries(OPTIMIZERS).map(([value, { label: text }]) => element('option', { value, text })));
    [beta1.value, beta2.value, this.form.elements.rate.value] = [0.9, 0.999, -1.5];
    this.form.addEventListener('submit', (event) => event.preventDefault());
    this.form.addEventListener('input', () => this.#showOptions());
    get('playground-clear').addEventListener('click', () => this.clear());
    this.#showOptions();
  }

  /** Whether clicks on the surface drop an optimizer. */
  get armed() {
    return this.panel.open;
  }

  get moving() {
    return this.descents.some(({ descent }) => !descent.outcome);
  }

  /** Starts an optimizer at a point; the oldest of more than six is removed. */
  drop(point) {
    const descent = new Descent(this.form.elements.kind.value, this.#options(), point);
    const color = COLORS[Object.keys(OPTIMIZERS).indexOf(descent.kind)];
    this.descents = [...this.descents, { descent, color }].slice(-MOST);
    this.#changed();
  }

  clear() {
    this.descents = [];
    this.#changed();
  }

  /** Advances all optimizers by a number of seconds. */
  advance(seconds, field, scale) {
    this.#due += seconds * STEPS_A_SECOND;
    const value = (height) => scale.value(height);
    const gradient = (alpha, beta) => field.gradient(alpha, beta, value);
    for (; this.#due >= 1; this.#due--) {
      this.descents.forEach(({ descent }) => descent.advance(gradient));
    }
    this.#changed(field, scale);
  }

  #options() {
    const { rate, beta1, beta2 } = this.form.elements;
    return { rate: 10 ** Number(rate.value), beta1: Number(beta1.value), beta2: Number(beta2.value) };
  }

  #showOptions() {
    const options = this.#options();
    const { momenta } = OPTIMIZERS[this.form.elements.kind.value];
    for (const [name, value] of Object.entries(options)) {
      this.form.elements[`${name}-value`].value = label(value, 3);
    }
    for (const name of ['beta1', 'beta2']) {
      this.form.querySelector(`[data-for=${name}]`).hidden = !momenta.includes(name);
    }
  }

  #changed(field, scale) {
    const items = this.descents.map(({ descent, color }) => {
      const height = field ? field.at(...descent.position) : NaN;
      const where = Number.isFinite(height) ? `, at ${label(scale.value(height))}` : '';
      const text = `${OPTIMIZERS[descent.kind].label}: ${descent.path.length - 1} steps${where}`;
      const outcome = descent.outcome ? `, ${descent.outcome}` : '';
      return element('li', { className: `color-${color}`, textContent: text + outcome });
    });
    this.list.replaceChildren(...items);
    this.dispatchEvent(new Event('change'));
  }
}
