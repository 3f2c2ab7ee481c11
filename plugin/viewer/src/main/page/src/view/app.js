import { METRICS } from '../data/surface.js';
import { hasLogarithm, scaleAt, scaleOf } from '../data/landscape.js';
import { count } from '../math/numbers.js';
import { Charts } from './charts.js';
import { Controls } from './controls.js';
import { element, onThemeChange, theme } from './dom.js';
import { bindKeys } from './keys.js';
import { NumbersPanel } from './numbersPanel.js';
import { save, sideBySide } from './picture.js';
import { Player } from './player.js';
import { Show } from './show.js';
import { State } from './state.js';
import { OptimizerPlayground } from './optimizerPlayground.js';
import { Transport } from './transport.js';
import { IN_SOFTWARE } from './webgl.js';

const STATES = {
  file: 'recorded',
  connecting: 'connecting \u2026',
  live: 'live',
  lost: 'connection lost, trying again \u2026',
  ended: 'training has ended',
};
/** Shortest time between two redraws of the charts. */
const CHART_MILLIS = 250;
const MOST_PROBLEMS = 3;

/** The page: runs from a source, their surfaces side by side on stages, all at one time. */
export class App {
  #stale = { runs: true, frames: true };
  #scheduled = false;
  #lastTick = 0;
  #chartsDue = null;
  #opened = false;

  constructor(source) {
    this.source = source;
    this.state = new State();
    this.player = new Player();
    this.player.reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.controls = new Controls(document.getElementById('controls'), this.state);
    this.transport = new Transport(this.player);
    this.numbers = new NumbersPanel(document.getElementById('numbers-body'));
    this.charts = new Charts(document.getElementById('charts'));
    this.playground = new OptimizerPlayground();
    this.shows = [];
    document.getElementById('drawn').hidden = !IN_SOFTWARE;
    this.#listen();
    this.#showState();
    this.#redraw('runs');
  }

