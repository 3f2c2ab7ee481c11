import uPlot from 'uplot';
import { Axis } from '../math/axis.js';
import { label, shortLabel } from '../math/numbers.js';
import { element, theme } from './dom.js';
import { drawErrors, drawMarks, drawOpenDots, drawThreshold } from './chartMarks.js';

/** More dots than this on a curve would overlap. */
const MOST_DOTS = 120;
/** Pixels between two labels of the vertical axis, at least. */
const TICK_HEIGHT = 13;
const FONT = '10px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';
const DASHES = [undefined, [5, 3], [2, 3]];

/** The area of a chart inside its labels, in pixels. */
export const PLOT = { height: 104, left: 50, right: 12, top: 6, bottom: 18 };

/**
 * A chart over training, with a line at the current moment; pressing or dragging moves it. Dispatches `seek` with a value
 * of the horizontal axis.
 *
 * A series has `name`, `color` (of the theme, or any other), `dash` (0 none, 1 dashed, 2 dotted), `isNamed` (whether it has
 * a key), and `points` with ascending `x`, `y`, and where it has an error `error` and `open` (not converged).
 */
export class Chart extends EventTarget {
  #series = [];
  #marks = null;
  #now = 0;
  #keys = [];
  #plot = null;
  #shape = '';

  /**
   * @param {{course?: string, moment?: string, height?: number, read?: Function}} more how the chart is read aloud, its height,
   *   and which of a series' points is read at a place
   */
  constructor(
    heading,
    help = '',
    { course = ' over training', moment = 'Now', height = PLOT.height, read = latest } = {},
  ) {
    super();
    Object.assign(this, { course, moment, height, read });
    this.heading = heading;
    this.head = element('header', {}, element('h3', { textContent: heading, title: help }));
    this.host = element('div', { className: 'plot' });
    this.host.setAttribute('role', 'img');
    this.line = element('div', { className: 'now' });
    seekable(this.host, (share) => this.dispatchEvent(new CustomEvent('seek', { detail: this.across.at(share) })));
    this.element = element('section', { className: 'chart', hidden: true }, this.head, this.host);
    new ResizeObserver(() => this.#resize()).observe(this.element);
  }

  /**
   * Shows series; without any the chart is hidden.
   *
   * @param {'linear' | 'log' | 'symlog'} kind of the vertical axis
   * @param {import('./chartAxis.js').ChartAxis} across the horizontal axis
   * @param {{how?: string, threshold?: number, marks?: {name: string, points: {x: number, count: number}[]}}} more a
   *     sentence on where the numbers come from, a value to mark, and what happened on the way
   */
  show(series, kind, across, { how = '', threshold = NaN, marks = null } = {}) {
    this.#series = series.filter(({ points }) => points.some(({ y }) => Number.isFinite(y)));
    this.#marks = marks?.points.length > 0 ? marks : null;
    this.across = across;
    this.threshold = threshold;
    this.axis = Axis.showing(kind, [...this.#series.flatMap(({ points }) => points.map(({ y }) => y)), threshold]);
    this.element.hidden = this.#series.length === 0;
    this.#showKeys(how);
    this.#draw();
  }

  #showKeys(how) {
    this.#keys = this.#named.map(() => element('span', { className: 'key' }));
    this.#colorKeys();
    if (this.#marks) {
      this.#keys.push(element('span', { className: 'key mark-key' }));
    }
    const source = how ? [element('span', { className: 'how', textContent: how })] : [];
    this.head.replaceChildren(this.head.firstChild, ...this.#keys, ...source);
  }

  get #named() {
    return this.#series.filter(({ isNamed }) => isNamed);
  }

  #colorKeys() {
    this.#named.forEach(({ color }, i) => this.#keys[i].style.setProperty('--color', theme()[color] ?? color));
  }

  /** Moves the line and shows the values there. */
  at(x) {
    this.#now = x;
    const said = this.#named.map(({ name, points }) => `${name} ${label(this.read(points, x)?.y ?? null)}`.trim());
    if (this.#marks) {
      const { name, points } = this.#marks;
      const past = points.filter((point) => point.x <= x + 1e-9);
      said.push(`${name} ${past.reduce((sum, { count }) => sum + count, 0)}`);
    }
    this.#keys.forEach((key, i) => {
      key.textContent = said[i];
    });
    this.host.setAttribute('aria-label', `${this.heading}${this.course}. ${this.moment}: ${said.join(', ')}`);
    if (this.#plot && this.across) {
      this.line.style.left = `${placeOf(x, this.across.domain, this.width) - PLOT.left}px`;
    }
  }

  /** Draws again in the colours of a new theme. */
  repaint() {
    this.#colorKeys();
    this.#plot?.redraw(false, true);
  }

  #resize() {
    if (this.element.clientWidth !== this.width) {
      this.#draw();
    }
  }

  #draw() {
    this.width = this.element.clientWidth;
    if (this.#series.length === 0 || this.width === 0) {
      return;
    }
    const shape = this.#series.map(({ color, dash, points }) => [color, dash, points.length > MOST_DOTS].join()).join(';');
    if (this.#plot && shape === this.#shape) {
      this.#plot.setSize({ width: this.width, height: this.height });
      this.#plot.setData(this.#data());
    } else {
      this.#shape = shape;
      this.#plot?.destroy();
      this.#plot = new uPlot(this.#options(), this.#data(), this.host);
      this.#plot.over.append(this.line);
    }
    this.at(this.#now);
  }

  #data() {
    // null ends a line, a value that another series has not is passed over.
    const tables = this.#series.map(({ points }) => [
      points.map(({ x }) => x),
      points.map(({ y }) => (Number.isFinite(y) ? y : null)),
    ]);
    return uPlot.join(tables);
  }

  #options() {
    const small = { font: FONT, stroke: () => theme().muted, ticks: { show: false }, gap: 4 };
    return {
      width: this.width,
      height: this.height,
      padding: [PLOT.top, PLOT.right, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: () => spread(this.across.domain) },
        y: {
          distr: 100,
          fwd: (value) => this.axis.share(value),
          bwd: (share) => this.axis.value(share),
          range: () => [this.axis.low, this.axis.high],
        },
      },
      axes: [
        {
          ...small,
          size: PLOT.bottom,
          space: 56,
          grid: { show: false },
          incrs: () => this.across.increments,
          values: (_, ticks) => ticks.map((tick) => this.across.label(tick)),
        },
        {
          ...small,
          size: PLOT.left,
          grid: { stroke: () => theme().line, width: 0.5 },
          splits: () => spaced(this.axis, this.height),
          filter: (_, ticks) => ticks,
          values: (_, ticks) => ticks.map(shortLabel),
        },
      ],
      series: [{}, ...this.#series.map((series) => this.#curve(series))],
      hooks: {
        draw: [
          (plot) => drawThreshold(plot, this.threshold),
          (plot) => drawErrors(plot, this.#series),
          (plot) => drawOpenDots(plot, this.#series),
          (plot) => drawMarks(plot, this.#marks?.points ?? []),
        ],
      },
    };
  }

  #curve({ color, dash, points }) {
    const stroke = () => theme()[color] ?? color;
    return {
      stroke,
      width: 1.6,
      dash: DASHES[dash ?? 0],
      points: { show: points.length <= MOST_DOTS, size: 4, width: 0, fill: stroke },
    };
  }
}

