/** Largest distance in frames over which time runs to the newest frame, and frames per second on the way. */
const FURTHEST_RUN = 3;
const FOLLOWING_SPEED = 2;

/**
 * Time, counted in frames: plays, steps, seeks, or follows the newest frame. Dispatches `time` when it moves and
 * `playing` when it starts or stops.
 */
export class Player extends EventTarget {
  time = 0;
  last = 0;
  playing = false;
  /** Frames per second. */
  speed = 2;
  /** Whether time runs to each new frame while it is at the newest one. */
  follow = false;
  /** Whether time jumps from frame to frame, for users who prefer reduced motion. */
  reduced = false;
  /** The time to which it is running while it follows. */
  #goal = null;

  /** Sets the number of frames. */
  setSize(frames) {
    const atEnd = this.time >= this.last - 1e-9;
    const grew = frames - 1 > this.last;
    this.last = Math.max(0, frames - 1);
    if (this.time > this.last) {
      this.seek(this.last);
    } else if (grew && atEnd && this.follow && !this.playing) {
      this.#follow();
    }
    this.dispatchEvent(new Event('time'));
  }

  /** Runs to the newest frame, or jumps there from far behind. */
  #follow() {
    if (this.last - this.time > FURTHEST_RUN || this.reduced) {
      this.seek(this.last);
    } else {
      this.#goal = this.last;
    }
  }

  seek(time) {
    this.#goal = null;
    this.#move(time);
  }

  /** Steps to the next frame in a direction. */
  step(direction) {
    this.pause();
    this.seek(direction > 0 ? Math.floor(this.time + 1 + 1e-9) : Math.ceil(this.time - 1 - 1e-9));
  }

  toggle() {
    if (this.playing) {
      this.pause();
    } else {
      if (this.time >= this.last) {
        this.seek(0);
      }
      this.#setPlaying(this.last > 0);
    }
  }

  pause() {
    this.#goal = null;
    this.#setPlaying(false);
  }

  /** The time at which surfaces are shown: while it plays with reduced motion, that of the frame before. */
  get shown() {
    return this.reduced && this.playing ? Math.floor(this.time + 1e-9) : this.time;
  }

  /** Whether time moves by itself. */
  get moving() {
    return this.playing || this.#goal !== null;
  }

  /** Advances by a number of seconds. */
  advance(seconds) {
    if (this.playing) {
      this.#move(this.time + seconds * this.speed);
      if (this.time >= this.last) {
        this.#setPlaying(false);
      }
    } else if (this.#goal !== null) {
      this.#move(Math.min(this.#goal, this.time + seconds * FOLLOWING_SPEED));
      if (this.time >= this.#goal) {
        this.#goal = null;
      }
    }
  }

  #move(time) {
    this.time = Math.max(0, Math.min(this.last, time));
    this.dispatchEvent(new Event('time'));
  }

  #setPlaying(playing) {
    if (this.playing !== playing) {
      this.playing = playing;
      this.dispatchEvent(new Event('playing'));
    }
  }
}