  #listen() {
    this.source.addEventListener('runs', () => this.#redraw('runs'));
    this.source.addEventListener('state', () => {
      this.#showState();
      // Fetches surfaces again that could not be fetched before.
      this.#redraw();
    });
    this.state.addEventListener('change', () => {
      this.#offer();
      this.#redraw();
    });
    this.player.addEventListener('time', () => this.#redraw());
    this.player.addEventListener('playing', () => this.#redraw());
    this.playground.addEventListener('change', () => this.#redraw());
    this.charts.addEventListener('seek', ({ detail }) => this.#seek(detail));
    onThemeChange(() => this.#redraw());
    const get = (id) => document.getElementById(id);
    get('reset').addEventListener('click', () => this.#home());
    get('png').addEventListener('click', () => this.#download());
    get('playground-random').addEventListener('click', () => this.#dropAnywhere());
    bindKeys([
      [[' '], 'play and pause', () => this.player.toggle()],
      [['ArrowLeft'], 'previous frame', () => this.player.step(-1)],
      [['ArrowRight'], 'next frame', () => this.player.step(1)],
      [['Home'], 'first frame', () => this.player.seek(0)],
      [['End'], 'last frame', () => this.player.seek(this.player.last)],
      [['l'], 'logarithmic or linear', () => this.state.set({ scale: this.state.scale === 'log' ? 'linear' : 'log' })],
      [['m'], 'surface or contour map', () => this.state.set({ mode: this.state.mode === 'map' ? 'surface' : 'map' })],
      [['c'], 'contour lines', () => this.state.set({ contours: !this.state.contours })],
      [['r'], 'reset the view', () => this.#home()],
      [['p'], 'download a picture', () => this.#download()],
    ]);
  }

  /** Draws everything once per screen refresh, however much has changed. */
  #redraw(stale) {
    if (stale) {
      this.#stale[stale] = true;
    }
    if (!this.#scheduled) {
      this.#scheduled = true;
      requestAnimationFrame((now) => this.#tick(now));
    }
  }

  #tick(now) {
    this.#scheduled = false;
    const seconds = Math.min(0.1, Math.max(0, (now - this.#lastTick) / 1000));
    this.#lastTick = now;
    if (this.#stale.runs) {
      this.#takeRuns();
    }
    if (this.#stale.frames) {
      this.#takeFrames();
    }
    this.player.advance(seconds);
    this.#stale = { runs: false, frames: false };
    this.#draw(seconds);
    if (this.player.moving || this.playground.moving) {
      this.#redraw();
    }
  }

  #takeRuns() {
    const runs = this.source.runs.filter(Boolean);
    const shows = runs.map((run) => this.shows.find((show) => show.run === run) ?? this.#newShow(run));
    this.shows.filter((show) => !shows.includes(show)).forEach(({ stage }) => stage.dispose());
    this.shows = shows;
    document.getElementById('stages').replaceChildren(...this.shows.map(({ stage }) => stage.element));
    document.getElementById('title').textContent = runs.map(({ name }) => name).join(' and ');
    const said = runs.map(about).join(' | ');
    Object.assign(document.getElementById('about'), { textContent: said, title: said });
    document.title = `${runs.map(({ name }) => name).join(' and ')} \u2013 Thalweg`;
    this.#showProblems();
    this.#stale.frames = true;
  }

  #newShow(run) {
    const show = new Show(run, () => this.#redraw());
    run.addEventListener('frames', () => this.#redraw('frames'));
    run.addEventListener('problems', () => this.#showProblems());
    show.stage.addEventListener('drop', ({ detail }) => this.playground.armed && this.playground.drop(detail));
    show.stage.addEventListener('camera', () => this.#link(show.stage));
    return show;
  }

  #takeFrames() {
    this.player.setSize(this.shows[0]?.run.frames.length ?? 0);
    this.#open();
    this.#offer();
    this.#chartsDue ??= setTimeout(() => {
      this.#chartsDue = null;
      this.charts.show(this.shows.map(({ run }) => run));
      this.#redraw();
    }, CHART_MILLIS);
  }

  /** A page opens at the last frame of its runs, or at the one that its link names: `#frame=1` is the first. */
  #open() {
    if (this.#opened || !this.shows[0]?.run.frames.length) {
      return;
    }
    this.#opened = true;
    const named = Number(new URLSearchParams(location.hash.slice(1)).get('frame'));
    this.player.seek(Number.isInteger(named) && named > 0 ? named - 1 : this.player.last);
  }

  #offer() {
    const frames = this.shows.flatMap(({ run }) => run.frames);
    const metrics = Object.keys(METRICS).filter((metric) => frames.some(({ surface }) => surface.ranges[metric]));
    this.controls.offer(metrics, hasLogarithm(frames, this.state.metric));
  }

  #draw(seconds) {
    const frames = this.shows.flatMap(({ run }) => run.frames);
    const { metric, scale: kind, fit } = this.state;
    const first = this.shows[0];
    if (!first || first.run.frames.length === 0) {
      this.shows.forEach(({ stage }) => {
        stage.message = 'Waiting for the first frame';
      });
      return;
    }
    const iteration = first.run.iterationAt(this.player.time);
    const moments = this.shows
      .filter(({ run }) => run.frames.length > 0)
      .map((show) => ({ show, time: show === first ? this.player.time : show.run.timeOf(iteration) }));
    const logarithmic = kind === 'log' && hasLogarithm(frames, metric);
    const scale = fit
      ? scaleAt(
          moments.map(({ show, time }) => [show.run.frames, time]),
          metric,
          logarithmic,
        )
      : scaleOf(frames, metric, logarithmic);
    if (scale) {
      this.#drawSurfaces(moments, scale, seconds);
    }
    const shown = moments.map(({ show, time }) => ({ name: show.run.name, frame: show.frameAt(time) }));
    this.numbers.show(shown);
    this.charts.at(iteration, shown);
    this.transport.show(first.run);
  }

  #drawSurfaces(moments, scale, seconds) {
    const { metric } = this.state;
    const frames = this.shows.flatMap(({ run }) => run.frames);
    const [{ show: first }] = moments;
    if (this.playground.moving && first.field) {
      this.playground.advance(seconds, first.field, scale);
    }
    const colors = theme();
    const descents = this.playground.descents.map(({ descent, color }) => ({ path: descent.path, color: colors[color] }));
    for (const { show, time } of moments) {
      show.draw(time, {
        state: this.state,
        metric,
        inLogarithm: hasLogarithm(frames, metric),
        scale,
        descents: show === first ? descents : [],
        named: moments.length > 1,
        reachable: this.source.reachable,
      });
    }
  }

  #seek(iteration) {
    this.player.pause();
    this.player.seek(this.shows[0].run.timeOf(iteration));
  }

  #link(moved) {
    for (const { stage } of this.shows) {
      if (stage !== moved) {
        stage.follow(moved.camera);
      }
    }
  }

  #home() {
    this.shows.forEach(({ stage }) => stage.home());
  }

  #dropAnywhere() {
    const field = this.shows[0]?.field;
    if (field) {
      this.playground.drop(field.fromSquare(1.8 * Math.random() - 0.9, 1.8 * Math.random() - 0.9));
    }
  }

  #download() {
    const pictures = this.shows.filter(({ field }) => field).map(({ stage }) => stage.picture());
    if (pictures.length > 0) {
      save(sideBySide(pictures), `${this.shows.map(({ run }) => run.name).join('-')}.png`);
    }
  }

  #showProblems() {
    const runs = this.source.runs.filter(Boolean);
    const problems = runs.flatMap(({ name, problems: ofRun }) =>
      [...ofRun.values()].map((words) => (runs.length > 1 ? `${name}: ${words}` : words)),
    );
    const more = problems.length - MOST_PROBLEMS;
    const shown = [...problems.slice(0, MOST_PROBLEMS), ...(more > 0 ? [`${more} more like these`] : [])];
    const list = document.getElementById('problems');
    list.replaceChildren(...shown.map((textContent) => element('li', { textContent })));
    list.hidden = problems.length === 0;
  }

  #showState() {
    const { state } = this.source;
    const shown = document.getElementById('state');
    shown.textContent = STATES[state];
    shown.dataset.state = state;
    this.transport.showFollow(state !== 'file');
  }
}

function about({ description }) {
  const { parameters, objective, device, probe, options, started } = description;
  return [
    `${count(parameters)} parameters`,
    objective,
    `probe: ${probe}`,
    `${options.normalization ?? 'no'} normalization`,
    device,
    `started ${started.replace('T', ' ').replace('Z', ' UTC')}`,
  ].join(' \u00b7 ');
}
