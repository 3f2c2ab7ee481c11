import { SKIPPED } from '../data/frame.js';
import { BarCode } from './barCode.js';
import { Chart } from './chart.js';
import { ChartAxis } from './chartAxis.js';
import { CHARTED, CHARTS, COSTS } from './chartList.js';
import { DensityMap } from './densityMap.js';
import { element } from './dom.js';
import { classBars, layerBars } from './partBars.js';
import { explanationOf, wordsOf } from './words.js';

/** Quantities to begin with, the most telling first; those of loss and eigenvalues have charts of their own. */
const FIRST_QUANTITIES = ['gradient_norm', 'distance_from_start', 'parameter_norm'];
const STROKES = ['solid', 'dashed', 'dotted'];

/**
 * The charts next to the surface. One run's curves have a colour each; of several runs each has a colour, and its curves
 * are solid, dashed and dotted. Dispatches `seek` with a value of the horizontal axis.
 */
export class Charts extends EventTarget {
  #runs = [];
  #across = new ChartAxis('iteration', []);

  constructor(host, axisChoice) {
    super();
    this.axisChoice = axisChoice;
    axisChoice.addEventListener('change', () => this.show(this.#runs));
    this.charts = [...CHARTS, ...COSTS].map((description) => ({
      chart: new Chart(description.heading, description.help),
      description,
    }));
    this.density = new DensityMap();
    this.layers = layerBars();
    this.classes = classBars();
    this.hollows = new BarCode();
    this.quantity = new Chart('Quantity');
    this.choice = element('select', { ariaLabel: 'Quantity' });
    this.choice.addEventListener('change', () => this.#showQuantity());
    this.quantity.element.prepend(this.choice);
    const charts = this.charts.map(({ chart }) => chart);
    this.all = [...charts.slice(0, CHARTS.length), this.density, this.quantity, ...charts.slice(CHARTS.length)];
    for (const chart of this.all) {
      chart.addEventListener('seek', ({ detail }) => this.dispatchEvent(new CustomEvent('seek', { detail })));
      host.append(chart.element);
    }
    this.density.element.after(this.layers.element, this.classes.element, this.hollows.element);
  }

  /** By what training is laid out. */
  get across() {
    return this.#across;
  }

  /**
   * Shows runs that may have new frames.
   *
   * @param {{run: import('../data/run.js').Run, color: string}[]} runs with the colour of each
   */
  show(runs) {
    this.#runs = runs.filter(({ run }) => run.frames.length > 0);
    if (this.#runs.length === 0) {
      return;
    }
    const all = this.#runs.map(({ run }) => run);
    this.#offerAxes(ChartAxis.offered(all));
    this.#across = new ChartAxis(this.axisChoice.value, all);
    for (const { chart, description } of this.charts) {
      const { kind, how, threshold, marks } = description;
      chart.show(this.#curves(description.series), kind, this.#across, {
        how: [this.#dashes(description.series), how?.(all.flatMap((run) => run.frames))].filter(Boolean).join('; '),
        threshold,
        marks: marks && { name: marks.name, points: all.flatMap((run) => marks.of(run.frames, this.#across.of)) },
      });
    }
    this.density.show(all[0], this.#across);
    this.layers.take(all);
    this.classes.take(all);
    this.hollows.take(all);
    this.#offerQuantities();
    this.#showQuantity();
  }

  /**
   * Moves all charts to a moment.
   *
   * @param {number} x value of the horizontal axis
   * @param {{name: string, frame: object}[]} shown each run's frame at that time
   */
  at(x, shown) {
    this.all.forEach((chart) => chart.at(x));
    this.layers.show(shown);
    this.classes.show(shown);
    this.hollows.show(shown);
  }

  /** Draws again in the colours of a new theme. */
  repaint() {
    this.all.forEach((chart) => chart.repaint());
  }

  #curves(series) {
    const isOne = this.#runs.length === 1;
    return this.#runs.flatMap(({ run, color }) =>
      series.map((one, i) => ({
        name: isOne ? one.name : run.name,
        color: isOne ? one.color : color,
        dash: isOne ? 0 : i,
        // One key a run.
        isNamed: isOne || i === 0,
        points: pointsOf(run, one.of, this.#across),
      })),
    );
  }

  /** What solid, dashed and dotted curves of several runs are. */
  #dashes(series) {
    const said = series.map(({ name }, i) => `${STROKES[i]}: ${name}`).join(', ');
    return this.#runs.length > 1 && series.length > 1 ? said : '';
  }

  #offerAxes(names) {
    const choice = this.axisChoice;
    if (choice.options.length !== names.length) {
      const chosen = choice.value;
      choice.replaceChildren(...names.map((name) => element('option', { value: name, textContent: name })));
      choice.value = names.includes(chosen) ? chosen : 'iteration';
    }
  }

  #offerQuantities() {
    const names = new Set();
    for (const { run } of this.#runs) {
      run.frames.forEach(({ quantities }) => Object.keys(quantities).forEach((name) => names.add(name)));
    }
    [...CHARTED, SKIPPED].forEach((name) => names.delete(name));
    if (names.size !== this.choice.options.length) {
      const chosen = this.choice.value;
      this.choice.replaceChildren(
        ...[...names].sort().map((name) => element('option', { value: name, textContent: wordsOf(name) })),
      );
      const first = FIRST_QUANTITIES.find((name) => names.has(name)) ?? this.choice.options[0]?.value;
      this.choice.value = names.has(chosen) ? chosen : first;
    }
  }

  #showQuantity() {
    const name = this.choice.value;
    this.choice.title = explanationOf(wordsOf(name));
    const series = [{ name: wordsOf(name), color: 'first', of: (frame) => frame.quantities[name] }];
    this.quantity.show(this.#curves(series), 'linear', this.#across);
  }
}

/** The last point at each value of the axis. */
function pointsOf(run, of, across) {
  const points = [];
  for (const frame of run.frames) {
    const x = across.of(frame);
    if (x === null) {
      continue;
    }
    const found = of(frame) ?? NaN;
    if (points.length > 0 && points[points.length - 1].x >= x) {
      points.pop();
    }
    points.push({ x, ...(typeof found === 'number' ? { y: found } : found) });
  }
  return points;
}
