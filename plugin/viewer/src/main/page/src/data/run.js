import { frameOf, lambdaMax, number } from './frame.js';
import { decodeSurface } from './surface.js';

const KEPT_BYTES = 256e6;
const FETCHED_AT_ONCE = 4;
/** Dragging the slider over a thousand frames must not load them all. */
const MOST_WANTED = 8;
const RETRY_MILLIS = 1000;

/**
 * A run: its frames in order of iteration, and the most recently used surfaces.
 *
 * Dispatches `frames` when there are new ones, `surface` when one is loaded, and `problems` when what is wrong has changed.
 */
export class Run extends EventTarget {
  /**
   * @param {object} description what was trained
   * @param {(iteration: number) => Promise<ArrayBuffer>} fetchSurface
   * @param {() => void} open asks for the frames, once
   */
  constructor(description, fetchSurface, open = () => {}) {
    super();
    this.description = description;
    this.asks = open;
    this.summary = null;
    this.frames = [];
    this.fetchSurface = fetchSurface;
    this.surfaces = new Map();
    this.bytes = 0;
    this.wanted = [];
    this.fetching = new Set();
    this.failures = new Map();
    this.problems = new Map();
  }

  /** Whether a description is of this run, also after a restart of the server. */
  is(description) {
    return description.name === this.description.name && description.started === this.description.started;
  }

  get name() {
    return this.description.name;
  }

  /** What the run is called in links. */
  get key() {
    return this.description.key ?? this.name;
  }

  /** Asks for the run's frames. */
  open() {
    this.asks();
    this.asks = () => {};
  }

  /** Takes what is known of a run whose frames were not asked for: its last frame in short. */
  summarize(summary) {
    this.summary = { ...summary, loss: number(summary.loss), lambdaMax: number(summary.lambdaMax) };
    this.dispatchEvent(new Event('frames'));
  }

  /** The last frame in short, and the number of frames; null before there is one. */
  get latest() {
    const last = this.frames[this.frames.length - 1];
    const { summary } = this;
    if (!last || summary?.iteration > last.iteration) {
      return summary;
    }
    return {
      iteration: last.iteration,
      loss: last.loss,
      lambdaMax: lambdaMax(last)?.value ?? null,
      status: last.status,
      frames: Math.max(this.frames.length, summary?.frames ?? 0),
      live: summary?.live ?? false,
    };
  }

  /** Adds a frame, or replaces the one of the same iteration; an identical frame changes nothing. */
  add(summary) {
    const frame = { ...frameOf(summary), source: digestOf(summary) };
    let i = this.frames.length;
    while (i > 0 && this.frames[i - 1].iteration >= frame.iteration) {
      i--;
    }
    const before = this.frames[i]?.iteration === frame.iteration ? this.frames[i] : null;
    if (before?.source === frame.source) {
      return;
    }
    this.frames.splice(i, before ? 1 : 0, frame);
    this.#forget(frame.iteration);
    this.dispatchEvent(new Event('frames'));
  }

  /** Notes what is wrong with the run's files, or with empty words that it no longer is; dispatches `problems`. */
  report(key, words) {
    if (words) {
      this.problems.set(key, words);
    } else {
      this.problems.delete(key);
    }
    this.dispatchEvent(new Event('problems'));
  }

  /** The surface of a frame if it is loaded; otherwise null, and it is fetched and `surface` dispatched. */
  surface(index) {
    const frame = this.frames[index];
    if (!frame) {
      return null;
    }
    const known = this.surfaces.get(frame.iteration);
    if (known) {
      // The most recently used one comes last.
      this.surfaces.delete(frame.iteration);
      this.surfaces.set(frame.iteration, known);
      return known.surface;
    }
    this.#want(frame.iteration);
    return null;
  }

  #want(iteration) {
    const isComing = this.fetching.has(iteration) || this.wanted.includes(iteration);
    if (!isComing && !(this.failures.get(iteration) > Date.now())) {
      this.wanted = [...this.wanted, iteration].slice(-MOST_WANTED);
      this.#fetchWanted();
    }
  }

  #fetchWanted() {
    while (this.fetching.size < FETCHED_AT_ONCE && this.wanted.length > 0) {
      this.#fetch(this.wanted.shift());
    }
  }

  async #fetch(iteration) {
    this.fetching.add(iteration);
    const wanted = this.#sourceOf(iteration);
    try {
      const buffer = await this.fetchSurface(iteration);
      // A frame in work may have been refined meanwhile; then its surface is fetched again when needed.
      if (this.#sourceOf(iteration) === wanted) {
        this.#keep(iteration, buffer);
      }
    } catch {
      // The connection's state says why; it is fetched again when needed.
      this.failures.set(iteration, Date.now() + RETRY_MILLIS);
    }
    this.fetching.delete(iteration);
    this.#fetchWanted();
    this.dispatchEvent(new Event('surface'));
  }

  #sourceOf(iteration) {
    return this.frames.find((frame) => frame.iteration === iteration)?.source;
  }

  #keep(iteration, buffer) {
    this.surfaces.set(iteration, { surface: decodeSurface(buffer), size: buffer.byteLength });
    this.bytes += buffer.byteLength;
    for (const [oldest, { size }] of this.surfaces) {
      if (this.bytes <= KEPT_BYTES || oldest === iteration) {
        break;
      }
      this.surfaces.delete(oldest);
      this.bytes -= size;
    }
  }

  #forget(iteration) {
    this.bytes -= this.surfaces.get(iteration)?.size ?? 0;
    this.surfaces.delete(iteration);
    this.failures.delete(iteration);
  }

  /** The time, counted in frames, of an iteration; interpolated between frames. */
  timeOf(iteration) {
    const after = this.frames.findIndex((frame) => frame.iteration >= iteration);
    if (after <= 0) {
      return after === 0 ? 0 : Math.max(0, this.frames.length - 1);
    }
    const from = this.frames[after - 1].iteration;
    return after - 1 + (iteration - from) / (this.frames[after].iteration - from);
  }

  /** The iteration at a time counted in frames. */
  iterationAt(time) {
    const index = Math.max(0, Math.min(this.frames.length - 1, Math.floor(time)));
    const from = this.frames[index].iteration;
    const to = this.frames[Math.min(this.frames.length - 1, index + 1)].iteration;
    return from + (to - from) * Math.max(0, Math.min(1, time - index));
  }
}

/** Tells two versions of a frame apart without keeping its text. */
function digestOf(summary) {
  let digest = 0;
  for (const character of JSON.stringify(summary)) {
    digest = (31 * digest + character.codePointAt(0)) | 0;
  }
  return digest;
}
