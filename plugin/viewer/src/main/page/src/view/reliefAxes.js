import { linearTicks, shortLabel } from '../math/numbers.js';
import { write } from './furniture.js';

const NEAR = 11;
const FAR = 44;

/**
 * The labels of both coordinates, along the ground's edges nearest to the camera.
 *
 * @param {(x: number, y: number, z: number) => [number, number]} project from space to the canvas
 */
export function axisLabels(context, look, field, base, project, eye) {
  const z = eye.z >= 0 ? 1 : -1;
  const x = eye.x >= 0 ? 1 : -1;
  const ends = (axis) => [axis[0], axis[axis.length - 1]];
  labels(context, look.theme, ends(field.alpha), '\u03b1 along \u03b4', (alpha) => {
    const [along] = field.toSquare(alpha, 0);
    return [project(along, base, z), project(along, base, 0.8 * z)];
  });
  labels(context, look.theme, ends(field.beta), '\u03b2 along \u03b7', (beta) => {
    const [, along] = field.toSquare(0, beta);
    return [project(x, base, -along), project(0.8 * x, base, -along)];
  });
}

function labels(context, theme, [low, high], name, edge) {
  const writeOutside = (text, value, distance, color) => {
    const [[x, y], [insideX, insideY]] = edge(value);
    const length = Math.hypot(x - insideX, y - insideY) || 1;
    const [dx, dy] = [(x - insideX) / length, (y - insideY) / length];
    const align = Math.abs(dx) < 0.4 ? 'center' : dx > 0 ? 'left' : 'right';
    write(context, theme, text, x + dx * distance, y + dy * distance, align, color);
  };
  for (const tick of linearTicks(low, high, 4)) {
    writeOutside(shortLabel(tick), tick, NEAR, theme.muted);
  }
  writeOutside(name, (low + high) / 2, FAR, theme.text);
}
