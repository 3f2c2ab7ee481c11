import { Axis } from '../math/axis.js';
import { colorTable } from '../math/colormaps.js';
import { label, shortLabel } from '../math/numbers.js';
import { PLOT, placeOf, seekable } from './chart.js';
import { element, theme } from './dom.js';

/** Densities smaller than the largest by this factor are shown as 0. */
const DECADES = 6;
const FONT = '10px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

/**
 * The spectral density of the Hessian over training as a heat map: training across, eigenvalues up, the logarithm
 * of the density as colour. Dispatches `seek` with a value of the horizontal axis.
 */
export class DensityMap extends EventTarget {
  #columns = [];
  #now = 0;

  constructor() {
    super();
    this.key = element('span', { className: 'key' });
    const head = element('header', {}, element('h3', { textContent: 'Spectral density of the Hessian' }), this.key);
    this.canvas = element('canvas');
    this.canvas.setAttribute('role', 'img');
    this.map = element('canvas');
    this.element = element('section', { className: 'chart density', hidden: true }, head, this.canvas);
    seekable(this.canvas, (share) => this.dispatchEvent(new CustomEvent('seek', { detail: this.across.at(share) })));
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  /** Shows the densities of a run's frames; without any the map is hidden. */
  show(run, across) {
    this.across = across;
    this.#columns = run.frames
      .filter(({ curvature }) => curvature.density)
      .map((frame) => ({
        x: across.of(frame),
        method: frame.curvature.method,
        ...frame.curvature.density,
      }));
    this.element.hidden = this.#columns.length === 0;
    this.#draw();
  }

  /** Draws again in the colours of a new theme. */
  repaint() {
    this.#draw();
  }

  /** Moves the line and shows the value there. */
  at(x) {
    this.#now = x;
    if (this.#columns.length > 0) {
      const { mean, meanStandardError, probes, steps, method } = this.#columns[this.#indexAt(x)];
      this.key.textContent =
        `mean ${label(mean)} \u00b1 ${label(meanStandardError, 2)} (standard error); ` +
        `${probes} probes of ${steps} steps, ${method}`;
      this.canvas.setAttribute('aria-label', `Spectral density over training. Now: ${this.key.textContent}`);
      this.#drawLine();
    }
  }

  /** The frame at a moment. */
  #indexAt(x) {
    const after = this.#columns.findIndex((column) => column.x > x + 1e-9);
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
    this.at(this.#now);
  }

  /** Pixel by pixel, which leaves no seams and takes the same time for a thousand frames as for ten. */
  #drawCells(context) {
    const ratio = devicePixelRatio;
    const width = Math.max(1, Math.round((this.width - PLOT.left - PLOT.right) * ratio));
    const height = Math.round((PLOT.height - PLOT.top - PLOT.bottom) * ratio);
    const image = context.createImageData(width, height);
    const most = this.#columns.reduce((peak, { cells }) => cells.reduce((a, b) => Math.max(a, b), peak), 0);
    const lambdas = Array.from({ length: height }, (_, y) => this.axis.value(1 - (y + 0.5) / height));
    const table = colorTable('viridis');
    for (let x = 0; x < width; x++) {
      const { x: begin, low, high, cells } = this.#columns[this.#indexAt(this.across.at((x + 0.5) / width))];
      if (placeOf(begin, this.across.domain, this.width) > PLOT.left + (x + 1) / ratio) {
        // Before the first density.
        continue;
      }
      for (let y = 0; y < height; y++) {
        const cell = cells[Math.floor(((lambdas[y] - low) / (high - low)) * cells.length)] ?? 0;
        const shade = 1 + Math.log10(cell / most) / DECADES;
        if (shade > 0) {
          const texel = 4 * Math.round(255 * shade);
          image.data.set(table.subarray(texel, texel + 4), 4 * (y * width + x));
        }
      }
    }
    context.putImageData(image, Math.round(PLOT.left * ratio), Math.round(PLOT.top * ratio));
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
    context.fillText(this.across.name, this.width / 2, PLOT.height - 6);
  }

  #drawLine() {
    const context = this.canvas.getContext('2d');
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    context.drawImage(this.map, 0, 0);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    const x = placeOf(this.#now, this.across.domain, this.width);
    context.strokeStyle = theme().text;
    context.beginPath();
    context.moveTo(x, PLOT.top);
    context.lineTo(x, PLOT.height - PLOT.bottom);
    context.stroke();
  }
}
