import { number } from '../data/run.js';
import { Axis } from '../math/axis.js';
import { colorTable } from '../math/colormaps.js';
import { label, shortLabel } from '../math/numbers.js';
import { PLOT, placeOf, seekable } from './chart.js';
import { element, theme } from './dom.js';

/** Densities this much smaller than the largest are shown as none. */
const DECADES = 5;
const FONT = '10px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

/**
 * The spectral density of the Hessian over iterations as a heat map: across time, up the eigenvalue, in colour the
 * logarithm of the density. Dispatches `seek` with an iteration.
 */
export class DensityMap extends EventTarget {
  #columns = [];
  #iteration = 0;

  constructor() {
    super();
    this.key = element('span', { className: 'key' });
    const head = element('header', {}, element('h3', { textContent: 'Spectral density of the Hessian' }), this.key);
    this.canvas = element('canvas');
    this.canvas.setAttribute('role', 'img');
    this.map = element('canvas');
    this.element = element('section', { className: 'chart density', hidden: true }, head, this.canvas);
    seekable(this.canvas, (share) => {
      const [first, last] = this.domain;
      this.dispatchEvent(new CustomEvent('seek', { detail: first + share * (last - first) }));
    });
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  /** Shows the densities of a run's frames; without any the map is hidden. */
  show(run, domain) {
    this.domain = domain;
    this.#columns = run.frames
      .filter(({ curvature }) => curvature.density)
      .map(({ iteration, curvature }) => ({
        iteration,
        method: curvature.method,
        ...curvature.density,
        low: number(curvature.density.low),
        high: number(curvature.density.high),
      }));
    this.element.hidden = this.#columns.length === 0;
    this.#draw();
  }

  /** Moves the line, and says what is there. */
  at(iteration) {
    this.#iteration = iteration;
    if (this.#columns.length > 0) {
      const { mean, meanStandardError, probes, steps, method } = this.#columns[this.#indexAt(iteration)];
      this.key.textContent =
        `mean ${label(number(mean))} \u00b1 ${label(number(meanStandardError), 2)}; ` +
        `${probes} probes of ${steps} steps, ${method}`;
      this.canvas.setAttribute('aria-label', `Spectral density over iterations. Now: ${this.key.textContent}`);
      this.#drawLine();
    }
  }

  /** The frame in force at an iteration. */
  #indexAt(iteration) {
    const after = this.#columns.findIndex((column) => column.iteration > iteration + 1e-9);
    return Math.max(0, (after < 0 ? this.#columns.length : after) - 1);
  }

  #draw() {
    const width = this.element.clientWidth;
    if (this.#columns.length === 0 || width === 0) {
      return;
    }
    for (const canvas of [this.canvas, this.map]) {
      canvas.width = width * devicePixelRatio;
      canvas.height = PLOT.height * devicePixelRatio;
    }
    this.canvas.style.height = `${PLOT.height}px`;
    this.width = width;
    this.axis = Axis.showing(
      'symlog',
      this.#columns.flatMap(({ low, high }) => [low, high]),
    );
    const context = this.map.getContext('2d');
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    this.#drawCells(context);
    this.#drawTicks(context);
    this.at(this.#iteration);
  }

  #drawCells(context) {
    const most = this.#columns.reduce((peak, { cells }) => cells.reduce((a, b) => Math.max(a, b), peak), 0);
    const table = colorTable('viridis');
    const ends = this.#columns.map(({ iteration }) => placeOf(iteration, this.domain, this.width));
    this.#columns.forEach(({ low, high, cells }, i) => {
      const from = ends[i];
      const to = ends[i + 1] ?? this.width - PLOT.right;
      for (let y = PLOT.top; y < PLOT.height - PLOT.bottom; y++) {
        const cell = Math.floor(((this.#lambdaAt(y + 0.5) - low) / (high - low)) * cells.length);
        const shade = 1 + Math.log10((cells[cell] ?? 0) / most) / DECADES;
        if (shade > 0) {
          const texel = 4 * Math.round(255 * shade);
          context.fillStyle = `rgb(${table[texel]} ${table[texel + 1]} ${table[texel + 2]})`;
          context.fillRect(from, y, Math.max(1, to - from + 0.3), 1.02);
        }
      }
    });
  }

  #lambdaAt(y) {
    return this.axis.value((PLOT.height - PLOT.bottom - y) / (PLOT.height - PLOT.bottom - PLOT.top));
  }

  #drawTicks(context) {
    context.font = FONT;
    context.fillStyle = theme().muted;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    for (const tick of this.axis.ticks()) {
      const y = PLOT.height - PLOT.bottom - this.axis.share(tick) * (PLOT.height - PLOT.bottom - PLOT.top);
      context.fillText(shortLabel(tick), PLOT.left - 4, y);
    }
    context.textAlign = 'center';
    context.fillText('iteration', this.width / 2, PLOT.height - 6);
  }

  #drawLine() {
    const context = this.canvas.getContext('2d');
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(this.map, 0, 0);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const x = placeOf(this.#iteration, this.domain, this.width);
    context.strokeStyle = theme().text;
    context.beginPath();
    context.moveTo(x, PLOT.top);
    context.lineTo(x, PLOT.height - PLOT.bottom);
    context.stroke();
  }
}
