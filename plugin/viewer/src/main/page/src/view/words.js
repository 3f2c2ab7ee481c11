import { lambdaMax, lambdaMin } from '../data/frame.js';

const WORDS = { 'finite-difference': 'finite differences' };

/** One sentence on what a row of numbers says. */
const EXPLANATIONS = {
  Iteration: 'Completed parameter updates of the network.',
  Loss: 'Mean loss on the training probe at the minimizer.',
  Accuracy: 'Share of the training probe that is classified correctly.',
  'Validation loss': 'Mean loss on the validation probe at the minimizer.',
  'Validation accuracy': 'Share of the validation probe that is classified correctly.',
  '\u03bb max': 'Largest eigenvalue of the Hessian, the curvature in the sharpest direction; the error is its residual or its 95 % sampling error, whichever is larger.',
  '\u03bb min': 'Smallest eigenvalue of the Hessian; below zero, the loss bends down in some direction.',
  Products: 'Hessian-vector products that the eigenvalues took.',
  Deviation: 'Relative difference between eigenvalues in single and in double precision.',
  Trace: 'Sum of all eigenvalues of the Hessian, estimated from random vectors.',
  Surface: 'Points at which the loss was computed; between them the surface is interpolated.',
  Time: 'Seconds that this frame took on the worker.',
  'edge of stability': 'Curvature over the largest at which the optimizer is stable; above 1, steps overshoot.',
  'gradient norm': 'Euclidean norm of the gradient on the training probe.',
  'loss standard error': 'Standard error of the loss from the choice of the probe\u2019s examples.',
  'gradient noise scale': 'Batch size, in examples, at which noise and gradient are equal; smaller batches make noisy steps.',
  'gradient noise scale error': 'Standard error of the gradient noise scale.',
  'batch size': 'Examples of the mini-batch of the last update.',
  'gradient signal to noise': 'Squared gradient over the variance of single examples, averaged over the parameters.',
  'sam rise': 'Rise of the loss after a step of length 0.05 along the gradient.',
  'critical step': 'Length at which the last step would raise the training loss, in lengths of that step.',
  'validation critical step': 'Length at which the last step would raise the validation loss, in lengths of that step.',
  overhead: 'Share of wall time that frames took so far.',
  'reduced frames': 'Frames so far that lack of memory made smaller, this one among them.',
  budget: 'Share of wall time that frames may take.',
  'device failures': 'Times that a GPU failed, so that frames were computed on the CPU.',
  'skipped frames': 'Frames that were due while the worker was busy.',
  'budget grid': 'Points on each side of the surface that the budget left.',
  'budget examples': 'Examples of the probe that the budget left for the surface.',
  'eigenvalue ratio': 'Size of the smallest eigenvalue over the largest; 0 where the loss is convex.',
  'learning rate': 'Learning rate of the next update, with its schedule.',
  'gradient top share': 'Share of the squared gradient in the eigenspace of the largest eigenvalues.',
  'gradient curvature': 'Curvature of the loss along the gradient.',
  'preconditioned gradient curvature': 'Curvature along the gradient over the largest at which the optimizer is stable; above 1, the loss may spike.',
  'plane slope alpha': 'First derivative of the loss along \u03b1.',
  'plane slope beta': 'First derivative of the loss along \u03b2.',
  'plane curvature alpha': 'Second derivative of the loss along \u03b1.',
  'plane curvature alpha beta': 'Mixed second derivative of the loss along \u03b1 and \u03b2.',
  'plane curvature beta': 'Second derivative of the loss along \u03b2.',
  'quadratic radius': 'Distance on the plane at which its quadratic model is 10 % wrong.',
  'validation valley distance': 'Euclidean distance from the minimizer to the lowest point of the validation surface.',
  'averaged loss': 'Training loss at the mean of the last frames\u2019 weights, with BatchNorm\u2019s statistics estimated there.',
  'averaged validation loss': 'Validation loss at the mean of the last frames\u2019 weights.',
  'averaged frames': 'Frames whose weights are averaged.',
  'averaged alpha': 'Coordinate \u03b1 of the averaged weights.',
  'averaged beta': 'Coordinate \u03b2 of the averaged weights.',
  'step curvature': 'Curvature of the loss along the last step.',
  'step alpha': 'How far the last step went: \u22121 nowhere, 0 to the bottom, 1 as high up the other side.',
  'step length': 'Euclidean length of the last step.',
  'eigenspace overlap': 'How much the sharpest directions are those of the previous frame; 1 for the same.',
  'parameter norm': 'Euclidean norm of the trained parameters.',
  'distance from start': 'Euclidean distance of the parameters from those of the first frame.',
  'surface minima': 'Local minima inside the surface that are deeper than the errors of grid and probe.',
  'surface persistence': 'How deep all hollows of the surface are together, without the lowest; 0 for a bowl.',
  'classes.shares.top class': 'The class that the sharpest direction belongs to.',
  'classes.shares.top share': 'The share of that class in the curvature along the sharpest direction, 0 to 1.',
  'direction cosine': 'Cosine of the angle between the two directions of the surface; 0 for a right angle.',
  'delta eigenvalue': 'Eigenvalue of the direction along \u03b1.',
  'delta residual': 'Residual of the eigenvalue along \u03b1.',
  'delta converged': '1 if the eigenvalue along \u03b1 has converged, otherwise 0.',
  'eta eigenvalue': 'Eigenvalue of the direction along \u03b2.',
  'eta residual': 'Residual of the eigenvalue along \u03b2.',
  'eta converged': '1 if the eigenvalue along \u03b2 has converged, otherwise 0.',
  'trajectory alpha': 'The minimizer\u2019s coordinate \u03b1 on a fixed plane.',
  'trajectory beta': 'The minimizer\u2019s coordinate \u03b2 on a fixed plane.',
  'trajectory distance': 'Distance of the minimizer from a fixed plane.',
  'trajectory plane loss': 'Loss on a fixed plane below the minimizer.',
  'trajectory concealed': 'Loss at the minimizer minus the loss on the plane below it.',
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
  const bars = 'bars are residuals or 95 % sampling errors, whichever are larger';
  return `${productsOf(frames)}; ${bars}${open ? '; open dots have not converged' : ''}`;
}
