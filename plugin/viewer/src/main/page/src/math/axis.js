import { linearTicks, logarithmicTicks } from './numbers.js';

/** Ratio of the largest value on a symlog axis to the value at which it becomes linear. */
const KNEE = 50;

/**
 * The vertical axis of a chart. `symlog` is linear around zero and logarithmic outside, so that both a large positive
 * and a small negative eigenvalue are visible. Immutable.
 */
export class Axis {
  /** @param {'linear' | 'log' | 'symlog'} kind */
  constructor(kind, low, high) {
    this.kind = kind;
    this.low = low;
    this.high = high;
    this.knee = Math.max(Math.abs(low), Math.abs(high)) / KNEE || 1;
  }

  /** The axis for values; log becomes linear without a positive range. */
  static showing(kind, values) {
    const finite = values.filter(Number.isFinite);
    const low = finite.reduce((least, value) => Math.min(least, value), finite[0] ?? 0);
    const high = finite.reduce((most, value) => Math.max(most, value), finite[0] ?? 1);
    if (kind === 'log' && low > 0) {
      return high > 1.05 * low ? new Axis(kind, low, high) : new Axis(kind, low / 1.1, high * 1.1);
    }
    const margin = 0.05 * (high - low) || 0.05 * Math.abs(high) || 1;
    return new Axis(kind === 'log' ? 'linear' : kind, low - margin, high + margin);
  }

  /** Position of a value, 0 at the lower end and 1 at the upper end. */
  share(value) {
    const low = this.#stretched(this.low);
    return (this.#stretched(value) - low) / (this.#stretched(this.high) - low);
  }

  /** The value at a position. */
  value(share) {
    const low = this.#stretched(this.low);
    const stretched = low + share * (this.#stretched(this.high) - low);
    if (this.kind === 'log') {
      return Math.exp(stretched);
    }
    return this.kind === 'symlog' ? this.knee * Math.sinh(stretched) : stretched;
  }

  ticks() {
    if (this.kind === 'log') {
      return logarithmicTicks(this.low, this.high, 4);
    }
    if (this.kind === 'symlog') {
      const most = Math.max(Math.abs(this.low), Math.abs(this.high));
      const sizes = logarithmicTicks(this.knee / 2, most, 3).slice(-3);
      return [...sizes.map((size) => -size), 0, ...sizes].filter((tick) => tick >= this.low && tick <= this.high);
    }
    return linearTicks(this.low, this.high, 4);
  }

  #stretched(value) {
    if (this.kind === 'log') {
      return Math.log(value);
    }
    return this.kind === 'symlog' ? Math.asinh(value / this.knee) : value;
  }
}
