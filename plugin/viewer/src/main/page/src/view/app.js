import { METRICS } from '../data/surface.js';
import { hasLogarithm } from '../data/landscape.js';
import { Charts } from './charts.js';
import { Controls } from './controls.js';
import { filmType, recordFilm } from './film.js';
import { FindingsBar } from './findingsBar.js';
import { bindKeys } from './keys.js';
import { readLink, writeLink } from './link.js';
import { LineCharts } from './lineCharts.js';
import { NumbersPanel } from './numbersPanel.js';
import { OptimizerPlayground } from './optimizerPlayground.js';
import { OptionsTable } from './optionsTable.js';
import { PageHead } from './pageHead.js';
import { save, sideBySide } from './picture.js';
import { Player } from './player.js';
import { RunList } from './runList.js';
import { Selection } from './selection.js';
import { Stages } from './stages.js';
import { State } from './state.js';
import { ThemeSwitch } from './themeSwitch.js';
import { Transport } from './transport.js';

/** Shortest time between two redraws of the charts, and between two changes of the address. */
const CHART_MILLIS = 250;
const LINK_MILLIS = 300;

const get = (id) => document.getElementById(id);

/** The page: runs from a source, some of them on display, all at one time. */
export class App {
  #stale = { runs: true, frames: true, lines: true };
  #scheduled = false;
  #lastTick = 0;
  #due = {};
  #opened = false;
  #seen = new Set();

