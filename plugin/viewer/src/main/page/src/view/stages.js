import { hasLogarithm, scaleAt, scaleOf } from '../data/landscape.js';
import { theme } from './dom.js';
import { MOST_SURFACES } from './selection.js';
import { Show } from './show.js';

/** The surfaces of the first runs on display, side by side, with one scale and one camera. Dispatches `camera` and `drop`. */
export class Stages extends EventTarget {
  #known = new Map();
  /** Where the user has moved the camera; null for its first place. */
  camera = null;
  shows = [];

  /**
   * @param {HTMLElement} host
   * @param {() => void} onSurface called when a surface has arrived
   */
  constructor(host, onSurface) {
    super();
    this.host = host;
    this.onSurface = onSurface;
  }

  /** Shows runs in their order. */
  take(runs) {
    const shown = runs.slice(0, MOST_SURFACES);
    for (const [run, show] of this.#known) {
      if (!shown.includes(run)) {
        show.stage.dispose();
        this.#known.delete(run);
      }
    }
    this.shows = shown.map((run) => this.#known.get(run) ?? this.#newShow(run));
    this.host.dataset.count = this.shows.length;
    this.host.replaceChildren(...this.shows.map(({ stage }) => stage.element));
  }

  #newShow(run) {
    const show = new Show(run, this.onSurface);
    show.stage.follow(this.camera);
    show.stage.addEventListener('drop', ({ detail }) => this.dispatchEvent(new CustomEvent('drop', { detail })));
    show.stage.addEventListener('camera', () => this.turn(show.stage.camera));
    this.#known.set(run, show);
    return show;
  }

  /** Moves all cameras to a place; null for the first one. */
  turn(camera) {
    this.camera = camera;
    for (const { stage } of this.shows) {
      if (camera === null) {
        stage.home();
      } else {
        stage.follow(camera);
      }
    }
    this.dispatchEvent(new Event('camera'));
  }

  /** The runs that have frames, each with its time: that of the first, and those at the same iteration. */
  moments(time) {
    const [first] = this.shows;
    if (!first || first.run.frames.length === 0) {
      return [];
    }
    const iteration = first.run.iterationAt(time);
    return this.shows
      .filter(({ run }) => run.frames.length > 0)
      .map((show) => ({ show, time: show === first ? time : show.run.timeOf(iteration) }));
  }

  /** Says on every stage without frames that it waits for them. */
  wait() {
    this.shows
      .filter(({ run }) => run.frames.length === 0)
      .forEach(({ stage }) => {
        stage.message = 'Waiting for the first frame';
      });
  }

  /** The scale of what is on display; null without any value. */
  scale(moments, { metric, scale: kind, fit }) {
    const frames = moments.flatMap(({ show }) => show.run.frames);
    const logarithmic = kind === 'log' && hasLogarithm(frames, metric);
    return fit
      ? scaleAt(
          moments.map(({ show, time }) => [show.run.frames, time]),
          metric,
          logarithmic,
        )
      : scaleOf(frames, metric, logarithmic);
  }

  /**
   * Draws all surfaces.
   *
   * @param {{state: object, scale: object, reachable: boolean, descents: {descent: object, color: string}[]}} how
   */
  draw(moments, { state, scale, reachable, descents }) {
    const frames = moments.flatMap(({ show }) => show.run.frames);
    const colors = theme();
    const paths = descents.map(({ descent, color }) => ({ path: descent.path, color: colors[color] }));
    moments.forEach(({ show, time }, i) => {
      show.draw(time, {
        state,
        metric: state.metric,
        inLogarithm: hasLogarithm(frames, state.metric),
        scale,
        descents: i === 0 ? paths : [],
        named: this.shows.length > 1,
        reachable,
      });
    });
  }

  /** What is on display as pictures. */
  pictures() {
    return this.shows.filter(({ field }) => field).map(({ stage }) => stage.picture());
  }
}
