import {
  BufferAttribute,
  BufferGeometry,
  Color,
  ColorManagement,
  Line,
  LineBasicMaterial,
  LineSegments,
  LinearSRGBColorSpace,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  Points,
  PointsMaterial,
  Scene,
  SphereGeometry,
  Vector2,
  Vector3,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import { modelCircle, modelLines } from '../data/planeModel.js';
import { axisLabels, heightAxis } from './surfaceAxes.js';
import { boxOf } from './surfaceBox.js';
import { SurfaceMesh } from './surfaceMesh.js';
import { IN_SOFTWARE } from './webgl.js';

// Colour maps and style sheet are in the screen's colours already.
ColorManagement.enabled = false;

/** Where the map on the ground lies, below the surface's lowest point. */
const GROUND = -0.5;
/** Radius of the minimizer in space, and the least that it has in pixels, as on a phone. */
const MARKER = 0.03;
const MARKER_PIXELS = 5;
const TARGET = new Vector3(0, 0.08, 0);
/** As in films: 28 degrees from alpha towards beta, 38 degrees above the ground. */
const HOME = new Vector3().setFromSphericalCoords(5.4, radians(90 - 38), radians(90 + 28)).add(TARGET);

/** A surface in three dimensions that can be rotated, zoomed and panned. */
export class SurfaceView {
  #scene = new Scene();
  #camera = new PerspectiveCamera(34, 1, 0.1, 50);
  #colors = new Map();
  #mesh = null;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {() => void} onMove called when the user has moved the camera
   */
  constructor(canvas, onMove) {
    this.canvas = canvas;
    this.renderer = new WebGLRenderer({ canvas, antialias: !IN_SOFTWARE, alpha: true });
    this.renderer.outputColorSpace = LinearSRGBColorSpace;
    this.controls = new OrbitControls(this.#camera, canvas);
    this.controls.maxPolarAngle = 0.495 * Math.PI;
    this.controls.minDistance = 1.2;
    this.controls.maxDistance = 14;
    this.controls.addEventListener('change', onMove);
    // Seen through the surface: a bowl's wall must not hide its bottom.
    this.minimizer = new Mesh(new SphereGeometry(MARKER, 24, 16), new MeshBasicMaterial({ depthTest: false }));
    this.minimizer.renderOrder = 1;
    this.average = new Mesh(new SphereGeometry(0.022, 24, 16), new MeshBasicMaterial({ depthTest: false }));
    // Below the minimizer, which it may be close to.
    this.average.renderOrder = 0.5;
    this.hover = new Mesh(new SphereGeometry(0.016, 16, 12), new MeshBasicMaterial());
    this.box = new LineSegments(new BufferGeometry(), new LineBasicMaterial());
    this.levels = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ transparent: true, opacity: 0.45 }));
    this.stem = new Line(new BufferGeometry(), new LineBasicMaterial());
    this.way = new Line(new BufferGeometry(), new LineBasicMaterial());
    this.trail = new Points(new BufferGeometry(), new PointsMaterial({ size: 4, sizeAttenuation: false }));
    this.model = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ transparent: true, opacity: 0.6 }));
    this.circle = new LineSegments(new BufferGeometry(), new LineBasicMaterial());
    this.descents = [];
    for (const changing of [this.box, this.levels, this.stem, this.trail, this.way, this.model, this.circle]) {
      changing.frustumCulled = false;
    }
    this.#scene.add(this.minimizer, this.average, this.hover, this.box, this.levels, this.stem, this.trail, this.way);
    this.#scene.add(this.model, this.circle);
    this.home();
  }

  dispose() {
    this.controls.dispose();
    this.#mesh?.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
  }

  /** Back to the first view. */
  home() {
    this.controls.target.copy(TARGET);
    this.#camera.position.copy(HOME);
    this.controls.update();
  }

  /** The camera's position and target, which another view can take over. */
  get camera() {
    return { position: this.#camera.position.toArray(), target: this.controls.target.toArray() };
  }

  set camera({ position, target }) {
    this.#camera.position.fromArray(position);
    this.controls.target.fromArray(target);
    this.controls.update();
  }

  /** Rotates by angles in radians and zooms by a factor. */
  turn(azimuth, polar, nearer = 1) {
    const offset = this.#camera.position.clone().sub(this.controls.target);
    offset.applyAxisAngle(new Vector3(0, 1, 0), azimuth);
    const side = new Vector3(offset.z, 0, -offset.x).normalize();
    offset.applyAxisAngle(side, polar).multiplyScalar(nearer);
    this.#camera.position.copy(this.controls.target).add(offset);
    this.controls.update();
  }

  resize(width, height, ratio) {
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.#camera.aspect = width / height;
    // A tall canvas shows as much from side to side as a wide one.
    this.#camera.zoom = Math.min(1, this.#camera.aspect / 1.4);
    this.#camera.updateProjectionMatrix();
    this.size = new Vector2(width, height);
  }

  /** Takes a field whose heights have changed, or another field. */
  take(field) {
    if (this.#mesh?.field !== field) {
      if (this.#mesh) {
        this.#scene.remove(this.#mesh.surface, this.#mesh.ground);
        this.#mesh.dispose();
      }
      this.#mesh = new SurfaceMesh(field, GROUND);
      this.#scene.add(this.#mesh.surface, this.#mesh.ground);
    }
    this.#mesh.update();
  }

  /** Draws the field. */
  draw(look, over) {
    const { field, state } = look;
    this.#mesh.dress(look, (css) => this.#color(css));
    const base = state.ground ? GROUND : 0;
    this.#drawMarks(look, base);
    this.#drawBox(look, base);
    this.renderer.render(this.#scene, this.#camera);
    const project = (x, y, z) => this.#project(x, y, z);
    axisLabels(over, look, field, base, project, this.#camera.position);
    heightAxis(over, look, base, project);
  }

  #drawBox({ scale, state, theme }, base) {
    const top = state.heightScale;
    const heights = scale.ticks(5).map((tick) => top * scale.height(tick));
    const { edges, levels } = boxOf(base, top, heights, this.#camera.position);
    setPoints(this.box.geometry, edges);
    setPoints(this.levels.geometry, levels);
    this.box.material.color = this.#color(theme.line);
    this.levels.material.color = this.#color(theme.line);
  }

  #drawMarks(look, base) {
    const { theme, state } = look;
    const place = ([alpha, beta], lift = 0) => this.#place(look, alpha, beta, lift);
    this.minimizer.material.color = this.#color(theme.marker);
    show(this.minimizer, place(look.minimizer, 0.014));
    show(this.hover, look.hover && place(look.hover));
    this.hover.material.color = this.#color(theme.text);
    const larger = Math.max(1, MARKER_PIXELS / (MARKER * this.#pixelsPerUnit()));
    [this.minimizer, this.average, this.hover].forEach((mark) => mark.scale.setScalar(larger));
    const foot = place(look.minimizer);
    setPoints(this.stem.geometry, foot ? [foot[0], base, foot[2], ...foot] : []);
    this.stem.material.color = this.#color(theme.marker);
    this.#drawTrail(look, place);
    this.#drawDescents(look, place);
    this.#drawAverage(look);
    this.#drawModel(look);
  }

  /** Averaged weights at the height of their own loss. */
  #drawAverage({ field, scale, average, state, theme }) {
    this.average.material.color = this.#color(theme.text);
    const height = average && scale.height(average.value);
    const shown = average && height <= 1 && field.contains(...average.place);
    const [x, y] = shown ? field.toSquare(...average.place) : [];
    show(this.average, shown && [x, Math.max(0, height) * state.heightScale, -y]);
  }

  /** The quadratic model as a net, and the circle within which it holds. */
  #drawModel({ field, scale, model, state, theme }) {
    const inSpace = ([alpha, beta, height]) => {
      const [x, y] = field.toSquare(alpha, beta);
      return [x, height * state.heightScale, -y];
    };
    setPoints(this.model.geometry, model ? modelLines(model, field, scale).flatMap(inSpace) : []);
    setPoints(this.circle.geometry, model ? modelCircle(model, scale).flatMap(inSpace) : []);
    this.model.material.color = this.#color(theme.text);
    this.circle.material.color = this.#color(theme.marker);
  }

  /** Earlier minimizers at the height of their own loss, and on a fixed plane their path over its surface. */
  #drawTrail({ field, trail, minimizer, wanders, state, theme }, place) {
    this.trail.visible = state.trail;
    this.way.visible = state.trail && wanders;
    const shown = trail.filter((each) => Number.isFinite(each.height) && field.contains(...each.place));
    setPoints(
      this.trail.geometry,
      shown.flatMap((each) => {
        const [x, y] = field.toSquare(...each.place);
        return [x, Math.min(1, each.height) * state.heightScale, -y];
      }),
    );
    const places = [...trail.map((each) => each.place), minimizer];
    setPoints(
      this.way.geometry,
      wanders ? places.flatMap((each) => place(each, 0.006) ?? []) : [],
    );
    this.trail.material.color = this.#color(theme.marker);
    this.way.material.color = this.#color(theme.marker);
  }

  #drawDescents(look, place) {
    this.descents.forEach(({ line, head }) => {
      this.#scene.remove(line, head);
      line.geometry.dispose();
    });
    this.descents = look.descents.map(({ path, color }) => {
      const line = new Line(new BufferGeometry(), new LineBasicMaterial({ color: this.#color(color) }));
      line.frustumCulled = false;
      setPoints(
        line.geometry,
        path.flatMap((point) => place(point, 0.006) ?? []),
      );
      const head = new Mesh(this.hover.geometry, new MeshBasicMaterial({ color: this.#color(color) }));
      show(head, place(path[path.length - 1]));
      this.#scene.add(line, head);
      return { line, head };
    });
  }

  /** The point of the surface at coordinates, in space; null outside the surface. */
  #place({ field, state }, alpha, beta, lift) {
    const height = field.at(alpha, beta);
    if (!(height <= 1.001)) {
      return null;
    }
    const [x, y] = field.toSquare(alpha, beta);
    return [x, height * state.heightScale + lift, -y];
  }

  /** The coordinates under a point of the canvas, on the surface or on the map below it; null outside both. */
  pick({ field, state }, x, y) {
    const screen = new Vector3((2 * x) / this.size.x - 1, 1 - (2 * y) / this.size.y, 0.5).unproject(this.#camera);
    const origin = this.#camera.position;
    const direction = screen.sub(origin).normalize();
    return field.hit(origin, direction, state.heightScale) ?? (state.ground ? groundAt(field, origin, direction) : null);
  }

  #project(x, y, z) {
    const point = new Vector3(x, y, z).project(this.#camera);
    return [((point.x + 1) / 2) * this.size.x, ((1 - point.y) / 2) * this.size.y];
  }

  /** Pixels of a unit of space in the middle of the view. */
  #pixelsPerUnit() {
    const distance = this.#camera.position.distanceTo(this.controls.target);
    return (this.#camera.zoom * this.size.y) / (2 * distance * Math.tan(radians(this.#camera.fov / 2)));
  }

  #color(css) {
    if (!this.#colors.has(css)) {
      this.#colors.set(css, new Color(css));
    }
    return this.#colors.get(css);
  }
}

function radians(degrees) {
  return (degrees * Math.PI) / 180;
}

function groundAt(field, origin, direction) {
  const distance = (GROUND - origin.y) / direction.y;
  const [x, y] = [origin.x + distance * direction.x, -(origin.z + distance * direction.z)];
  return distance > 0 && Math.abs(x) <= 1 && Math.abs(y) <= 1 ? field.fromSquare(x, y) : null;
}

function show(mesh, place) {
  mesh.visible = Boolean(place);
  if (place) {
    mesh.position.fromArray(place);
  }
}

function setPoints(geometry, coordinates) {
  geometry.setAttribute('position', new BufferAttribute(Float32Array.from(coordinates), 3));
}
