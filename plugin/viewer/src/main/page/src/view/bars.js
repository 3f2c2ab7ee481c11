import { Axis } from '../math/axis.js';
import { label } from '../math/numbers.js';
import { element, svg } from './dom.js';

const WIDTH = 100;
const HEIGHT = 10;

/**
 * Values of the parts of the current frame, such as layers or classes, as bars on one scale for the whole run.
 *
 * @typedef {object} Parts
 * @property {string} heading of the table
 * @property {string} kind class of the section
 * @property {string} help of the choice
 * @property {(frame: object) => object[]} of a frame's parts
 * @property {(part: object) => {name: string, title: string}} named a part in words
 * @property {Record<string, {words: string, color: string, of: (part: object) => object | undefined}>} choices values of a part:
 *   `value`, `error` if it is known, and `open` where it has not converged
 * @property {(choice: string, frames: object[]) => string} how the values of a choice came about
 * @property {(frame: object) => string} absence why a frame has no parts
 */
export class Bars {
  #runs = [];
  #shown = [];

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.choice = element('select', { ariaLabel: parts.help });
    this.choice.addEventListener('change', () => this.#draw());
    this.how = element('p', { className: 'how' });
    this.table = element('table');
    const head = element('header', {}, element('h3', { textContent: parts.heading }));
    const className = `chart bars ${parts.kind}`;
    this.element = element('section', { className, hidden: true }, this.choice, head, this.how, this.table);
  }

  /** Takes runs that may have new frames. */
  take(runs) {
    this.#runs = runs;
    const all = this.#all();
    this.element.hidden = all.length === 0;
    const { choices } = this.parts;
    const offered = Object.keys(choices).filter((name) => all.some((part) => choices[name].of(part)));
    if (offered.length !== this.choice.options.length) {
      this.choice.replaceChildren(
        ...offered.map((value) => element('option', { value, textContent: choices[value].words })),
      );
    }
    this.#draw();
  }

  /** @param {{name: string, frame: object}[]} shown each run's current frame */
  show(shown) {
    const isShown = shown.length === this.#shown.length && shown.every(({ frame }, i) => frame === this.#shown[i].frame);
    if (!isShown) {
      this.#shown = shown;
      this.#draw();
    }
  }

  #all() {
    return this.#runs.flatMap(({ frames }) => frames.flatMap(this.parts.of));
  }

  #draw() {
    const choice = this.parts.choices[this.choice.value];
    if (this.element.hidden || !choice) {
      return;
    }
    const values = this.#all().map((part) => choice.of(part)?.value ?? NaN);
    const axis = Axis.showing('symlog', [...values, 0]);
    this.how.textContent = this.parts.how(
      this.choice.value,
      this.#shown.map(({ frame }) => frame),
    );
    this.table.replaceChildren(...this.#shown.map((each) => this.#group(each, choice, axis)));
  }

  #group({ name, frame }, choice, axis) {
    const heading = element('th', { colSpan: 3, scope: 'rowgroup', textContent: name });
    const rows = this.parts.of(frame).map((part) => row(this.parts.named(part), choice.of(part), choice, axis));
    const none = element('td', { colSpan: 3, className: 'how', textContent: this.parts.absence(frame) });
    return element(
      'tbody',
      {},
      ...(this.#shown.length > 1 ? [element('tr', {}, heading)] : []),
      ...(rows.length > 0 ? rows : [element('tr', {}, none)]),
    );
  }
}

function row({ name, title }, found, { color, unit = '' }, axis) {
  const error = found?.error === undefined ? '' : ` \u00b1 ${label(found.error, 2)}`;
  const value = found && Number.isFinite(found.value) ? `${label(found.value)}${unit}${error}` : '\u2013';
  const doubt = found?.open ? [' ', element('span', { className: 'doubt', textContent: 'not converged' })] : [];
  return element(
    'tr',
    {},
    element('th', { scope: 'row', textContent: name, title }),
    element('td', {}, bar(found, color, axis)),
    element('td', {}, value, ...doubt),
  );
}

/** From zero to the value, and its error, if there is one, as a line across the end. */
function bar(found, color, axis) {
  const x = (value) => WIDTH * Math.max(0, Math.min(1, axis.share(value)));
  const picture = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: 'none',
    class: `color-${color}`,
    'aria-hidden': 'true',
  });
  if (found && Number.isFinite(found.value)) {
    const [from, to] = [x(0), x(found.value)];
    const fill = { class: `bar${found.open ? ' open' : ''}`, x: Math.min(from, to), width: Math.abs(to - from) };
    picture.append(svg('rect', { ...fill, y: 1, height: HEIGHT - 2 }));
    if (found.error !== undefined) {
      const [low, high] = [x(found.value - found.error), x(found.value + found.error)];
      picture.append(svg('line', { class: 'error', x1: low, x2: high, y1: HEIGHT / 2, y2: HEIGHT / 2 }));
    }
  }
  picture.append(svg('line', { class: 'zero', x1: x(0), x2: x(0), y1: 0, y2: HEIGHT }));
  return picture;
}
