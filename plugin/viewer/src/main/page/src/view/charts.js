import { SKIPPED, lambdaMax, lambdaMin, leftOut } from '../data/frame.js';
import { Chart } from './chart.js';
import { DensityMap } from './densityMap.js';
import { element } from './dom.js';
import { LayerBars } from './layerBars.js';
import { eigenvaluesOf, productsOf, wordsOf } from './words.js';

/** Quantities with a chart of their own. */
const EDGE = 'edge_of_stability';
const OVERHEAD = 'overhead';
const BUDGET = 'budget';

/** Charts and their series: a value of a frame, or one with its error. A second run's curves are dashed. */
const CHARTS = [
  {
    heading: 'Loss',
    kind: 'log',
    series: [
      { name: 'train', color: 'first', of: (frame) => frame.loss },
      { name: 'validation', color: 'second', of: (frame) => frame.validationLoss },
    ],
  },
  {
    heading: 'Accuracy, %',
    kind: 'linear',
    series: [
      { name: 'train', color: 'first', of: (frame) => frame.accuracy },
      { name: 'validation', color: 'second', of: (frame) => frame.validationAccuracy },
    ],
  },
  {
    heading: 'Hessian eigenvalues',
    kind: 'symlog',
    series: [
      { name: '\u03bb max', color: 'first', of: (frame) => estimate(lambdaMax(frame)) },
      { name: '\u03bb min', color: 'second', of: (frame) => estimate(lambdaMin(frame)) },
      { name: 'Gauss-Newton \u03bb max', color: 'third', of: (frame) => estimate(frame.curvature.gaussNewton?.largest) },
    ],
    how: eigenvaluesOf,
  },
  {
    heading: 'Edge of stability',
    kind: 'linear',
    series: [{ name: 'curvature / stability limit', color: 'third', of: (frame) => frame.quantities[EDGE] }],
    threshold: 1,
    how: productsOf,
  },
  {
    heading: 'Trace of the Hessian',
    kind: 'symlog',
    series: [{ name: '', color: 'first', of: ({ curvature: { trace } }) => trace && withError(trace) }],
    how: (frames) => `${productsOf(frames)}; bars are the standard error of the estimate`,
  },
  {
    heading: 'Share of wall time, %',
    kind: 'linear',
    series: [
      { name: 'frames', color: 'first', of: (frame) => percent(frame.quantities[OVERHEAD]) },
      { name: 'budget', color: 'muted', of: (frame) => percent(frame.quantities[BUDGET]) },
    ],
    marks: { name: 'skipped frames', of: leftOut },
  },
  {
    heading: 'Seconds a frame',
    kind: 'linear',
    series: [
      { name: 'total', color: 'muted', of: (frame) => frame.seconds.total },
      { name: 'surface', color: 'first', of: (frame) => frame.seconds.surface },
      { name: 'curvature', color: 'second', of: (frame) => frame.seconds.curvature },
    ],
  },
];

/** Number of charts at the end that show the cost of frames. */
const COSTS = 2;

/** The charts next to the surface. Dispatches `seek` with an iteration. */
export class Charts extends EventTarget {
  #runs = [];
  #domain = [0, 1];

  constructor(host) {
    super();
    this.charts = CHARTS.map((description) => ({ chart: new Chart(description.heading), description }));
    this.density = new DensityMap();
    this.layers = new LayerBars();
    this.quantity = new Chart('Quantity');
    this.choice = element('select', { ariaLabel: 'Quantity' });
    this.choice.addEventListener('change', () => this.#showQuantity());
    this.quantity.element.prepend(this.choice);
    const charts = this.charts.map(({ chart }) => chart);
    // The cost of frames comes last.
    this.all = [...charts.slice(0, -COSTS), this.density, this.quantity, ...charts.slice(-COSTS)];
    for (const chart of this.all) {
      chart.addEventListener('seek', ({ detail }) => this.dispatchEvent(new CustomEvent('seek', { detail })));
      host.append(chart.element);
    }
    this.density.element.after(this.layers.element);
  }

  /** Shows runs that may have new frames. */
  show(runs) {
    const iterations = runs.flatMap((run) => [run.frames[0], run.frames[run.frames.length - 1]]).filter(Boolean);
    if (iterations.length === 0) {
      return;
    }
    this.#runs = runs;
    const bounds = iterations.map(({ iteration }) => iteration);
    this.#domain = [Math.min(...bounds), Math.max(...bounds)];
    for (const { chart, description } of this.charts) {
      const series = runs.flatMap((run, i) => description.series.map((one) => curve(run, one, i)));
      const { kind, how, threshold, marks } = description;
      chart.show(series, kind, this.#domain, {
        how: how?.(runs.flatMap((run) => run.frames)),
        threshold,
        marks: marks && { name: marks.name, points: runs.flatMap((run) => marks.of(run.frames)) },
      });
    }
    this.density.show(runs[0], this.#domain);
    this.layers.take(runs);
    this.#offerQuantities();
    this.#showQuantity();
  }

  /**
   * Moves all charts to an iteration.
   *
   * @param {{name: string, frame: object}[]} shown each run's frame at that time
   */
  at(iteration, shown) {
    this.all.forEach((chart) => chart.at(iteration));
    this.layers.show(shown);
  }

  #offerQuantities() {
    const names = new Set(this.#runs.flatMap((run) => run.frames.flatMap(({ quantities }) => Object.keys(quantities))));
    [EDGE, OVERHEAD, BUDGET, SKIPPED].forEach((name) => names.delete(name));
    if (names.size !== this.choice.options.length) {
      const chosen = this.choice.value;
      this.choice.replaceChildren(
        ...[...names].sort().map((name) => element('option', { value: name, textContent: wordsOf(name) })),
      );
      this.choice.value = names.has(chosen) ? chosen : this.choice.options[0]?.value;
    }
  }

  #showQuantity() {
    const name = this.choice.value;
    const series = { name: wordsOf(name), color: 'first', of: (frame) => frame.quantities[name] };
    this.quantity.show(
      this.#runs.map((run, i) => curve(run, series, i)),
      'linear',
      this.#domain,
    );
  }
}

function curve(run, { name, color, of }, index) {
  const points = run.frames.map((frame) => {
    const found = of(frame) ?? NaN;
    return { x: frame.iteration, ...(typeof found === 'number' ? { y: found } : found) };
  });
  return { name, color, dashed: index > 0, points };
}

function percent(share) {
  return share === undefined ? NaN : 100 * share;
}

function estimate(eigenvalue) {
  return eigenvalue && { y: eigenvalue.value, error: eigenvalue.residual, open: !eigenvalue.converged };
}

function withError({ value, standardError }) {
  return { y: value, error: standardError };
}
