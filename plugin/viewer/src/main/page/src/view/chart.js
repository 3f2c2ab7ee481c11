import { Axis } from '../math/axis.js';
import { label, linearTicks, shortLabel } from '../math/numbers.js';
import { element, svg } from './dom.js';

/** More dots than this on a curve would overlap. */
const MOST_DOTS = 120;

/** The area of a chart inside its labels, in pixels. */
export const PLOT = { height: 108, left: 44, right: 6, top: 6, bottom: 16 };

/**
 * A chart over iterations, with a line at the current one; pressing or dragging moves it. Dispatches `seek` with an
 * iteration.
 *
 * A series has `name`, `color` (first, second, third, muted), `dashed`, and `points` with `x`, `y`, and where it has an
 * error `error` and `open` (not converged).
 */
export class Chart extends EventTarget {
  #series = [];
  #marks = null;
  #iteration = 0;
  #keys = [];

  constructor(heading) {
    super();
    this.heading = heading;
    this.head = element('header', {}, element('h3', { textContent: heading }));
    this.svg = svg('svg', { height: PLOT.height, role: 'img' });
    this.element = element('section', { className: 'chart', hidden: true }, this.head, this.svg);
    seekable(this.svg, (share) => this.#seek(share));
    new ResizeObserver(() => this.#draw()).observe(this.element);
  }

  /**
   * Shows series; without any the chart is hidden.
   *
   * @param {'linear' | 'log' | 'symlog'} kind of the vertical axis
   * @param {[number, number]} domain first and last iteration
   * @param {{how?: string, threshold?: number, marks?: {name: string, points: {x: number, count: number}[]}}} more a
   *     sentence on where the numbers come from, a value to mark, and what happened at iterations
   */
  show(series, kind, domain, { how = '', threshold = NaN, marks = null } = {}) {
    this.#series = series.filter(({ points }) => points.some(({ y }) => Number.isFinite(y)));
    this.#marks = marks?.points.length > 0 ? marks : null;
    this.domain = domain;
    this.threshold = threshold;
    this.axis = Axis.showing(kind, [...this.#series.flatMap(({ points }) => points.map(({ y }) => y)), threshold]);
    this.element.hidden = this.#series.length === 0;
    this.#keys = this.#series.map(({ color, dashed }) =>
      element('span', { className: `key color-${color}${dashed ? ' dashed' : ''}` }),
    );
    if (this.#marks) {
      this.#keys.push(element('span', { className: 'key mark-key' }));
    }
    const source = how ? [element('span', { className: 'how', textContent: how })] : [];
    this.head.replaceChildren(this.head.firstChild, ...this.#keys, ...source);
    this.#draw();
  }

  /** Moves the line and shows the values there. */
  at(iteration) {
    this.#iteration = iteration;
    const said = this.#series.map(({ name, points }) =>
      `${name} ${label(latest(points, iteration)?.y ?? null)}`.trim(),
    );
    if (this.#marks) {
      const { name, points } = this.#marks;
      const past = points.filter(({ x }) => x <= iteration + 1e-9);
      said.push(`${name} ${past.reduce((sum, { count }) => sum + count, 0)}`);
    }
    this.#keys.forEach((key, i) => {
      key.textContent = said[i];
    });
    this.svg.setAttribute('aria-label', `${this.heading} over iterations. Now: ${said.join(', ')}`);
    if (this.now) {
      const x = this.#x(iteration);
      this.now.setAttribute('x1', x);
      this.now.setAttribute('x2', x);
    }
  }

  #seek(share) {
    const [first, last] = this.domain;
    this.dispatchEvent(new CustomEvent('seek', { detail: first + share * (last - first) }));
  }

  #draw() {
    this.width = this.element.clientWidth;
    if (this.#series.length === 0 || this.width === 0) {
      return;
    }
    this.svg.setAttribute('viewBox', `0 0 ${this.width} ${PLOT.height}`);
    this.now = svg('line', { class: 'now', y1: PLOT.top, y2: PLOT.height - PLOT.bottom });
    this.svg.replaceChildren(
      ...this.#axes(),
      ...this.#series.flatMap((series) => this.#curve(series)),
      ...this.#drawMarks(),
      this.now,
    );
    this.at(this.#iteration);
  }