/** The ticks of an axis, without those whose labels would run into the one below. */
function spaced(axis, whole) {
  const height = whole - PLOT.top - PLOT.bottom;
  const kept = [];
  for (const tick of axis.ticks()) {
    if (kept.length === 0 || (axis.share(tick) - axis.share(kept[kept.length - 1])) * height >= TICK_HEIGHT) {
      kept.push(tick);
    }
  }
  return kept;
}

/** A range that uPlot can show: a single value gets room. */
function spread([first, last]) {
  return last > first ? [first, last] : [first - 1, last + 1];
}

/** Horizontal position of a value in a chart; a single one lies in the middle. */
export function placeOf(x, [first, last], width) {
  const share = last > first ? Math.max(0, Math.min(1, (x - first) / (last - first))) : 0.5;
  return PLOT.left + share * (width - PLOT.left - PLOT.right);
}

/** Calls back with the fraction of a plot's width at which a pointer presses or drags. */
export function seekable(target, seek) {
  const move = (event) => {
    if (event.buttons & 1) {
      const box = target.getBoundingClientRect();
      seek(Math.max(0, Math.min(1, (event.clientX - box.left - PLOT.left) / (box.width - PLOT.left - PLOT.right))));
    }
  };
  target.addEventListener('pointerdown', (event) => {
    target.setPointerCapture(event.pointerId);
    move(event);
  });
  target.addEventListener('pointermove', move);
}

/** The last point that is not after a moment. */
function latest(points, x) {
  let found = points[0];
  for (const point of points) {
    if (point.x > x + 1e-9) {
      break;
    }
    found = point;
  }
  return found;
}
