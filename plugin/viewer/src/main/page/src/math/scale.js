import { linearTicks, logarithmicTicks, roundStep } from './numbers.js';

const CONTOURS = 15;
const MOST_REACH = 1.3;

/**
 * How values become heights and colours: low is height 0, high is height 1, in between linear in the value or in its
 * logarithm. Immutable.
 */
export class Scale {
  constructor(logarithmic, low, high) {
    if (!(low < high) || !Number.isFinite(high - low) || (logarithmic && !(low > 0))) {
      throw new RangeError(`a ${logarithmic ? 'logarithmic' : 'linear'} scale cannot run from ${low} to ${high}`);
    }
    this.logarithmic = logarithmic;
    this.low = low;
    this.high = high;
  }

  /**
   * The scale of values; a flat range is widened, and a range without a logarithm is linear.
   *
   * @param {[number, number, number]} range the lowest value, the highest that is no spike, and the highest: it is
   *     shown unless the spikes would press the rest flat
   */
  static showing(logarithmic, [low, high, highest]) {
    const log = logarithmic && low > 0;
    const least = log ? low * 1.01 : low + Math.max(1e-6, 0.01 * Math.abs(low));
    const scale = new Scale(log, low, Math.max(high, least));
    const reach = scale.height(highest);
    return reach > 1 && reach <= MOST_REACH ? new Scale(log, low, highest) : scale;
  }

  /** Below 0 and above 1 a value is off the scale; NaN stays NaN. */
  height(value) {
    return this.logarithmic
      ? Math.log(Math.max(value, Number.MIN_VALUE) / this.low) / Math.log(this.high / this.low)
      : (value - this.low) / (this.high - this.low);
  }

  value(height) {
    return this.logarithmic
      ? this.low * (this.high / this.low) ** height
      : this.low + height * (this.high - this.low);
  }

  ticks(about) {
    return this.logarithmic ? logarithmicTicks(this.low, this.high, about) : linearTicks(this.low, this.high, about);
  }

  /** Heights of contour lines: evenly spaced, at round values or at whole parts of a decade. */
  contours() {
    if (this.logarithmic) {
      const perHeight = Math.log10(this.high / this.low);
      const perDecade = Math.max(1, Math.round(CONTOURS / perHeight));
      const first = Math.ceil(Math.log10(this.low) * perDecade) / perDecade;
      return { first: (first - Math.log10(this.low)) / perHeight, step: 1 / (perDecade * perHeight) };
    }
    const step = roundStep(this.high - this.low, CONTOURS);
    const first = Math.ceil(this.low / step) * step;
    return { first: this.height(first), step: step / (this.high - this.low) };
  }
}
