import { number } from './frame.js';

const VALUES = ['loss', 'accuracy', 'validationLoss', 'validationAccuracy'];

/** A line from its message: points with `x` and `y` for each of its values. */
export function lineOf({ name, alpha, ...message }) {
  const line = { name };
  for (const value of VALUES) {
    line[value] = (message[value] ?? []).map((y, i) => ({ x: alpha[i], y: number(y) }));
  }
  return line;
}

/** The coordinates that lines cover. */
export function domainOf(lines) {
  const alphas = alphasOf(lines);
  return [alphas.reduce((least, x) => Math.min(least, x), Infinity), alphas.reduce((most, x) => Math.max(most, x), -Infinity)];
}

/** The nearest coordinate at which a line has a point, since nothing is known in between; the same where there are no points. */
export function nearestTo(alpha, lines) {
  const [first = alpha, ...others] = alphasOf(lines);
  return others.reduce((best, x) => (Math.abs(x - alpha) < Math.abs(best - alpha) ? x : best), first);
}

/** The point of a line at a coordinate, if it has one there. */
export function pointAt(points, alpha) {
  return points.find(({ x }) => Math.abs(x - alpha) < 1e-9);
}

function alphasOf(lines) {
  return lines.flatMap(({ loss }) => loss.map(({ x }) => x));
}
