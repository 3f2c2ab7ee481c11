import { lambdaMax, lambdaMin, leftOut } from '../data/frame.js';
import { eigenvaluesOf, productsOf } from './words.js';

/** Quantities with a chart of their own. */
const EDGE = 'edge_of_stability';
const OVERHEAD = 'overhead';
const BUDGET = 'budget';
export const CHARTED = [EDGE, OVERHEAD, BUDGET];

/** Charts and their series: a value of a frame, or one with its error. What matters most comes first. */
export const CHARTS = [
  {
    heading: 'Loss',
    help: 'Mean loss on the probe at the minimizer.',
    kind: 'log',
    series: [
      { name: 'train', color: 'first', of: (frame) => frame.loss },
      { name: 'validation', color: 'second', of: (frame) => frame.validationLoss },
    ],
  },
  {
    heading: 'Hessian eigenvalues',
    help: 'The largest curvature, the most negative one, and the largest of the Gauss-Newton matrix.',
    kind: 'symlog',
    series: [
      { name: '\u03bb max', color: 'first', of: (frame) => estimate(lambdaMax(frame)) },
      { name: '\u03bb min', color: 'second', of: (frame) => estimate(lambdaMin(frame)) },
      { name: 'Gauss-Newton \u03bb max', color: 'third', of: (frame) => estimate(frame.curvature.gaussNewton?.largest) },
    ],
    how: eigenvaluesOf,
  },
  {
    heading: 'Edge of stability',
    help: 'The largest curvature over the largest at which the optimizer is stable; above 1, steps overshoot.',
    kind: 'linear',
    series: [{ name: 'curvature / stability limit', color: 'third', of: (frame) => frame.quantities[EDGE] }],
    threshold: 1,
    how: productsOf,
  },
  {
    heading: 'Accuracy, %',
    help: 'Share of the probe that is classified correctly.',
    kind: 'linear',
    series: [
      { name: 'train', color: 'first', of: (frame) => frame.accuracy },
      { name: 'validation', color: 'second', of: (frame) => frame.validationAccuracy },
    ],
  },
  {
    heading: 'Trace of the Hessian',
    help: 'Sum of all eigenvalues, estimated from random vectors.',
    kind: 'symlog',
    series: [{ name: '', color: 'first', of: ({ curvature: { trace } }) => trace && withError(trace) }],
    how: (frames) => `${productsOf(frames)}; bars are the standard error of the estimate`,
  },
];

/** What frames cost; comes last. */
export const COSTS = [
  {
    heading: 'Share of wall time, %',
    help: 'Time that frames took so far, and how much they may take.',
    kind: 'linear',
    series: [
      { name: 'frames', color: 'first', of: (frame) => percent(frame.quantities[OVERHEAD]) },
      { name: 'budget', color: 'muted', of: (frame) => percent(frame.quantities[BUDGET]) },
    ],
    marks: { name: 'skipped frames', of: leftOut },
  },
  {
    heading: 'Seconds a frame',
    help: 'Time that a frame took on the worker.',
    kind: 'linear',
    series: [
      { name: 'total', color: 'muted', of: (frame) => frame.seconds.total },
      { name: 'surface', color: 'first', of: (frame) => frame.seconds.surface },
      { name: 'curvature', color: 'second', of: (frame) => frame.seconds.curvature },
    ],
  },
];

function percent(share) {
  return share === undefined ? NaN : 100 * share;
}

function estimate(eigenvalue) {
  return eigenvalue && { y: eigenvalue.value, error: eigenvalue.bar, open: !eigenvalue.converged };
}

function withError({ value, standardError }) {
  return { y: value, error: standardError };
}
