import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Run } from '../src/data/run.js';
import { ChartAxis, duration } from '../src/view/chartAxis.js';
import { readLink, writeLink } from '../src/view/link.js';
import { differing, grouped, ordered } from '../src/view/runOrder.js';
import { Selection } from '../src/view/selection.js';
import { eventsOf } from '../src/view/timeline.js';
import { seeded } from './random.js';

const { seed, next: random } = seeded();

function run(name, { options = {}, started = '2026-01-01T00:00:00Z', ...summary } = {}) {
  const made = new Run({ name, key: `folder/${name}`, started, device: 'CPU', options });
  if (summary.iteration !== undefined) {
    made.summarize({ status: 'complete', frames: 1, live: false, lambdaMax: null, ...summary });
  }
  return made;
}

test('a link carries runs with any names, a frame and a camera', () => {
  const camera = { position: [random() * 9 - 4, 1 / 3, -2], target: [0, 0.08, 0] };
  const state = { runs: ['a&run=b#c', 'sp ace/\u8c37'], frame: 12, camera };
  const read = readLink(writeLink(state));
  assert.deepEqual(read.runs, state.runs);
  assert.equal(read.frame, 12);
  [...camera.position, ...camera.target].forEach((value, i) => {
    assert.ok(Math.abs([...read.camera.position, ...read.camera.target][i] - value) <= 5.1e-4, `SEED=${seed}`);
  });
  assert.deepEqual(readLink(writeLink({ runs: [], frame: 1, camera: null })), { runs: [], frame: 1, camera: null });
});

test('what a link says wrongly is left out', () => {
  for (const hash of ['', '#', '#frame=-1&camera=1,2,3', '#frame=x&camera=a,b,c,d,e,f', '#frame=1.5']) {
    assert.deepEqual(readLink(hash), { runs: [], frame: null, camera: null }, hash);
  }
});

test('runs are filtered by all words, and sorted with those without a value last', () => {
  const runs = [
    run('b', { iteration: 1, loss: 2, options: { rate: '0.1' } }),
    run('a', { options: { rate: '0.2' } }),
    run('c10', { iteration: 1, loss: 1, started: '2026-01-02T00:00:00Z', status: 'diverged' }),
    run('c9', { iteration: 1, loss: 'NaN' }),
  ];
  const names = (filter, order) => ordered(runs, filter, order).map(({ name }) => name);
  assert.deepEqual(names('', 'loss'), ['c10', 'b', 'a', 'c9']);
  assert.deepEqual(names('', 'name'), ['a', 'b', 'c9', 'c10']);
  assert.equal(names('', 'started')[0], 'c10');
  assert.deepEqual(names('rate 0.1', 'name'), ['b']);
  assert.deepEqual(names('diverged CPU', 'name'), ['c10']);
});

test('options that differ are listed, and group', () => {
  const runs = [
    run('a', { options: { rate: '0.1', seed: '1' } }),
    run('b', { options: { rate: '0.01', seed: '1' } }),
    run('c', { options: { rate: '0.1', seed: '1', decay: '2' } }),
  ];
  assert.deepEqual(differing(runs), [
    ['decay', ['', '', '2']],
    ['rate', ['0.1', '0.01', '0.1']],
  ]);
  assert.deepEqual(
    grouped(runs, 'rate').map(([name, group]) => [name, group.map((each) => each.name)]),
    [
      ['rate: 0.01', ['b']],
      ['rate: 0.1', ['a', 'c']],
    ],
  );
});

test('a run keeps its colour while it is shown, and colours are told apart', () => {
  const selection = new Selection();
  const runs = Array.from({ length: 8 }, (_, i) => run(`r${i}`));
  runs.forEach((each) => selection.tick(each, true));
  const colors = runs.map((each) => selection.colorOf(each));
  assert.equal(new Set(colors).size, 8);
  selection.tick(runs[3], false);
  assert.deepEqual(
    selection.chosen.map(({ run: each }) => each),
    runs.filter((_, i) => i !== 3),
  );
  const late = run('late');
  selection.tick(late, true);
  assert.equal(selection.colorOf(late), colors[3]);
  assert.equal(selection.colorOf(runs[7]), colors[7]);
});

test('a value of an axis and its time are inverse', () => {
  const frames = [0, 10, 40, 45].map((iteration) => ({ iteration, epoch: Math.floor(iteration / 20), elapsed: 3 * iteration }));
  const of = { frames };
  for (const name of ['iteration', 'time']) {
    const axis = new ChartAxis(name, [of]);
    const time = 3 * random();
    assert.ok(Math.abs(axis.timeOf(of, axis.now(of, time)) - time) < 1e-9, `${name} at ${time}, SEED=${seed}`);
  }
  assert.deepEqual(new ChartAxis('epoch', [of]).domain, [0, 2]);
  assert.deepEqual(ChartAxis.offered([of]), ['iteration', 'epoch', 'time']);
  assert.deepEqual(ChartAxis.offered([{ frames: [{ iteration: 5, epoch: 0 }] }]), ['iteration']);
});

test('durations have two units at most', () => {
  assert.equal(duration(0), '0 min');
  assert.equal(duration(30), '30 s');
  assert.equal(duration(90), '1 min 30 s');
  assert.equal(duration(7200), '2 h');
  assert.equal(duration(90000), '1 d 1 h');
});

test('the time slider marks what is new, and the gravest of a frame', () => {
  const finding = (kind, severity) => ({ kind, severity, words: kind });
  const frames = [
    { iteration: 0, quantities: {}, findings: [finding('convex', 'note')] },
    { iteration: 10, quantities: {}, findings: [finding('diverged', 'alarm'), finding('coarse', 'warning')] },
    { iteration: 20, quantities: {}, findings: [finding('coarse', 'warning'), finding('edge', 'note')] },
    { iteration: 30, quantities: {}, findings: [finding('coarse', 'warning'), finding('edge', 'warning')] },
  ];
  assert.deepEqual(
    eventsOf(frames).map(({ index, severity }) => [index, severity]),
    [
      [3, 'warning'],
      [1, 'alarm'],
    ],
  );
});
