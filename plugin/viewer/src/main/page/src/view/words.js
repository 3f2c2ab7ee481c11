import { lambdaMax, lambdaMin } from '../data/frame.js';

const WORDS = { 'finite-difference': 'finite differences' };

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