  #axes() {
    const across = (y, className) =>
      svg('line', { class: className, x1: PLOT.left, x2: this.width - PLOT.right, y1: y, y2: y });
    const parts = [];
    for (const tick of this.axis.ticks()) {
      const y = this.#y(tick);
      parts.push(across(y, 'grid'));
      parts.push(svg('text', { x: PLOT.left - 4, y: y + 3, 'text-anchor': 'end' }, shortLabel(tick)));
    }
    for (const tick of linearTicks(...this.domain, 5)) {
      const x = this.#x(tick);
      const anchor = x > this.width - 24 ? 'end' : 'middle';
      parts.push(svg('text', { x, y: PLOT.height - 3, 'text-anchor': anchor }, shortLabel(tick)));
    }
    if (Number.isFinite(this.threshold)) {
      parts.push(across(this.#y(this.threshold), 'threshold'));
    }
    return parts;
  }

  #drawMarks() {
    const y = PLOT.height - PLOT.bottom;
    const triangle = ({ x }) => `M${this.#x(x).toFixed(1)},${y - 6}l-3.5,6h7z`;
    return this.#marks ? [svg('path', { class: 'mark', d: this.#marks.points.map(triangle).join('') })] : [];
  }

  #curve({ color, dashed, points }) {
    const place = ({ x, y }) => `${this.#x(x).toFixed(1)},${this.#y(y).toFixed(1)}`;
    const lines = finiteRuns(points).map((run) => `M${run.map(place).join('L')}`);
    const bars = points
      .filter(({ y, error }) => Number.isFinite(y) && Number.isFinite(error))
      .map(({ x, y, error }) => `M${place({ x, y: y - error })}V${this.#y(y + error).toFixed(1)}`);
    const dots = points.filter(({ y, open }) => Number.isFinite(y) && (open || points.length <= MOST_DOTS));
    return [
      svg('path', { class: `series${dashed ? ' dashed' : ''} color-${color}`, d: lines.join('') }),
      svg('path', { class: `band color-${color}`, d: bars.join('') }),
      ...dots.map((point) => this.#dot(point, color)),
    ];
  }

  #dot({ x, y, open }, color) {
    const properties = { cx: this.#x(x), cy: this.#y(y), r: open ? 2.6 : 1.9 };
    return svg('circle', { class: `dot${open ? ' open' : ''} color-${color}`, ...properties });
  }

  #x(iteration) {
    return placeOf(iteration, this.domain, this.width);
  }

  #y(value) {
    const share = Math.max(0, Math.min(1, this.axis.share(value)));
    return PLOT.height - PLOT.bottom - share * (PLOT.height - PLOT.bottom - PLOT.top);
  }
}

/** Horizontal position of an iteration in a chart; a single one lies in the middle. */
export function placeOf(iteration, [first, last], width) {
  const share = last > first ? Math.max(0, Math.min(1, (iteration - first) / (last - first))) : 0.5;
  return PLOT.left + share * (width - PLOT.left - PLOT.right);
}

/** Calls back with the fraction of the plot's width at which a pointer presses or drags. */
export function seekable(target, seek) {
  const move = ({ offsetX, buttons }) => {
    if (buttons & 1) {
      const width = target.clientWidth - PLOT.left - PLOT.right;
      seek(Math.max(0, Math.min(1, (offsetX - PLOT.left) / width)));
    }
  };
  target.addEventListener('pointerdown', (event) => {
    target.setPointerCapture(event.pointerId);
    move(event);
  });
  target.addEventListener('pointermove', move);
}

/** The last point that is not after an iteration. */
function latest(points, iteration) {
  let found = points[0];
  for (const point of points) {
    if (point.x > iteration + 1e-9) {
      break;
    }
    found = point;
  }
  return found;
}

function finiteRuns(points) {
  const runs = [];
  let run = [];
  for (const point of [...points, { y: NaN }]) {
    if (Number.isFinite(point.y)) {
      run.push(point);
    } else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs;
}
