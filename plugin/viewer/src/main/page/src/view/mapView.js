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
    const side = Math.max(40, Math.min(width - LEFT - RIGHT, height - TOP - BOTTOM));
    this.square = { x: LEFT + (width - LEFT - RIGHT - side) / 2, y: TOP + (height - TOP - BOTTOM - side) / 2, side };
    this.size = { x: width, y: height };
  }

  take() {
    this.#lines = null;
  }

  draw(look, over) {
    const { context, square } = this;
    context.clearRect(0, 0, this.size.x, this.size.y);
    this.#rasterize(look);
    context.imageSmoothingQuality = 'high';
    context.drawImage(this.#raster, square.x, square.y, square.side, square.side);
    if (look.state.contours) {
      this.#drawContours(look);
    }
    context.strokeStyle = look.theme.line;
    context.lineWidth = 1;
    context.strokeRect(square.x, square.y, square.side, square.side);
    this.#drawMarks(look);
    this.#labels(over, look);
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

  #drawContours({ field, scale, theme }) {
    this.#lines ??= contourLines(field, scale);
    const { x, y, side } = this.square;
    const { context } = this;
    context.beginPath();
    for (let i = 0; i < this.#lines.length; i += 4) {
      const [x0, y0, x1, y1] = this.#lines.slice(i, i + 4);
      context.moveTo(x + (x0 / (field.columns - 1)) * side, y + (1 - y0 / (field.rows - 1)) * side);
      context.lineTo(x + (x1 / (field.columns - 1)) * side, y + (1 - y1 / (field.rows - 1)) * side);
    }
    context.strokeStyle = theme.contour;
    context.globalAlpha = 0.55;
    context.lineWidth = 1;
    context.stroke();
    context.globalAlpha = 1;
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
    this.#dot(look, [0, 0], 6, look.theme.marker);
    if (look.hover) {
      this.#dot(look, look.hover, 3.5, look.theme.text);
    }
  }

  #dot(look, point, radius, color) {
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

  /** The coordinates under a point of the canvas; null beside the map. */
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
