import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SKIPPED, frameOf, leftOut, minimizerOf } from '../src/data/frame.js';
import { Landscape, hasLogarithm, scaleAt, scaleOf } from '../src/data/landscape.js';
import { domainOf, lineOf, nearestTo, pointAt } from '../src/data/line.js';
import { averageOf, modelCircle, modelLines, modelOf } from '../src/data/planeModel.js';
import { Run } from '../src/data/run.js';
import { METRICS, decodeSurface, fineAxis, resample } from '../src/data/surface.js';
import { sentence } from '../src/view/barCode.js';
import { Player } from '../src/view/player.js';
import { explanationOf, wordsOf } from '../src/view/words.js';
import { seeded } from './random.js';

const { seed, next } = seeded();
const message = `seed ${seed}`;

/** Bytes as the server sends them. */
function encode({ alpha, beta, fields, evaluated }) {
  const metrics = Object.keys(METRICS).filter((metric) => fields[metric]);
  const points = alpha.length * beta.length;
  const buffer = new ArrayBuffer(12 + 4 * (alpha.length + beta.length + metrics.length * points) + points);
  const present = metrics.reduce((bits, metric) => bits | (1 << Object.keys(METRICS).indexOf(metric)), 0);
  new Uint32Array(buffer, 0, 3).set([alpha.length, beta.length, present]);
  const floats = [...alpha, ...beta, ...metrics.flatMap((metric) => fields[metric])];
  new Float32Array(buffer, 12, floats.length).set(floats);
  new Uint8Array(buffer, 12 + 4 * floats.length).set(evaluated);
  return buffer;
}

function summary(iteration, loss) {
  return {
    iteration,
    epoch: 0,
    status: 'complete',
    loss,
    accuracy: null,
    validationLoss: null,
    validationAccuracy: null,
    surface: { evaluated: 9, columns: 3, rows: 3, ranges: { loss: [loss, 3 * loss, 3 * loss] } },
    curvature: {
      method: 'exact',
      products: 0,
      asymmetry: 'NaN',
      referenceDeviation: null,
      reason: 'off',
      largest: [],
      smallest: [],
      layers: [],
      absent: {},
    },
    quantities: {},
    seconds: {},
  };
}

const AXIS = [-1, 0, 1];

function surfaceOf(loss) {
  return encode({
    alpha: AXIS,
    beta: AXIS,
    fields: { loss: [3, 2, 3, 2, 1, 2, 3, 2, 3].map((factor) => factor * loss) },
    evaluated: new Array(9).fill(1),
  });
}

function runOf(losses) {
  const run = new Run({ name: 'run', started: 'now' }, async (iteration) => surfaceOf(losses[iteration / 10]));
  losses.forEach((loss, i) => run.add(summary(10 * i, loss)));
  return run;
}

const arrived = (run) => new Promise((resolve) => run.addEventListener('surface', resolve, { once: true }));

test('a surface is read from its bytes', () => {
  const loss = Array.from({ length: 6 }, () => Math.fround(next()));
  const accuracy = Array.from({ length: 6 }, () => Math.fround(next()));
  const bytes = encode({ alpha: [-1, 0, 1], beta: [0, 1], fields: { loss, accuracy }, evaluated: [1, 0, 1, 1, 1, 1] });
  const surface = decodeSurface(bytes);
  assert.deepEqual([...surface.alpha], [-1, 0, 1]);
  assert.deepEqual([...surface.beta], [0, 1]);
  assert.deepEqual([...surface.fields.loss], loss, message);
  assert.deepEqual([...surface.fields.accuracy], accuracy, message);
  assert.equal(surface.fields.validationLoss, undefined);
  assert.deepEqual([...surface.evaluated], [1, 0, 1, 1, 1, 1]);
});

test('a surface of which only a coarser grid is complete is read on that one', () => {
  const axis = [-1, -0.5, 0, 0.5, 1];
  const evaluated = Array.from({ length: 25 }, (_, i) => (i % 2 === 0 && Math.floor(i / 5) % 2 === 0 ? 1 : 0));
  const loss = evaluated.map((known, i) => (known ? (i % 5) + 1 : NaN));
  const surface = decodeSurface(encode({ alpha: axis, beta: axis, fields: { loss }, evaluated }));
  const x = fineAxis(surface.alpha, 8);
  const values = resample(surface, 'loss', (value) => value, x, x);
  assert.equal(x.length, 9);
  values.forEach((value, i) => assert.ok(Math.abs(value - (1 + (i % 9) / 2)) < 1e-6, `${i}: ${value}`));
});

