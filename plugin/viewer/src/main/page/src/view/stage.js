import { label } from '../math/numbers.js';
import { element, theme } from './dom.js';
import { colorBar, title, write } from './furniture.js';
import { MapView } from './mapView.js';
import { SurfaceView } from './surfaceView.js';
import { HAS_WEBGL } from './webgl.js';

const TURN = Math.PI / 24;
const NEARER = 0.88;

/** Camera keys: azimuth, polar angle, factor of the distance. */
const CAMERA_KEYS = {
  ArrowLeft: [-TURN, 0, 1],
  ArrowRight: [TURN, 0, 1],
  ArrowUp: [0, -TURN, 1],
  ArrowDown: [0, TURN, 1],
  '+': [0, 0, NEARER],
  '=': [0, 0, NEARER],
  '-': [0, 0, 1 / NEARER],
};

/**
 * One run's surface, in three dimensions or as a map, with labels and colour bar.
 *
 * Dispatches `camera` when the user has moved it, and `drop` with the coordinates of a clicked point.
 */
export class Stage extends EventTarget {
  #views = new Map();
  #look = null;
  #hover = null;
  #pressed = null;
  #following = false;
  /** Taken over before there was a view. */
  #camera = null;
  #size = { width: 0, height: 0 };

  constructor() {
    super();
    this.tip = element('div', { className: 'tip', hidden: true });
    this.note = element('p', { className: 'note' });
    this.over = element('canvas', { className: 'over' });
    this.over.setAttribute('aria-hidden', 'true');
    this.element = element('section', { className: 'stage' }, this.over, this.note, this.tip);
    new ResizeObserver(() => this.#resize()).observe(this.element);
  }

  /**
   * Shows a surface.
   *
   * @param {object} look what to draw: `field`, its `scale`, `state`, `title` lines, `label` of the values, name of the `run`, the
   *     `minimizer`'s place, its `trail` of places and heights, whether it `wanders` over the plane, `descents` with `path` and `color`, the
   *     quadratic `model` of the plane or null, the `average` weights' place and value or null, and `version`, which changes with the heights
   */
  draw(look) {
    const stale = look.version !== this.#look?.version || look.field !== this.#look?.field;
    this.#look = { ...look, theme: theme() };
    const view = this.#view();
    if (stale || view !== this.shown) {
      view.take(look.field);
      this.shown = view;
    }
    view.canvas.setAttribute('aria-label', `${look.label}, ${look.title.join(', ')}`);
    this.#draw();
  }

  /** A message in place of a surface or below it. */
  set message(text) {
    this.note.textContent = text;
    this.note.hidden = text === '';
  }

  /** Whether the surface is still loading. */
  set busy(busy) {
    this.element.setAttribute('aria-busy', busy);
  }

  get camera() {
    return this.#views.get('surface')?.camera;
  }

  /** Takes over another stage's camera without dispatching `camera`. */
  follow(camera) {
    const surface = this.#views.get('surface');
    this.#camera = camera;
    if (surface && camera) {
      this.#following = true;
      surface.camera = camera;
      this.#following = false;
    }
  }

  /** Releases the resources of the graphics card. */
  dispose() {
    this.#views.get('surface')?.dispose();
    this.#views.clear();
  }

  home() {
    this.#following = true;
    this.#camera = null;
    this.#views.get('surface')?.home();
    this.#following = false;
  }

  /** The current picture as one canvas. */
  picture() {
    this.#draw();
    const { width, height } = this.shown.canvas;
    const picture = element('canvas', { width, height });
    const context = picture.getContext('2d');
    const background = context.createLinearGradient(0, 0, 0, height);
    background.addColorStop(0, this.#look.theme.top);
    background.addColorStop(1, this.#look.theme.bottom);
    context.fillStyle = background;
    context.fillRect(0, 0, width, height);
    context.drawImage(this.shown.canvas, 0, 0);
    context.drawImage(this.over, 0, 0, width, height);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    write(context, this.#look.theme, this.#look.run, 12, height / devicePixelRatio - 14, 'left');
    return picture;
  }

  #view() {
    const name = this.#look.state.mode === 'surface' && HAS_WEBGL ? 'surface' : 'map';
    if (!this.#views.has(name)) {
      this.#views.set(name, this.#create(name));
    }
    this.#views.forEach((view, other) => {
      view.canvas.hidden = other !== name;
    });
    return this.#views.get(name);
  }

  #create(name) {
    const canvas = element('canvas', { tabIndex: 0 });
    canvas.setAttribute('role', 'img');
    this.element.insertBefore(canvas, this.over);
    const view = name === 'surface' ? new SurfaceView(canvas, () => this.#moved()) : new MapView(canvas);
    view.resize(this.#size.width, this.#size.height, devicePixelRatio);
    if (name === 'surface' && this.#camera) {
      view.camera = this.#camera;
    }
    canvas.addEventListener('pointermove', (event) => this.#point(event));
    canvas.addEventListener('pointerleave', () => this.#leave());
    canvas.addEventListener('pointerdown', ({ offsetX, offsetY }) => {
      this.#pressed = [offsetX, offsetY];
    });
    canvas.addEventListener('click', (event) => this.#click(event));
    canvas.addEventListener('keydown', (event) => this.#key(event));
    return view;
  }

  #resize() {
    const { clientWidth: width, clientHeight: height } = this.element;
    if (width === 0 || height === 0) {
      return;
    }
    this.#size = { width, height };
    this.over.width = Math.round(width * devicePixelRatio);
    this.over.height = Math.round(height * devicePixelRatio);
    this.#views.forEach((view) => view.resize(width, height, devicePixelRatio));
    this.#draw();
  }

  #draw() {
    const { width, height } = this.#size;
    if (!this.shown || width === 0) {
      return;
    }
    const context = this.over.getContext('2d');
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    const look = { ...this.#look, hover: this.#hover };
    this.shown.draw(look, context);
    colorBar(context, look, width, height);
    title(context, look);
  }

  #moved() {
    this.#draw();
    // A view that is being made puts its camera into place.
    if (!this.#following && this.camera) {
      this.dispatchEvent(new Event('camera'));
    }
  }

  #point({ offsetX, offsetY, buttons }) {
    this.#hover = buttons === 0 && this.#look ? this.shown.pick(this.#look, offsetX, offsetY) : null;
    this.tip.hidden = !this.#hover;
    if (this.#hover) {
      const [alpha, beta] = this.#hover;
      const value = this.#look.scale.value(this.#look.field.at(alpha, beta));
      this.tip.textContent = `\u03b1 ${label(alpha, 3)}  \u03b2 ${label(beta, 3)}  ${label(value)}`;
      // On the side of the pointer with room.
      const left = offsetX < this.#size.width / 2 ? offsetX + 14 : offsetX - 14 - this.tip.offsetWidth;
      this.tip.style.left = `${left}px`;
      this.tip.style.top = `${Math.max(4, offsetY - 30)}px`;
    }
    this.#draw();
  }

  #leave() {
    this.#hover = null;
    this.tip.hidden = true;
    this.#draw();
  }

  #click({ offsetX, offsetY }) {
    const [x, y] = this.#pressed ?? [offsetX, offsetY];
    const point = this.#look && this.shown.pick(this.#look, offsetX, offsetY);
    // A drag of the camera also ends in a click.
    if (point && Math.hypot(offsetX - x, offsetY - y) < 4) {
      this.dispatchEvent(new CustomEvent('drop', { detail: point }));
    }
  }

  #key(event) {
    const turn = CAMERA_KEYS[event.key];
    if (turn && this.shown.turn && !event.ctrlKey && !event.metaKey) {
      this.shown.turn(...turn);
      event.preventDefault();
      event.stopPropagation();
    }
  }
}
