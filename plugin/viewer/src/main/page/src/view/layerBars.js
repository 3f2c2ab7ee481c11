import { Axis } from '../math/axis.js';
import { label } from '../math/numbers.js';
import { element, svg } from './dom.js';
import { wordsOf } from './words.js';

/** Values of a layer: an estimate with its error and whether it converged. */
const CHOICES = {
  largest: { words: 'largest eigenvalue', color: 'first', of: ({ largest }) => pair(largest) },
  smallest: { words: 'smallest eigenvalue', color: 'second', of: ({ smallest }) => pair(smallest) },
  trace: { words: 'trace', color: 'third', of: ({ trace }) => trace && { ...trace, error: trace.standardError } },
};
const WIDTH = 100;
const HEIGHT = 10;

/** The curvature of each layer of the current frame, as bars on one scale for the whole run. */
export class LayerBars {
  #runs = [];
  #shown = [];

  constructor() {
    this.choice = element('select', { ariaLabel: 'Of each layer' });
    this.choice.addEventListener('change', () => this.#draw());
    this.how = element('p', { className: 'how' });
    this.table = element('table');
    const head = element('header', {}, element('h3', { textContent: 'Layers' }));
    this.element = element('section', { className: 'chart layers', hidden: true }, this.choice, head, this.how, this.table);
  }

  /** Takes runs that may have new frames. */
  take(runs) {
    this.#runs = runs;
    const layers = this.#layers();
    this.element.hidden = layers.length === 0;
    const offered = Object.keys(CHOICES).filter((name) => layers.some((layer) => CHOICES[name].of(layer)));
    if (offered.length !== this.choice.options.length) {
      this.choice.replaceChildren(
        ...offered.map((value) => element('option', { value, textContent: CHOICES[value].words })),
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

  #layers() {
    return this.#runs.flatMap(({ frames }) => frames.flatMap(({ curvature }) => curvature.layers));
  }

  #draw() {
    const choice = CHOICES[this.choice.value];
    if (this.element.hidden || !choice) {
      return;
    }
    const values = this.#layers().map((layer) => choice.of(layer)?.value ?? NaN);
    const axis = Axis.showing('symlog', [...values, 0]);
    const methods = new Set(this.#shown.map(({ frame }) => wordsOf(frame.curvature.method)));
    const error = this.choice.value === 'trace' ? 'an estimate; its standard error is marked' : 'its residual is marked';
    this.how.textContent = `${choice.words} of the layer's block of the Hessian, ${[...methods].join(' and ')}; ${error}`;
    this.table.replaceChildren(...this.#shown.map((each) => this.#group(each, choice, axis)));
  }

  #group({ name, frame }, choice, axis) {
    const { layers } = frame.curvature;
    const heading = element('th', { colSpan: 3, scope: 'rowgroup', textContent: name });
    const rows = layers.map((layer) => row(layer, choice, axis));
    const none = element('tr', {}, element('td', { colSpan: 3, className: 'how', textContent: absence(frame) }));
    return element(
      'tbody',
      {},
      ...(this.#shown.length > 1 ? [element('tr', {}, heading)] : []),
      ...(layers.length > 0 ? rows : [none]),
    );
  }
}

function pair({ value, bar, converged }) {
  return { value, error: bar, open: !converged };
}

function absence({ curvature }) {
  return `none at this frame${curvature.absent.layers ? `: ${curvature.absent.layers}` : ''}`;
}

function row(layer, choice, axis) {
  const found = choice.of(layer);
  const value = found ? `${label(found.value)} \u00b1 ${label(found.error, 2)}` : '\u2013';
  const doubt = found?.open ? [' ', element('span', { className: 'doubt', textContent: 'not converged' })] : [];
  return element(
    'tr',
    {},
    element('th', { scope: 'row', textContent: layer.layer, title: `${layer.layer}: ${layer.parameters} parameters` }),
    element('td', {}, bar(found, choice.color, axis)),
    element('td', {}, value, ...doubt),
  );
}

/** From zero to the value, and its error as a line across the end. */
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
    const [low, high] = [x(found.value - found.error), x(found.value + found.error)];
    picture.append(svg('line', { class: 'error', x1: low, x2: high, y1: HEIGHT / 2, y2: HEIGHT / 2 }));
  }
  picture.append(svg('line', { class: 'zero', x1: x(0), x2: x(0), y1: 0, y2: HEIGHT }));
  return picture;
}