test('a surface with interpolated points is read on all of them', () => {
  const axis = [-1, -0.5, 0, 0.5, 1];
  const evaluated = Array.from({ length: 25 }, (_, i) => (i % 2 === 0 && Math.floor(i / 5) % 2 === 0 ? 1 : 2));
  const loss = evaluated.map((how, i) => (how === 1 ? i % 5 : 100 + (i % 5)));
  const surface = decodeSurface(encode({ alpha: axis, beta: axis, fields: { loss }, evaluated }));
  const values = resample(surface, 'loss', (value) => value, axis, axis);
  assert.deepEqual([...values], loss);
});

test('the coarser grid may be another one along each axis', () => {
  const [alpha, beta] = [
    [-3, -2, -1, 0, 1],
    [0, 0.5, 1],
  ];
  // Every second column of every row, and one more point.
  const evaluated = Array.from({ length: 15 }, (_, i) => ((i % 5) % 2 === 0 || i === 6 ? 1 : 0));
  const loss = evaluated.map((known, i) => (known ? (i % 5) + 10 * Math.floor(i / 5) : NaN));
  const surface = decodeSurface(encode({ alpha, beta, fields: { loss }, evaluated }));
  const values = resample(surface, 'loss', (value) => value, alpha, beta);
  values.forEach((value, i) => assert.ok(Math.abs(value - ((i % 5) + 10 * Math.floor(i / 5))) < 1e-6, `${i}: ${value}`));
});

test('a value that is no number leaves a hole around it and nothing more', () => {
  const loss = new Array(25).fill(1);
  loss[12] = Infinity;
  const axis = [-2, -1, 0, 1, 2];
  const surface = decodeSurface(encode({ alpha: axis, beta: axis, fields: { loss }, evaluated: new Array(25).fill(1) }));
  const values = resample(surface, 'loss', Math.log, axis, axis);
  assert.equal(values.filter(Number.isNaN).length, 1);
});

test('frames are kept in order, and a frame of the same iteration takes the place of the one before', () => {
  const run = runOf([3, 2, 1]);
  run.add(summary(5, 9));
  run.add(summary(10, 7));
  assert.deepEqual(
    run.frames.map(({ iteration, loss }) => [iteration, loss]),
    [
      [0, 3],
      [5, 9],
      [10, 7],
      [20, 1],
    ],
  );
  assert.ok(Number.isNaN(run.frames[0].curvature.asymmetry));
});

test('classes arrive with their numbers, and without them there are none', () => {
  const sent = summary(3, 1);
  assert.deepEqual(frameOf(sent).curvature.classes, []);
  sent.curvature.classes = [{ classes: 4, examples: 12, loss: 0.5, accuracy: 'NaN', share_1: -0.25 }];
  assert.deepEqual(frameOf(sent).curvature.classes, [
    { classes: 4, examples: 12, loss: 0.5, accuracy: NaN, share_1: -0.25 },
  ]);
});

test('hollows of a surface arrive with their numbers, and a run without them has none', () => {
  const hollow = { alpha: 0.5, beta: -1, birth: 0.25, death: 'Infinity', isOnRim: true, isCertain: true };
  const sent = summary(3, 1);
  assert.deepEqual(frameOf(sent).surface.hollows, []);
  sent.surface.hollows = [hollow, { ...hollow, death: 0.75, isCertain: false }];
  sent.quantities = { surface_minima: 1, surface_persistence: 0 };
  const frame = frameOf(sent);
  assert.deepEqual(
    frame.surface.hollows.map(({ death }) => death),
    [Infinity, 0.75],
  );
  assert.equal(sentence(frame), '1 local minimum inside; 1 within the error');
});

test('numbers of layers and of the Gauss-Newton matrix that are not finite arrive as such', () => {
  const message = summary(0, 1);
  const errors = { bar: 'NaN', samplingError: 'NaN', validation: null };
  const eigenvalue = { value: 'Infinity', residual: 'NaN', converged: false, ...errors };
  const trace = { value: '-Infinity', standardError: 2, estimator: 'hutchinson', samples: 3 };
  message.curvature.layers = [{ layer: 'a', parameters: 7, largest: eigenvalue, smallest: eigenvalue, trace }];
  message.curvature.gaussNewton = { largest: eigenvalue, share: 'NaN', products: 4 };
  const { layers, gaussNewton } = frameOf(message).curvature;
  assert.deepEqual(layers[0].largest, {
    value: Infinity,
    residual: NaN,
    converged: false,
    bar: NaN,
    samplingError: NaN,
    validation: undefined,
  });
  assert.equal(layers[0].trace.value, -Infinity);
  assert.equal(gaussNewton.largest.value, Infinity);
  assert.ok(Number.isNaN(gaussNewton.share));
});

