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

/** The upright edge that is furthest to the left, with the values at their heights. */
export function heightAxis(context, look, base, project) {
  const top = look.state.heightScale;
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ];
  const [x, z] = corners.reduce((left, corner) =>
    project(corner[0], top, corner[1])[0] < project(left[0], top, left[1])[0] ? corner : left,
  );
  const [footX, footY] = project(x, base, z);
  const [headX, headY] = project(x, top, z);
  context.strokeStyle = look.theme.muted;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(footX, footY);
  context.lineTo(headX, headY);
  context.stroke();
  // Too close together, labels run into each other.
  let above = Infinity;
  for (const tick of look.scale.ticks(5)) {
    const [tickX, tickY] = project(x, top * look.scale.height(tick), z);
    if (above - tickY < 14) {
      continue;
    }
    above = tickY;
    context.strokeStyle = look.theme.muted;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(tickX - 4, tickY);
    context.lineTo(tickX, tickY);
    context.stroke();
    write(context, look.theme, shortLabel(tick), tickX - 8, tickY, 'right', look.theme.muted);
  }
  write(context, look.theme, look.label.toLowerCase(), headX, headY - 14, 'center', look.theme.text);
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
