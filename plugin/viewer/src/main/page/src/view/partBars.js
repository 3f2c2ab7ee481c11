import { Bars } from './bars.js';
import { wordsOf } from './words.js';

const pair = ({ value, bar, converged }) => ({ value, error: bar, open: !converged });

/** The curvature of each layer. */
export const layerBars = () =>
  new Bars({
    heading: 'Layers',
    kind: 'layers',
    help: 'Of each layer',
    of: ({ curvature }) => curvature.layers,
    named: ({ layer, parameters }) => ({ name: layer, title: `${layer}: ${parameters} parameters` }),
    choices: {
      largest: { words: 'largest eigenvalue', color: 'first', of: ({ largest }) => pair(largest) },
      smallest: { words: 'smallest eigenvalue', color: 'second', of: ({ smallest }) => pair(smallest) },
      trace: { words: 'trace', color: 'third', of: ({ trace }) => trace && { ...trace, error: trace.standardError } },
    },
    how: (choice, frames) => {
      const methods = new Set(frames.map(({ curvature }) => wordsOf(curvature.method)));
      const words = { largest: 'largest eigenvalue', smallest: 'smallest eigenvalue', trace: 'trace' }[choice];
      const error = choice === 'trace' ? 'an estimate; its standard error is marked' : 'its residual is marked';
      return `${words} of the layer's block of the Hessian, ${[...methods].join(' and ')}; ${error}`;
    },
    absence: absenceOf('layers'),
  });

/** The largest eigenvalues of which a class's share can be chosen. */
const RANKS = [1, 2, 3, 4, 5];

const shares = Object.fromEntries(
  RANKS.map((rank) => [
    `share_${rank}`,
    {
      words: `share in \u03bb ${rank === 1 ? 'max' : rank}`,
      color: 'first',
      unit: ' %',
      of: ({ [`share_${rank}`]: share, [`share_${rank}_bar`]: bar }) => known(100 * share, 100 * bar),
    },
  ]),
);

/** Loss, accuracy and share of the sharpest directions of each class. */
export const classBars = () =>
  new Bars({
    heading: 'Classes',
    kind: 'classes',
    help: 'Of each class',
    of: ({ curvature }) => curvature.classes,
    named: (part) => ({ name: `${part.classes}`, title: `class ${part.classes}: ${part.examples} examples` }),
    choices: {
      ...shares,
      loss: { words: 'loss', color: 'second', of: ({ loss, loss_bar: bar }) => known(loss, bar) },
      accuracy: { words: 'accuracy', color: 'third', unit: ' %', of: ({ accuracy, accuracy_bar: bar }) => known(accuracy, bar) },
    },
    how: (choice) =>
      (choice.startsWith('share')
        ? 'of the curvature along the eigenvector, the part that comes from the examples of the class; all add up to 100 %'
        : `mean ${choice} of the training probe's examples of the class`) + '; its 95 % sampling bar is marked',
    absence: absenceOf('classes.shares'),
  });

/** A value with its bar, if it has one. */
function known(value, error) {
  return Number.isFinite(value) ? { value, ...(Number.isFinite(error) && { error }) } : undefined;
}

function absenceOf(name) {
  return ({ curvature }) => `none at this frame${curvature.absent[name] ? `: ${curvature.absent[name]}` : ''}`;
}