test('frames that were left out are counted where the next one came, also after a run was continued', () => {
  const counts = [0, 2, 2, undefined, 3, 1];
  const frames = counts.map((count, i) => ({ iteration: 10 * i, quantities: { [SKIPPED]: count } }));
  assert.deepEqual(leftOut(frames), [
    { x: 10, count: 2 },
    { x: 40, count: 1 },
    { x: 50, count: 1 },
  ]);
});

test('the minimizer is the origin of a plane that follows it, and lies somewhere on a fixed one', () => {
  assert.deepEqual(minimizerOf(summary(0, 1)), { place: [0, 0], isFixed: false });
  const quantities = { trajectory_alpha: -0.5, trajectory_beta: 2, trajectory_distance: 3 };
  assert.deepEqual(minimizerOf({ quantities }), { place: [-0.5, 2], isFixed: true, distance: 3 });
});

test('a frame that is told again, by a server that has started anew, changes nothing', () => {
  const run = runOf([3, 2]);
  let told = 0;
  run.addEventListener('frames', () => told++);
  run.add(summary(10, 2));
  assert.equal(told, 0);
  run.add(summary(10, 1));
  assert.equal(told, 1);
});

test('of many surfaces that were passed by, only the latest are fetched', async () => {
  const fetched = [];
  const run = new Run({ name: 'run', started: 'now' }, async (iteration) => {
    fetched.push(iteration);
    return surfaceOf(1);
  });
  for (let i = 0; i < 100; i++) {
    run.add(summary(i, 1));
  }
  for (let i = 0; i < 100; i++) {
    run.surface(i);
  }
  while (run.fetching.size > 0) {
    await arrived(run);
  }
  assert.deepEqual(fetched, [0, 1, 2, 3, 92, 93, 94, 95, 96, 97, 98, 99]);
});

test('time and iterations go there and back', () => {
  const run = runOf([3, 2, 1]);
  run.add(summary(25, 1));
  const time = 3 * next();
  assert.ok(Math.abs(run.timeOf(run.iterationAt(time)) - time) < 1e-9, message);
  assert.equal(run.timeOf(-5), 0);
  assert.equal(run.timeOf(99), 3);
});

test('between two frames the surface lies between theirs', async () => {
  const run = runOf([2, 1, 0.5, 0.25]);
  const landscape = new Landscape(run, 'loss', true, 120);
  const scale = scaleOf(run.frames, 'loss', true);
  assert.equal(landscape.show(1, scale), false);
  await arrived(run);
  assert.equal(landscape.show(1, scale), true);
  const middle = () => scale.value(landscape.field.at(0, 0));
  assert.ok(Math.abs(middle() - 1) < 1e-5);
  landscape.show(1.5, scale);
  for (let index = 0; index < 4; index++) {
    if (!run.surface(index)) {
      await arrived(run);
    }
  }
  assert.equal(landscape.show(1.5, scale), true);
  // The logarithm falls evenly, so halfway in time is halfway in the logarithm.
  assert.ok(Math.abs(middle() - Math.SQRT1_2) < 1e-5, `${middle()}`);
});

test('a surface that cannot be had leaves the page as it was', async () => {
  const run = new Run({ name: 'run', started: 'now' }, async () => {
    throw new Error('gone');
  });
  run.add(summary(0, 1));
  const landscape = new Landscape(run, 'loss', true, 120);
  assert.equal(landscape.show(0, scaleOf(run.frames, 'loss', true)), false);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(run.surface(0), null);
});

test('scales are of the whole run or of the frame on display', () => {
  const { frames } = runOf([4, 1]);
  assert.equal(hasLogarithm(frames, 'loss'), true);
  assert.equal(hasLogarithm(frames, 'accuracy'), false);
  assert.deepEqual([scaleOf(frames, 'loss', true).low, scaleOf(frames, 'loss', true).high], [1, 12]);
  assert.deepEqual([scaleAt([[frames, 1]], 'loss', false).low, scaleAt([[frames, 1]], 'loss', false).high], [1, 3]);
  assert.ok(Math.abs(scaleAt([[frames, 0.5]], 'loss', true).low - 2) < 1e-12);
  assert.equal(scaleOf([], 'loss', true), null);
});

