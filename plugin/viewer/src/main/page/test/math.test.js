import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Axis } from '../src/math/axis.js';
import { COLOR_MAPS, colorTable } from '../src/math/colormaps.js';
import { inTime, interpolate } from '../src/math/cubic.js';
import { Field } from '../src/math/field.js';
import { isolines } from '../src/math/isolines.js';
import { count, label, linearTicks, logarithmicTicks, shortLabel } from '../src/math/numbers.js';
import { Descent, OPTIMIZERS } from '../src/math/optimizers.js';
import { Scale } from '../src/math/scale.js';
import { seeded } from './random.js';

const { seed, next } = seeded();
const message = `seed ${seed}`;
const close = (actual, expected, tolerance) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} within ${tolerance}, ${message}`);

test('interpolation meets its knots and stays between them where values rise', () => {
  const knots = Array.from({ length: 8 }, () => next()).sort((a, b) => a - b);
  const values = Array.from({ length: 8 }, () => next()).sort((a, b) => a - b);
  interpolate(knots, values, knots).forEach((value, i) => close(value, values[i], 1e-12));
  const places = Array.from({ length: 200 }, (_, i) => knots[0] + ((knots[7] - knots[0]) * i) / 199);
  const between = interpolate(knots, values, places);
  for (let i = 1; i < between.length; i++) {
    assert.ok(between[i] >= between[i - 1] - 1e-12, message);
  }
});

test('interpolation leaves holes where a knot has no number, and ends at the ends', () => {
  const [a, hole, , b] = interpolate([0, 1, 2, 3], [1, 1, NaN, 1], [0.5, 1.5, 2.5, 3]);
  assert.equal(a, 1);
  assert.ok(Number.isNaN(hole));
  assert.equal(b, 1);
  assert.deepEqual([...interpolate([0, 1], [5, 6], [-0.1, 1.1])].map(Number.isNaN), [true, true]);
});

test('between two frames a point stays between its two values', () => {
  for (let i = 0; i < 200; i++) {
    const [before, from, to, after, t] = [next(), next(), next(), next(), next()];
    const value = inTime(i % 3 ? before : NaN, from, to, i % 5 ? after : NaN, t);
    assert.ok(value >= Math.min(from, to) - 1e-12 && value <= Math.max(from, to) + 1e-12, message);
  }
});

test('scales go there and back, and their contour lines lie at round values', () => {
  const low = 10 ** (4 * next() - 3);
  for (const logarithmic of [true, false]) {
    const scale = new Scale(logarithmic, low, low * (2 + 100 * next()));
    const value = low + (scale.high - low) * next();
    close(scale.value(scale.height(value)) / value, 1, 1e-9);
    assert.equal(scale.height(scale.low), 0);
    close(scale.height(scale.high), 1, 1e-12);
    const { first, step } = scale.contours();
    assert.ok(first >= -1e-9 && step > 0.01 && step < 0.3, `${first} ${step} ${message}`);
    assert.ok(scale.ticks(5).every((tick) => scale.height(tick) > -1e-6 && scale.height(tick) < 1 + 1e-6), message);
  }
});

test('a scale shows the highest values unless they would press the rest flat', () => {
  assert.equal(Scale.showing(false, [0, 1, 1.2]).high, 1.2);
  assert.equal(Scale.showing(false, [0, 1, 50]).high, 1);
  assert.ok(Scale.showing(true, [2, 2, 2]).high > 2);
  assert.equal(Scale.showing(true, [-1, 1, 1]).logarithmic, false);
  assert.throws(() => new Scale(true, 0, 1), /logarithmic scale cannot run from 0 to 1/);
});

test('axes go there and back, whatever lies on both sides of zero', () => {
  const values = [-next(), 50 * next() + 1, next(), NaN];
  for (const kind of ['linear', 'symlog', 'log']) {
    const axis = Axis.showing(kind, values);
    const share = next();
    close(axis.share(axis.value(share)), share, 1e-9);
    assert.ok(axis.ticks().length >= 2, `${kind} ${axis.ticks()} ${message}`);
    assert.notEqual(axis.kind, 'log', 'a logarithm of negative values');
  }
  assert.equal(Axis.showing('log', [0.1, 10]).kind, 'log');
});

test('numbers are written as people read them', () => {
  assert.equal(label(0.123456), '0.1235');
  assert.equal(label(-12.5), '\u221212.50');
  assert.equal(label(1.5e-7, 3), '1.5e\u22127');
  assert.equal(label(NaN), 'NaN');
  assert.equal(label(-Infinity), '\u2212\u221e');
  assert.equal(label(null), '\u2013');
  assert.equal(shortLabel(0.5), '0.5');
  assert.equal(shortLabel(100), '100');
  assert.equal(count(431080), '431\u202f080');
  assert.deepEqual(linearTicks(0, 1, 5).map(shortLabel), ['0', '0.2', '0.4', '0.6', '0.8', '1']);
  assert.deepEqual(logarithmicTicks(0.05, 20, 4), [0.1, 1, 10]);
});

test('colour maps run through colours without jumps', () => {
  for (const name of COLOR_MAPS) {
    const table = colorTable(name);
    for (let i = 4; i < table.length; i++) {
      assert.ok(Math.abs(table[i] - table[i - 4]) <= 12, `${name} at ${i}`);
    }
  }
});

test('contour lines lie where the function has their level', () => {
  const size = 20;
  const slope = [next() - 0.5, next() - 0.5];
  const values = Float32Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [i % size, Math.floor(i / size)];
    return slope[0] * x + slope[1] * y;
  });
  // At a place inside, so that there is a line.
  const level = slope[0] * (5 + 9 * next()) + slope[1] * (5 + 9 * next());
  const lines = isolines(values, size, size, level);
  for (let i = 0; i < lines.length; i += 2) {
    close(slope[0] * lines[i] + slope[1] * lines[i + 1], level, 1e-4);
  }
  assert.ok(lines.length >= 4 && lines.length % 4 === 0, message);
});

test('contour lines keep off holes, and part at saddles', () => {
  assert.deepEqual(isolines([0, 1, NaN, 1], 2, 2, 0.5), []);
  assert.equal(isolines([0, 1, 1, 0], 2, 2, 0.6).length, 8);
});

function bowl() {
  const axis = Float64Array.from({ length: 41 }, (_, i) => -1 + i / 20);
  const field = new Field(axis, axis);
  field.heights.forEach((_, i) => {
    field.heights[i] = (axis[i % 41] ** 2 + axis[Math.floor(i / 41)] ** 2) / 2;
  });
  return field;
}

test('a field is read between its points, and not outside', () => {
  const field = bowl();
  const [alpha, beta] = [1.8 * next() - 0.9, 1.8 * next() - 0.9];
  // A bilinear patch of a cell of 1/20 differs from the paraboloid by at most (1/20)^2 / 8 each way.
  close(field.at(alpha, beta), (alpha ** 2 + beta ** 2) / 2, 2 * (1 / 20) ** 2 / 8 + 1e-6);
  const [x, y] = field.toSquare(alpha, beta);
  const [backAlpha, backBeta] = field.fromSquare(x, y);
  close(backAlpha, alpha, 1e-12);
  close(backBeta, beta, 1e-12);
  const [da, db] = field.gradient(alpha, beta, (height) => height);
  close(da, alpha, 0.06);
  close(db, beta, 0.06);
  assert.ok(Number.isNaN(field.at(1.01, 0)));
  assert.deepEqual([field.contains(1, -1), field.contains(1.01, 0)], [true, false]);
});

test('a ray meets the surface where it is', () => {
  const field = bowl();
  const goal = [1.2 * next() - 0.6, 1.2 * next() - 0.6];
  const [x, y] = field.toSquare(...goal);
  const point = { x, y: field.at(...goal), z: -y };
  const origin = { x: 1, y: 3, z: 2 };
  const length = Math.hypot(point.x - origin.x, point.y - origin.y, point.z - origin.z);
  const direction = {
    x: (point.x - origin.x) / length,
    y: (point.y - origin.y) / length,
    z: (point.z - origin.z) / length,
  };
  const [alpha, beta] = field.hit(origin, direction, 1);
  close(alpha, goal[0], 1e-3);
  close(beta, goal[1], 1e-3);
  assert.equal(field.hit(origin, { x: 0, y: 1, z: 0 }, 1), null);
});

test('every optimizer runs down a bowl', () => {
  for (const kind of Object.keys(OPTIMIZERS)) {
    const rate = kind === 'nadam' ? 0.02 : 0.1;
    const descent = new Descent(kind, { rate, beta1: 0.8, beta2: 0.99 }, [0.8 - next(), 0.7]);
    for (let i = 0; i < 1500; i++) {
      descent.advance((alpha, beta) => [alpha, 3 * beta]);
    }
    close(Math.hypot(...descent.position), 0, 0.05);
  }
});

test('the first steps of NADAM are those of its paper', () => {
  const step = OPTIMIZERS.nadam.create({ rate: 0.1, beta1: 0.9, beta2: 0.999 });
  // With m = 0.1 g and v = 0.001 g^2: 0.9 * 0.1 / (1 - 0.81) + 0.1 / (1 - 0.9), over |g|.
  const [first] = step([2, 0]);
  close(first, -0.1 * ((0.9 * 0.1) / 0.19 + 1), 1e-8);
});

test('an optimizer that leaves the surface says so', () => {
  const descent = new Descent('gradientDescent', { rate: 1, beta1: 0, beta2: 0 }, [0, 0]);
  descent.advance(() => [NaN, NaN]);
  assert.equal(descent.outcome, 'left the surface');
});
