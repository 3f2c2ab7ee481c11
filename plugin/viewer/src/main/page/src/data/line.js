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

/** The coordinates that lines cover, and a place to read them: 0, where the parameters lie, or the nearest to it. */
export function spanOf(lines) {
  const alphas = lines.flatMap(({ loss }) => loss.map(({ x }) => x));
  const first = alphas.reduce((least, x) => Math.min(least, x), Infinity);
  const last = alphas.reduce((most, x) => Math.max(most, x), -Infinity);
  return { domain: [first, last], start: Math.max(first, Math.min(last, 0)) };
}
