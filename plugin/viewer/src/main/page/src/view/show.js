import { minimizerOf } from '../data/frame.js';
import { Landscape } from '../data/landscape.js';
import { averageOf, modelOf } from '../data/planeModel.js';
import { METRICS } from '../data/surface.js';
import { count, label } from '../math/numbers.js';
import { Stage } from './stage.js';
import { IN_SOFTWARE } from './webgl.js';

/** Smallest number of vertices along each axis. */
const VERTICES = IN_SOFTWARE ? 72 : 120;
const NEIGHBOURS = [1, 2, 3, -1];

/** One run on its stage. */
export class Show {
  #landscape = null;
  #shown = '';
  #version = 0;
  #arrived = 0;

  /** @param {() => void} onSurface called when a surface has arrived */
  constructor(run, onSurface) {
    this.run = run;
    this.stage = new Stage();
    run.addEventListener('surface', () => {
      this.#arrived++;
      onSurface();
    });
  }

  /** The current heights; null before there are any. */
  get field() {
    return this.#landscape?.field ?? null;
  }

  /** The frame at a time: the latest one that is not in the future. */
  frameAt(time) {
    return this.run.frames[Math.max(0, Math.min(this.run.frames.length - 1, Math.floor(time + 1e-9)))];
  }

  /**
   * Draws the surface at a time.
   *
   * @param {{state: object, metric: string, inLogarithm: boolean, scale: object, descents: object[], named: boolean,
   *     reachable: boolean}} how `named` says whether to write the run's name, `reachable` whether surfaces can be had
   */
  draw(time, how) {
    const { metric, inLogarithm, scale, state } = how;
    if (this.#landscape?.metric !== metric || this.#landscape.inLogarithm !== inLogarithm) {
      this.#landscape = new Landscape(this.run, metric, inLogarithm, VERTICES);
      this.#shown = '';
    }
    const key = [time, scale.low, scale.high, scale.logarithmic, this.#arrived, this.run.frames.length].join();
    if (key !== this.#shown) {
      const whole = this.#landscape.show(time, scale);
      this.#shown = whole ? key : '';
      this.#version++;
      NEIGHBOURS.forEach((distance) => this.run.surface(Math.floor(time) + distance));
    }
    const frame = this.frameAt(time);
    this.stage.message = this.#message(frame, metric, how.reachable);
    this.stage.busy = this.#shown === '';
    if (this.field) {
      this.stage.draw({
        field: this.field,
        version: this.#version,
        scale,
        state,
        title: this.#title(time, frame, metric, how.named),
        label: METRICS[metric].label,
        run: this.run.name,
        ...this.#minimizers(time, metric, scale),
        model: state.model && metric === 'loss' ? modelOf(frame) : null,
        average: averageOf(frame, metric),
        descents: how.descents,
      });
    }
  }

  /** The minimizer's place now and in earlier frames, those with their height, and whether it moves on the plane. */
  #minimizers(time, metric, scale) {
    const index = this.run.frames.indexOf(this.frameAt(time));
    const from = minimizerOf(this.run.frames[index]);
    const to = minimizerOf(this.run.frames[Math.min(index + 1, this.run.frames.length - 1)]);
    const share = Math.max(0, Math.min(1, time - index));
    return {
      minimizer: from.place.map((value, i) => value + share * (to.place[i] - value)),
      wanders: from.isFixed,
      trail: this.run.frames
        .slice(0, Math.floor(time))
        .map((earlier) => ({ place: minimizerOf(earlier).place, height: scale.height(earlier[metric] ?? NaN) })),
    };
  }

  #title(time, frame, metric, named) {
    const iteration = `iteration ${count(Math.round(this.run.iterationAt(time)))}`;
    // Between two frames the surface is interpolated, and numbers are those of the earlier one.
    const computed = `${METRICS[metric].label.toLowerCase()} ${label(frame[metric])} at ${count(frame.iteration)}`;
    const { distance } = minimizerOf(frame);
    const said = distance === undefined ? computed : `${computed}, ${label(distance, 3)} away from this plane`;
    return named ? [this.run.name, `${iteration}, ${said}`] : [iteration, said];
  }

  #message(frame, metric, reachable) {
    const { ranges, columns, rows } = frame.surface;
    if (!ranges[metric]) {
      return 'This frame has no finite values to show';
    }
    if (columns < 2 || rows < 2) {
      return `${columns} \u00d7 ${rows} points make no surface`;
    }
    if (this.#shown !== '') {
      return '';
    }
    return reachable ? (this.field ? '' : 'Loading') : 'This surface was not loaded before the server stopped';
  }
}