test('the player plays to the end, steps, and follows new frames', () => {
  const player = new Player();
  player.follow = true;
  player.setSize(4);
  player.seek(0);
  player.toggle();
  player.speed = 4;
  player.advance(0.5);
  assert.equal(player.time, 2);
  player.advance(1);
  assert.deepEqual([player.time, player.playing], [3, false]);
  player.setSize(6);
  assert.ok(player.moving);
  for (let i = 0; i < 11; i++) {
    player.advance(0.1);
  }
  assert.deepEqual([player.time, player.moving], [5, false]);
  player.setSize(100);
  assert.deepEqual([player.time, player.moving], [99, false]);
  player.seek(2.5);
  player.step(-1);
  assert.equal(player.time, 2);
  player.setSize(101);
  assert.deepEqual([player.time, player.moving], [2, false]);
});

test('a line has points for each of its values, and is read at 0 or next to it', () => {
  const line = lineOf({ name: 'a', alpha: [-1, 0.5, 2], loss: [1, 'NaN', 'Infinity'], validationAccuracy: [9, 8, 7] });
  assert.deepEqual(line.loss, [{ x: -1, y: 1 }, { x: 0.5, y: NaN }, { x: 2, y: Infinity }]);
  assert.deepEqual(line.validationAccuracy[2], { x: 2, y: 7 });
  assert.deepEqual(line.accuracy, []);
  assert.deepEqual(domainOf([line]), [-1, 2]);
  assert.equal(nearestTo(0, [line]), 0.5);
  assert.equal(pointAt(line.loss, 0), undefined);
  const further = lineOf({ name: 'b', alpha: [1, 3], loss: [1, 1] });
  assert.deepEqual(domainOf([line, further]), [-1, 3]);
  assert.equal(nearestTo(1.2, [line, further]), 1);
  assert.equal(pointAt(further.loss, 1).y, 1);
  assert.equal(pointAt(line.loss, 1), undefined);
});

test('the model of a plane is its Taylor polynomial, drawn where it is on the scale', () => {
  const [a, b, aa, ab, bb] = Array.from({ length: 5 }, () => 2 * next() - 1);
  const frame = {
    loss: 2,
    quantities: {
      plane_slope_alpha: a,
      plane_slope_beta: b,
      plane_curvature_alpha: aa,
      plane_curvature_alpha_beta: ab,
      plane_curvature_beta: bb,
      quadratic_radius: 0.5,
    },
  };
  const model = modelOf(frame);
  const [x, y] = [2 * next() - 1, 2 * next() - 1];
  const expected = 2 + a * x + b * y + (aa * x * x) / 2 + ab * x * y + (bb * y * y) / 2;
  assert.ok(Math.abs(model.at(x, y) - expected) < 1e-12, message);
  const scale = { height: (value) => value / 4 };
  const field = { alpha: AXIS, beta: AXIS };
  const points = modelLines(model, field, scale);
  assert.ok(points.length > 0 && points.length % 2 === 0, message);
  points.forEach(([alpha, beta, height]) => {
    assert.ok(height >= 0 && height <= 1 && Math.abs(height - model.at(alpha, beta) / 4) < 1e-12, message);
  });
  modelCircle(model, scale).forEach(([alpha, beta]) => assert.ok(Math.abs(Math.hypot(alpha, beta) - 0.5) < 1e-12, message));
  assert.equal(modelOf({ loss: 2, quantities: { plane_slope_alpha: a } }), null);
  assert.deepEqual(modelCircle(modelOf({ ...frame, quantities: { ...frame.quantities, quadratic_radius: undefined } }), scale), []);
});

test('averaged weights have a place where more than one frame is averaged', () => {
  const quantities = { averaged_loss: 1.5, averaged_alpha: 0.1, averaged_beta: -0.2, averaged_frames: 3 };
  assert.deepEqual(averageOf({ quantities }, 'loss'), { place: [0.1, -0.2], value: 1.5 });
  assert.equal(averageOf({ quantities }, 'validationLoss'), null);
  assert.equal(averageOf({ quantities: { ...quantities, averaged_frames: 1 } }, 'loss'), null);
});

test('each documented quantity is explained', () => {
  const readme = readFileSync(new URL('../../../../../core/README.md', import.meta.url), 'utf8');
  const rows = readme.split('## Quantities')[1].split('\n\n')[1].split('\n').slice(2);
  const names = rows.flatMap((row) => [...row.split('|')[1].matchAll(/`([a-z]\w*[a-z])`/g)].map(([, name]) => name));
  assert.ok(names.length > 20, names.join());
  assert.deepEqual(names.filter((name) => !explanationOf(wordsOf(name))), []);
});
