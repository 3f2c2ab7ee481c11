import { lambdaMax, lambdaMin } from '../data/frame.js';

const WORDS = { 'finite-difference': 'finite differences' };

/** One sentence on what a row of numbers says. */
const EXPLANATIONS = {
  Iteration: 'Completed parameter updates of the network.',
  Loss: 'Mean loss on the training probe at the minimizer.',
  Accuracy: 'Share of the training probe that is classified correctly.',
  'Validation loss': 'Mean loss on the validation probe at the minimizer.',
  'Validation accuracy': 'Share of the validation probe that is classified correctly.',
  '\u03bb max': 'Largest eigenvalue of the Hessian, the curvature in the sharpest direction; the error is its residual.',
  '\u03bb min': 'Smallest eigenvalue of the Hessian; below zero, the loss bends down in some direction.',
  Products: 'Hessian-vector products that the eigenvalues took.',
  Deviation: 'Relative difference between eigenvalues in single and in double precision.',
  Trace: 'Sum of all eigenvalues of the Hessian, estimated from random vectors.',
  Surface: 'Points at which the loss was computed; between them the surface is interpolated.',
  Time: 'Seconds that this frame took on the worker.',
  'edge of stability': 'Curvature over the largest at which the optimizer is stable; above 1, steps overshoot.',
  'gradient norm': 'Euclidean norm of the gradient on the training probe.',
  overhead: 'Share of wall time that frames took so far.',
  budget: 'Share of wall time that frames may take.',
  'skipped frames': 'Frames that were due while the worker was busy.',
};

/** What a row of numbers says, in a sentence; empty where its name says it all. */
export function explanationOf(name) {
  return EXPLANATIONS[name] ?? '';
}

/** The page's words for a name in files. */
export function wordsOf(name) {
  return WORDS[name] ?? name.replaceAll('_', ' ');
}

/** How frames computed Hessian-vector products, in words; empty if there were none. */
export function productsOf(frames) {
  const used = new Set(frames.filter(({ curvature }) => curvature.products > 0).map(({ curvature }) => curvature.method));
  return used.size > 0 ? `Hessian products: ${[...used].map(wordsOf).join(' and ')}` : '';
}

/** The same, with an explanation of error bars. */
export function eigenvaluesOf(frames) {
  const pairs = frames.flatMap((frame) => [lambdaMax(frame), lambdaMin(frame), frame.curvature.gaussNewton?.largest]);
  const open = pairs.some((pair) => pair && !pair.converged);
  return `${productsOf(frames)}; bars are residuals${open ? '; open dots have not converged' : ''}`;
}