  constructor(source) {
    this.source = source;
    this.link = readLink(location.hash);
    this.state = new State();
    this.player = new Player();
    this.player.reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.theme = new ThemeSwitch(get('theme'));
    this.head = new PageHead();
    this.controls = new Controls(get('controls'), this.state);
    this.transport = new Transport(this.player);
    this.selection = new Selection();
    this.runs = new RunList(get('runs'), get('runs-open'), this.selection);
    this.stages = new Stages(get('stages'), () => this.#redraw());
    this.stages.camera = this.link.camera;
    this.findings = new FindingsBar(get('findings').firstChild);
    this.numbers = new NumbersPanel(get('numbers-body'));
    this.options = new OptionsTable(get('options'));
    this.charts = new Charts(get('charts'), get('across'));
    this.lines = new LineCharts(get('lines'));
    this.playground = new OptimizerPlayground();
    this.#listen();
    this.#bind();
    this.#showState();
    this.#redraw('runs');
  }

  #listen() {
    this.source.addEventListener('runs', () => this.#redraw('runs'));
    this.source.addEventListener('lines', () => this.#redraw('lines'));
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
    this.selection.addEventListener('change', () => this.#redraw('runs'));
    this.stages.addEventListener('drop', ({ detail }) => this.playground.armed && this.playground.drop(detail));
    this.stages.addEventListener('camera', () => this.#redraw());
    this.charts.addEventListener('seek', ({ detail }) => this.#seek(detail));
    this.theme.addEventListener('change', () => {
      this.charts.repaint();
      this.lines.repaint();
      this.#redraw();
    });
    addEventListener('hashchange', () => this.#followLink());
  }

  #bind() {
    get('reset').addEventListener('click', () => this.stages.turn(null));
    get('png').addEventListener('click', () => this.#save());
    get('film').hidden = !filmType();
    get('film').addEventListener('click', () => this.#film());
    get('playground-random').addEventListener('click', () => this.#dropAnywhere());
    get('across').addEventListener('change', () => this.#redraw());
    bindKeys([
      [[' '], 'play and pause', () => this.player.toggle()],
      [['ArrowLeft'], 'previous frame', () => this.player.step(-1)],
      [['ArrowRight'], 'next frame', () => this.player.step(1)],
      [['Home'], 'first frame', () => this.player.seek(0)],
      [['End'], 'last frame', () => this.player.seek(this.player.last)],
      [['l'], 'logarithmic or linear', () => this.state.set({ scale: this.state.scale === 'log' ? 'linear' : 'log' })],
      [['m'], 'surface or contour map', () => this.state.set({ mode: this.state.mode === 'map' ? 'surface' : 'map' })],
      [['c'], 'contour lines', () => this.state.set({ contours: !this.state.contours })],
      [['r'], 'reset the view', () => this.stages.turn(null)],
      [['p'], 'download a picture', () => this.#save()],
      [['t'], 'light or dark', () => get('theme').click()],
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

  /** Does something soon, once however often it is asked for. */
  #soon(name, millis, act) {
    this.#due[name] ??= setTimeout(() => {
      this.#due[name] = null;
      act();
    }, millis);
  }

  #tick(now) {
    this.#scheduled = false;
    const seconds = Math.min(0.1, Math.max(0, (now - this.#lastTick) / 1000));
    this.#lastTick = now;
    if (this.#stale.runs) {
      this.#takeRuns();
    }
    if (this.#stale.runs || this.#stale.lines) {
      this.#takeLines();
    }
    if (this.#stale.frames) {
      this.#takeFrames();
    }
    this.player.advance(seconds);
    this.#stale = { runs: false, frames: false, lines: false };
    this.#draw(seconds);
    if (this.player.moving || this.playground.moving) {
      this.#redraw();
    }
  }

  #takeRuns() {
    const runs = this.source.runs.filter(Boolean);
    this.selection.keep(runs);
    runs.filter((run) => !this.#seen.has(run)).forEach((run) => this.#meet(run));
    const chosen = this.selection.chosen.map(({ run }) => run);
    this.runs.show(runs);
    this.stages.take(chosen);
    this.options.show(this.selection.chosen);
    this.#stale.frames = true;
  }

  /** The page of lines alone has nothing else. */
  #takeLines() {
    const lines = this.source.lines.filter(Boolean);
    document.body.classList.toggle('lines-only', lines.length > 0 && this.source.runs.length === 0);
    this.lines.show(lines);
    this.head.show(
      this.selection.chosen.map(({ run }) => run),
      lines,
    );
  }

  /** A new run is shown if the link names it, or if it names none and the source says so. */
  #meet(run) {
    this.#seen.add(run);
    run.addEventListener('frames', () => (this.selection.has(run) ? this.#redraw('frames') : this.runs.refresh()));
    run.addEventListener('problems', () => this.head.showProblems(this.selection.chosen.map((each) => each.run)));
    const { runs } = this.link;
    if (runs.length > 0 ? runs.includes(run.key) : run.description.shown) {
      this.selection.tick(run, true);
    }
  }

  #takeFrames() {
    this.player.setSize(this.stages.shows[0]?.run.frames.length ?? 0);
    this.#open();
    this.#offer();
    this.runs.refresh();
    this.#soon('charts', CHART_MILLIS, () => {
      this.charts.show(this.selection.chosen);
      this.#redraw();
    });
  }

  /** A page opens at the last frame of its runs, or at the one that its link names: `#frame=1` is the first. */
  #open() {
    if (!this.#opened && this.stages.shows[0]?.run.frames.length) {
      this.#opened = true;
      this.player.seek(this.link.frame === null ? this.player.last : this.link.frame - 1);
    }
  }

  #offer() {
    const frames = this.stages.shows.flatMap(({ run }) => run.frames);
    const metrics = Object.keys(METRICS).filter((metric) => frames.some(({ surface }) => surface.ranges[metric]));
    this.controls.offer(metrics, hasLogarithm(frames, this.state.metric));
  }

  #draw(seconds) {
    const { time } = this.player;
    this.stages.wait();
    const moments = this.stages.moments(this.player.shown);
    if (moments.length === 0) {
      return;
    }
    const first = this.stages.shows[0];
    const scale = this.stages.scale(moments, this.state);
    if (scale) {
      if (this.playground.moving && first.field) {
        this.playground.advance(seconds, first.field, scale);
      }
      const { descents } = this.playground;
      this.stages.draw(moments, { state: this.state, scale, reachable: this.source.reachable, descents });
    }
    const shown = moments.map(({ show, time: at }) => ({ name: show.run.name, frame: show.frameAt(at) }));
    this.findings.show(shown);
    this.numbers.show(shown);
    this.charts.at(this.charts.across.now(first.run, time), shown);
    this.transport.show(first.run);
    this.#soon('link', LINK_MILLIS, () => this.#writeLink());
  }

  #seek(value) {
    const [first] = this.stages.shows;
    this.player.pause();
    this.player.seek(this.charts.across.timeOf(first.run, value));
  }

  #writeLink() {
    const hash = writeLink({
      runs: this.source.runs.length > 1 ? this.selection.chosen.map(({ run }) => run.key) : [],
      frame: Math.floor(this.player.time + 1e-9) + 1,
      camera: this.stages.camera,
    });
    if (hash !== location.hash) {
      history.replaceState(null, '', hash);
    }
  }

  #followLink() {
    this.link = readLink(location.hash);
    const { runs, frame, camera } = this.link;
    if (runs.length > 0) {
      this.source.runs.filter(Boolean).forEach((run) => this.selection.tick(run, runs.includes(run.key)));
    }
    if (frame !== null) {
      this.player.pause();
      this.player.seek(frame - 1);
    }
    this.stages.turn(camera);
  }

  #dropAnywhere() {
    const field = this.stages.shows[0]?.field;
    if (field) {
      this.playground.drop(field.fromSquare(1.8 * Math.random() - 0.9, 1.8 * Math.random() - 0.9));
    }
  }

  get #fileName() {
    return this.stages.shows.map(({ run }) => run.name).join('-');
  }

  #save() {
    const pictures = this.stages.pictures();
    if (pictures.length > 0) {
      save(sideBySide(pictures), `${this.#fileName}.png`);
    }
  }

  async #film() {
    const button = get('film');
    if (this.stages.pictures().length > 0 && this.player.last > 0 && !button.disabled) {
      button.disabled = true;
      await recordFilm(this.player, () => this.stages.pictures(), this.#fileName);
      button.disabled = false;
    }
  }

  #showState() {
    const { state } = this.source;
    this.head.showState(state);
    this.transport.showFollow(state !== 'file');
  }
}
