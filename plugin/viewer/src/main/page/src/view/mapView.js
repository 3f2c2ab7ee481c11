import { colorTable } from '../math/colormaps.js';
import { isolines } from '../math/isolines.js';
import { linearTicks, shortLabel } from '../math/numbers.js';
import { write } from './furniture.js';

const LEFT = 52;
const RIGHT = 84;
const TOP = 50;
const BOTTOM = 44;

/** A surface from above, with contour lines: needs no WebGL. */
export class MapView {
  #raster = document.createElement('canvas');
  /** The map as drawn last, with what it was drawn for; moving the pointer does not change it. */
  #drawn = { canvas: document.createElement('canvas'), key: '' };
  #lines = null;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
  }

  resize(width, height, ratio) {
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.ratio = ratio;
    const side = Math.max(40, Math.min(width - LEFT - RIGHT, height - TOP - BOTTOM));
    this.square = { x: LEFT + (width - LEFT - RIGHT - side) / 2, y: TOP + (height - TOP - BOTTOM - side) / 2, side };
    this.size = { x: width, y: height };
  }

  take() {
    this.#lines = null;
    this.#drawn.key = '';
  }

  draw(look, over) {
    const { context, square } = this;
    context.clearRect(0, 0, this.size.x, this.size.y);
    context.drawImage(this.#picture(look), square.x, square.y, square.side, square.side);
    context.strokeStyle = look.theme.line;
    context.lineWidth = 1;
    context.strokeRect(square.x, square.y, square.side, square.side);
    this.#drawMarks(look);
    this.#labels(over, look);
  }

  /** The map alone. */
  #picture(look) {
    const { canvas } = this.#drawn;
    const { state, scale, theme } = look;
    const side = Math.round(this.square.side * this.ratio);
    const key = [side, state.colors, state.contours, scale.low, scale.high, scale.logarithmic, theme.contour].join();
    if (key !== this.#drawn.key) {
      this.#drawn.key = key;
      canvas.width = side;
      canvas.height = side;
      this.#rasterize(look);
      const context = canvas.getContext('2d');
      context.imageSmoothingQuality = 'high';
      context.drawImage(this.#raster, 0, 0, side, side);
      if (state.contours) {
        this.#drawContours(look, context, side);
      }
    }
    return canvas;
  }

  #rasterize({ field, state }) {
    const { columns, rows, heights } = field;
    this.#raster.width = columns;
    this.#raster.height = rows;
    const context = this.#raster.getContext('2d');
    const image = context.createImageData(columns, rows);
    const table = colorTable(state.colors);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const height = heights[row * columns + column];
        if (height <= 1.001) {
          const texel = 4 * Math.round(255 * Math.max(0, Math.min(1, height)));
          // The first row of a picture is its upper edge.
          image.data.set(table.subarray(texel, texel + 4), 4 * ((rows - 1 - row) * columns + column));
        }
      }
    }
    context.putImageData(image, 0, 0);
  }

  #drawContours({ field, scale, theme }, context, side) {
    this.#lines ??= contourLines(field, scale);
    const lines = this.#lines;
    const [perColumn, perRow] = [side / (field.columns - 1), side / (field.rows - 1)];
    context.beginPath();
    for (let i = 0; i < lines.length; i += 4) {
      context.moveTo(lines[i] * perColumn, side - lines[i + 1] * perRow);
      context.lineTo(lines[i + 2] * perColumn, side - lines[i + 3] * perRow);
    }
    context.strokeStyle = theme.contour;
    context.globalAlpha = 0.55;
    context.lineWidth = this.ratio;
    context.stroke();
  }

  #drawMarks(look) {
    const { context } = this;
    for (const { path, color } of look.descents) {
      context.strokeStyle = color;
      context.lineWidth = 2;
      context.beginPath();
      path.forEach((point) => context.lineTo(...this.#place(look.field, point)));
      context.stroke();
      this.#dot(look, path[path.length - 1], 4, color);
    }
    if (look.wanders && look.state.trail) {
      this.#drawTrail(look);
    }
    if (look.model?.radius !== undefined) {
      this.#circle(look);
    }
    // Below the minimizer, which it may be close to.
    if (look.average) {
      this.#dot(look, look.average.place, 4, look.theme.text);
    }
    this.#dot(look, look.minimizer, 6, look.theme.marker);
    if (look.hover) {
      this.#dot(look, look.hover, 3.5, look.theme.text);
    }
  }

  /** The minimizer's path across the plane, clipped to the map. */
  #drawTrail(look) {
    const { context, square } = this;
    const places = look.trail.map(({ place }) => place);
    context.save();
    context.beginPath();
    context.rect(square.x, square.y, square.side, square.side);
    context.clip();
    context.beginPath();
    [...places, look.minimizer].forEach((place) => context.lineTo(...this.#place(look.field, place)));
    context.strokeStyle = look.theme.marker;
    context.lineWidth = 2;
    context.stroke();
    context.restore();
    places.forEach((place) => this.#dot(look, place, 3, look.theme.marker));
  }

  /** Within this circle the quadratic model is right to 10 %. */
  #circle({ field, model, theme }) {
    const { context, square } = this;
    const [x, y] = this.#place(field, [0, 0]);
    const [right, up] = this.#place(field, [model.radius, model.radius]);
    context.save();
    context.beginPath();
    context.rect(square.x, square.y, square.side, square.side);
    context.clip();
    context.beginPath();
    context.ellipse(x, y, right - x, y - up, 0, 0, 2 * Math.PI);
    context.setLineDash([6, 5]);
    context.strokeStyle = theme.marker;
    context.lineWidth = 1.5;
    context.stroke();
    context.restore();
  }

  #dot(look, point, radius, color) {
    if (!look.field.contains(...point)) {
      return;
    }
    const { context } = this;
    context.beginPath();
    context.arc(...this.#place(look.field, point), radius, 0, 2 * Math.PI);
    context.fillStyle = color;
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = look.theme.top;
    context.stroke();
  }

  #place(field, [alpha, beta]) {
    const [x, y] = field.toSquare(alpha, beta);
    return [this.square.x + ((x + 1) / 2) * this.square.side, this.square.y + ((1 - y) / 2) * this.square.side];
  }

  #labels(over, { field, theme }) {
    const { x, y, side } = this.square;
    const ticks = (axis) => linearTicks(axis[0], axis[axis.length - 1], 4);
    for (const tick of ticks(field.alpha)) {
      write(over, theme, shortLabel(tick), this.#place(field, [tick, 0])[0], y + side + 12, 'center', theme.muted);
    }
    for (const tick of ticks(field.beta)) {
      write(over, theme, shortLabel(tick), x - 8, this.#place(field, [0, tick])[1], 'right', theme.muted);
    }
    write(over, theme, '\u03b1 along \u03b4', x + side / 2, y + side + 30);
    over.save();
    over.translate(x - 38, y + side / 2);
    over.rotate(-Math.PI / 2);
    write(over, theme, '\u03b2 along \u03b7', 0, 0);
    over.restore();
  }

  /** The coordinates under a point of the canvas; null outside the map. */
  pick({ field }, x, y) {
    const { square } = this;
    const across = (2 * (x - square.x)) / square.side - 1;
    const up = 1 - (2 * (y - square.y)) / square.side;
    return Math.abs(across) <= 1 && Math.abs(up) <= 1 ? field.fromSquare(across, up) : null;
  }
}

function contourLines(field, scale) {
  const { first, step } = scale.contours();
  const lines = [];
  for (let level = first; level <= 1; level += step) {
    for (const coordinate of isolines(field.heights, field.columns, field.rows, level)) {
      lines.push(coordinate);
    }
  }
  return lines;
}
