import { shortLabel } from '../math/numbers.js';

const WHOLE = Array.from({ length: 12 }, (_, i) => [1, 2, 5].map((factor) => factor * 10 ** i)).flat();
const SECONDS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 21600, 43200, 86400, 172800, 604800];

/** By what training can be laid out; each gives the value of a frame, or null. */
const KINDS = {
  iteration: { of: ({ iteration }) => iteration, increments: WHOLE, label: shortLabel },
  epoch: { of: ({ epoch }) => epoch, increments: WHOLE, label: shortLabel },
  time: { of: ({ elapsed }) => elapsed ?? null, increments: SECONDS, label: duration },
};

/** The horizontal axis of all charts. Immutable. */
export class ChartAxis {
  /** @param {'iteration' | 'epoch' | 'time'} name */
  constructor(name, runs) {
    Object.assign(this, KINDS[name]);
    this.name = name;
    const ends = runs.flatMap((run) => [run.frames[0], run.frames[run.frames.length - 1]]).filter(Boolean);
    const values = ends.map((frame) => this.of(frame)).filter((value) => value !== null);
    this.domain = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1];
  }

  /** The value at a share of the domain. */
  at(share) {
    const [first, last] = this.domain;
    return first + share * (last - first);
  }

  /** The value at a time of a run, counted in frames; between two frames it lies between theirs. */
  now(run, time) {
    const index = Math.max(0, Math.min(run.frames.length - 1, Math.floor(time + 1e-9)));
    const from = this.of(run.frames[index]);
    const to = this.of(run.frames[Math.min(index + 1, run.frames.length - 1)]);
    return from + Math.max(0, Math.min(1, time - index)) * (to - from);
  }

  /** The time of a run, counted in frames, at a value. */
  timeOf(run, value) {
    const after = run.frames.findIndex((frame) => this.of(frame) >= value);
    if (after <= 0) {
      return after === 0 ? 0 : Math.max(0, run.frames.length - 1);
    }
    const from = this.of(run.frames[after - 1]);
    return after - 1 + (value - from) / (this.of(run.frames[after]) - from);
  }

  /** The names of the axes that these runs have. */
  static offered(runs) {
    const last = runs.map((run) => run.frames[run.frames.length - 1]).filter(Boolean);
    return Object.keys(KINDS).filter(
      (name) => name === 'iteration' || last.some((frame) => (KINDS[name].of(frame) ?? 0) > 0),
    );
  }
}

/** Seconds in words of two units at most. */
export function duration(seconds) {
  const [size, unit, smaller, below] =
    seconds >= 86400 ? [86400, 'd', 3600, 'h'] : seconds >= 3600 ? [3600, 'h', 60, 'min'] : [60, 'min', 1, 's'];
  const whole = Math.floor(seconds / size);
  const rest = Math.round((seconds - whole * size) / smaller);
  return [whole > 0 || rest === 0 ? `${whole} ${unit}` : '', rest > 0 ? `${rest} ${below}` : ''].filter(Boolean).join(' ');
}
