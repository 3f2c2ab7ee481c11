import { inTime } from '../math/cubic.js';
import { Field } from '../math/field.js';
import { Scale } from '../math/scale.js';
import { METRICS, fineAxis, resample } from './surface.js';

const KEPT = 16;

/**
 * A run's surface at any time between its frames. Time counts frames: at 2.5 the surface is halfway from frame 2 to
 * frame 3, in the logarithm of a loss where all losses are positive. Between two frames every point moves
 * monotonically, so nothing outside the two is ever shown.
 */
export class Landscape {
  /**
   * @param {import('./run.js').Run} run
   * @param {string} metric key of METRICS
   * @param {boolean} inLogarithm whether the surface moves in the logarithm of its values
   * @param {number} vertices along each axis, at least
   */
  constructor(run, metric, inLogarithm, vertices) {
    this.run = run;
    this.metric = metric;
    this.inLogarithm = inLogarithm;
    this.vertices = vertices;
    this.frames = new Map();
    this.field = null;
  }

  /**
   * Puts the heights at a time into `field`.
   *
   * @param {Scale} scale
   * @returns {boolean} false if the surface at this time is not loaded yet; the field then stays unchanged
   */
  show(time, scale) {
    const index = Math.max(0, Math.min(this.run.frames.length - 1, Math.floor(time + 1e-9)));
    const from = this.#values(index);
    if (!from) {
      return false;
    }
    const share = Math.max(0, Math.min(1, time - index));
    const to = share > 1e-9 ? this.#values(index + 1) : null;
    const heights = this.field.heights;
    const height = this.#height(scale);
    if (!to) {
      from.forEach((value, i) => {
        heights[i] = height(value);
      });
      return share <= 1e-9;
    }
    const before = this.#values(index - 1);
    const after = this.#values(index + 2);
    for (let i = 0; i < heights.length; i++) {
      heights[i] = height(inTime(before ? before[i] : NaN, from[i], to[i], after ? after[i] : NaN, share));
    }
    return true;
  }

  /** The values of one frame on the fine grid, or their logarithm; null if they are not loaded yet. */
  #values(index) {
    const frame = this.run.frames[index];
    const surface = frame && this.run.surface(index);
    if (!surface?.fields[this.metric] || surface.alpha.length < 2 || surface.beta.length < 2) {
      return null;
    }
    const known = this.frames.get(frame.iteration);
    if (known?.surface === surface) {
      return known.values;
    }
    this.field ??= new Field(fineAxis(surface.alpha, this.vertices), fineAxis(surface.beta, this.vertices));
    const transform = this.inLogarithm ? Math.log : (value) => value;
    const values = resample(surface, this.metric, transform, this.field.alpha, this.field.beta);
    this.frames.set(frame.iteration, { surface, values });
    if (this.frames.size > KEPT) {
      this.frames.delete(this.frames.keys().next().value);
    }
    return values;
  }

  #height(scale) {
    if (this.inLogarithm && scale.logarithmic) {
      const low = Math.log(scale.low);
      const range = Math.log(scale.high) - low;
      return (value) => (value - low) / range;
    }
    return this.inLogarithm ? (value) => scale.height(Math.exp(value)) : (value) => scale.height(value);
  }
}

/** The range of a metric over frames: lowest value, highest without spikes, highest; null without any value. */
function rangeOf(frames, metric) {
  return union(frames.map((frame) => frame.surface.ranges[metric]));
}

function union(ranges) {
  const known = ranges.filter(Boolean);
  const end = (i, choose) => known.reduce((chosen, range) => choose(chosen, range[i]), known[0]?.[i]);
  return known.length === 0 ? null : [end(0, Math.min), end(1, Math.max), end(2, Math.max)];
}

/** The scale of a metric over frames; null without any value. */
export function scaleOf(frames, metric, logarithmic) {
  const range = rangeOf(frames, metric);
  return range && Scale.showing(logarithmic, range);
}

/** Whether a metric has a logarithm in all frames. */
export function hasLogarithm(frames, metric) {
  const range = rangeOf(frames, metric);
  return METRICS[metric].loss && range !== null && range[0] > 0;
}

/**
 * The scale of the frames on display, each run at its own time; between two frames it lies between theirs.
 *
 * @param {[object[], number][]} moments frames of a run, and the time counted in them
 */
export function scaleAt(moments, metric, logarithmic) {
  const [transform, inverse] = logarithmic ? [Math.log, Math.exp] : [(value) => value, (value) => value];
  const ranges = moments.map(([frames, time]) => {
    const index = Math.floor(time + 1e-9);
    const share = time - index;
    const from = rangeOf(frames.slice(index, index + 1), metric);
    const to = rangeOf(frames.slice(index + 1, index + 2), metric) ?? from;
    return from && from.map((value, i) => inverse(transform(value) * (1 - share) + transform(to[i]) * share));
  });
  const range = union(ranges);
  return range && Scale.showing(logarithmic, range);
}
