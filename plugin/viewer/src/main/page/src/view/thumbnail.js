import { decodeSurface } from '../data/surface.js';
import { colorTable } from '../math/colormaps.js';
import { Scale } from '../math/scale.js';

/** Pixels that a thumbnail is made of along each axis; the browser scales them. */
const SIDE = 40;

/** Draws the loss of a run's last surface from above, once it comes into view and whenever there is a new one. */
export class Thumbnails {
  #wanted = new WeakMap();
  #drawn = new WeakMap();
  #observer = new IntersectionObserver((entries) => {
    entries.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => this.#draw(target));
  });

  /** Makes a canvas the thumbnail of a run. */
  show(canvas, run) {
    this.#wanted.set(canvas, run);
    this.#observer.unobserve(canvas);
    this.#observer.observe(canvas);
  }

  async #draw(canvas) {
    const run = this.#wanted.get(canvas);
    const iteration = run.latest?.iteration;
    if (iteration === undefined || this.#drawn.get(canvas) === iteration) {
      return;
    }
    this.#drawn.set(canvas, iteration);
    try {
      paint(canvas, decodeSurface(await run.fetchSurface(iteration)));
    } catch {
      this.#drawn.delete(canvas);
    }
  }
}

function paint(canvas, { alpha, beta, fields, evaluated }) {
  const values = fields.loss;
  const known = values.filter((value, i) => evaluated[i] && Number.isFinite(value)).sort();
  if (known.length === 0) {
    return;
  }
  const scale = Scale.showing(true, [known[0], known[Math.floor(0.99 * (known.length - 1))], known[known.length - 1]]);
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  const image = context.createImageData(SIDE, SIDE);
  const table = colorTable('viridis');
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const column = Math.round((x / (SIDE - 1)) * (alpha.length - 1));
      const row = Math.round((1 - y / (SIDE - 1)) * (beta.length - 1));
      const height = scale.height(values[row * alpha.length + column]);
      if (evaluated[row * alpha.length + column] && Number.isFinite(height)) {
        const texel = 4 * Math.round(255 * Math.max(0, Math.min(1, height)));
        image.data.set(table.subarray(texel, texel + 4), 4 * (y * SIDE + x));
      }
    }
  }
  context.putImageData(image, 0, 0);
}
