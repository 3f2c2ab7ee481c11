import { lambdaMax, lambdaMin } from '../data/run.js';
import { count, label } from '../math/numbers.js';
import { element } from './dom.js';

const METHODS = { exact: 'exact', 'finite-difference': 'finite differences' };

/** How products with the Hessian were formed in frames, in words. */
export function methods(frames) {
  const used = new Set(frames.filter(lambdaMax).map((frame) => frame.curvature.method));
  const words = [...used].map((method) => METHODS[method] ?? method).join(' and ');
  const open = frames.some((frame) => [lambdaMax(frame), lambdaMin(frame)].some((pair) => pair && !pair.converged));
  return words && `Hessian products: ${words}; bars are residuals${open ? '; open dots have not converged' : ''}`;
}

/** A quantity's name in words. */
export function wordsOf(name) {
  return name.replaceAll('_', ' ');
}

/** The numbers of a frame of each run, in a table with a column a run. */
export class NumbersPanel {
  constructor(host) {
    this.table = element('table');
    host.append(this.table);
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
    this.table.replaceChildren(...head, ...[...rows].map(([name, cells]) => row(name, cells)));
  }
}

function row(name, cells) {
  return element(
    'tr',
    {},
    element('th', { scope: 'row', textContent: name }),
    ...cells.map(([value = '', how = '', doubtful = false]) =>
      element(
        'td',
        {},
        value,
        ...(how ? [' ', element('span', { className: doubtful ? 'doubt' : 'how', textContent: how })] : []),
      ),
    ),
  );
}

/** Name, value, how it came about, and whether that is a reason for doubt. */
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
  Object.entries(frame.quantities).forEach(([name, value]) => optional(wordsOf(name), value));
  rows.push(['Surface', `${frame.surface.evaluated} points`, pointsOf(frame.surface)]);
  optional('Time', frame.seconds.total, ' s');
  return rows;
}

function statusOf({ status }) {
  return status === 'complete' ? [] : [status, true];
}

function pointsOf({ evaluated, points }) {
  return evaluated < points ? `of ${points}` : '';
}

function curvatureRows(curvature) {
  if (curvature.reason) {
    return [['Eigenvalues', '\u2013', curvature.reason, true]];
  }
  const method = METHODS[curvature.method] ?? curvature.method;
  const pair = (name, { value, residual, converged }) => [
    name,
    `${label(value)} \u00b1 ${label(residual, 2)}`,
    `${method}, ${converged ? 'converged' : 'not converged'}`,
    !converged,
  ];
  const last = curvature.smallest.length;
  return [
    ...curvature.largest.map((each, i) => pair(i === 0 ? '\u03bb max' : `\u03bb ${i + 1}`, each)),
    ...curvature.smallest.map((each, i) => pair(i === last - 1 ? '\u03bb min' : `\u03bb \u2212${last - i}`, each)),
    ['Products', count(curvature.products), 'with the Hessian'],
    ...traceRows(curvature),
    ...Object.entries(curvature.absent).map(([name, reason]) => [wordsOf(name), '\u2013', reason, true]),
  ];
}

function traceRows({ trace, method }) {
  if (!trace) {
    return [];
  }
  const { value, standardError, estimator, samples } = trace;
  const how = `${estimator}, ${samples} samples, ${METHODS[method] ?? method}`;
  return [['Trace', `${label(value)} \u00b1 ${label(standardError, 2)}`, how]];
}
