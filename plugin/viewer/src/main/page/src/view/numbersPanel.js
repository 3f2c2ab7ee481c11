import { count, label } from '../math/numbers.js';
import { element } from './dom.js';
import { explanationOf, wordsOf } from './words.js';

/** Names of the rows that are always shown; the others fold. */
const FIRST = new Set([
  '',
  'Iteration',
  'Loss',
  'Accuracy',
  'Validation loss',
  'Validation accuracy',
  'Eigenvalues',
  '\u03bb max',
  '\u03bb min',
  'Surface',
]);

/** Runs next to each other whose numbers all say how they came about. */
const MOST_WORDY = 2;

/** A table of the current frame's numbers, with a column per run. */
export class NumbersPanel {
  constructor(host) {
    this.table = element('table');
    this.more = element('table');
    this.fold = element('details', {}, element('summary', { textContent: 'All numbers' }), this.more);
    host.append(this.table, this.fold);
  }

  /** @param {{name: string, frame: object}[]} shown */
  show(shown) {
    if (shown.length === this.shown?.length && shown.every(({ frame }, i) => frame === this.shown[i].frame)) {
      return;
    }
    this.shown = shown;
    const rows = new Map();
    shown.forEach(({ frame }, column) => {
      for (const [name, ...cell] of rowsOf(frame)) {
        rows.set(name, rows.get(name) ?? shown.map(() => []));
        rows.get(name)[column] = cell;
      }
    });
    const head = shown.length > 1 ? [row('', shown.map(({ name }) => [name]))] : [];
    const made = (wanted) => [...rows].filter(([name]) => FIRST.has(name) === wanted).map(([name, cells]) => row(name, cells));
    this.table.replaceChildren(...head, ...made(true));
    this.more.replaceChildren(...made(false));
    this.fold.hidden = this.more.rows.length === 0;
  }
}

function row(name, cells) {
  return element(
    'tr',
    {},
    name ? element('th', { scope: 'row', textContent: name, title: explanationOf(name) }) : element('td'),
    ...cells.map(([value = '', how = '', doubtful = false]) =>
      element(
        'td',
        {},
        value,
        // Columns of many runs have no room for what is as it should be.
        ...(how && (doubtful || cells.length <= MOST_WORDY) ? [' ', element('span', { className: doubtful ? 'doubt' : 'how', textContent: how })] : []),
      ),
    ),
  );
}

/** Name, value, how it was computed, and whether it is doubtful. */
function rowsOf(frame) {
  const rows = [
    ['Iteration', count(frame.iteration), `epoch ${frame.epoch}`],
    ['Loss', label(frame.loss), ...statusOf(frame)],
  ];
  const optional = (name, value, unit = '') => {
    if (value !== null && value !== undefined) {
      rows.push([name, `${label(value)}${unit}`]);
    }
  };
  optional('Accuracy', frame.accuracy, ' %');
  optional('Validation loss', frame.validationLoss);
  optional('Validation accuracy', frame.validationAccuracy, ' %');
  rows.push(...curvatureRows(frame.curvature));
  for (const [name, value] of Object.entries(frame.quantities)) {
    rows.push([wordsOf(name), Number.isInteger(value) && value >= 0 ? count(value) : label(value)]);
  }
  rows.push(['Surface', ...pointsOf(frame.surface)]);
  optional('Time', frame.seconds.total, ' s');
  return rows;
}

function statusOf({ status }) {
  return status === 'complete' ? [] : [status, true];
}

function pointsOf({ evaluated, interpolated, columns, rows }) {
  const all = columns * rows;
  if (evaluated < all && interpolated) {
    return [`${count(evaluated)} of ${count(all)} points`, `the rest within an estimated ${label(100 * interpolated.loss, 2)} %`];
  }
  return [`${columns} \u00d7 ${rows} points`, ...(evaluated === all ? [] : [`${count(evaluated)} computed`, true])];
}

function curvatureRows(curvature) {
  const method = wordsOf(curvature.method);
  const pair = (name, eigenvalue) => [
    name,
    `${label(eigenvalue.value)} \u00b1 ${label(eigenvalue.bar, 2)}`,
    [method, eigenvalue.converged ? 'converged' : 'not converged', ...samplingOf(eigenvalue)].join(', '),
    !eigenvalue.converged,
  ];
  const last = curvature.smallest.length;
  return [
    ...(curvature.reason ? [['Eigenvalues', '\u2013', curvature.reason, true]] : []),
    ...curvature.largest.map((each, i) => pair(i === 0 ? '\u03bb max' : `\u03bb ${i + 1}`, each)),
    ...curvature.smallest.map((each, i) => pair(i === last - 1 ? '\u03bb min' : `\u03bb \u2212${last - i}`, each)),
    ...(curvature.products > 0 ? [['Products', count(curvature.products), `with the Hessian, ${method}`]] : []),
    ...deviationRows(curvature),
    ...traceRows('Trace', curvature.trace, method),
    ...gaussNewtonRows(curvature.gaussNewton, method, pair),
    ...Object.entries(curvature.absent).map(([name, reason]) => [wordsOf(name), '\u2013', reason, true]),
  ];
}

/** What is known of an eigenvalue on other examples than the probe's. */
function samplingOf({ residual, samplingError, validation, bar }) {
  return [
    `\u00b1 ${bar > residual ? '95 % sampling bar' : 'residual'}`,
    ...(samplingError === undefined ? [] : [`residual ${label(residual, 2)}`, `sampling error ${label(samplingError, 2)}`]),
    ...(validation === undefined ? [] : [`${label(validation)} on validation examples`]),
  ];
}

function deviationRows({ referenceDeviation }) {
  return referenceDeviation === null || referenceDeviation === undefined
    ? []
    : [['Deviation', label(referenceDeviation, 2), 'of eigenvalues from those in double precision']];
}

function gaussNewtonRows(gaussNewton, method, pair) {
  if (!gaussNewton) {
    return [];
  }
  return [
    pair('Gauss-Newton \u03bb max', gaussNewton.largest),
    ['Share of Hessian', label(gaussNewton.share, 3), 'of the Hessian\u2019s \u03bb max'],
    ...traceRows('Gauss-Newton trace', gaussNewton.trace, method),
  ];
}

function traceRows(name, trace, method) {
  if (!trace) {
    return [];
  }
  const { value, standardError, estimator, samples } = trace;
  return [[name, `${label(value)} \u00b1 ${label(standardError, 2)}`, `${estimator}, ${samples} samples, ${method}, \u00b1 standard error`]];
}
