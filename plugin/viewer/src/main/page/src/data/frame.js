/** A number of a message; those that are not finite are strings. */
export function number(value) {
  return typeof value === 'string' ? Number(value) : value;
}

const numbers = (values) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, number(value)]));

const eigenvalue = ({ value, residual, converged, bar = residual, samplingError, validation }) => ({
  value: number(value),
  residual: number(residual),
  converged,
  bar: number(bar),
  samplingError: number(samplingError) ?? undefined,
  validation: number(validation) ?? undefined,
});

const estimate = (trace) =>
  trace && {
    ...trace,
    value: number(trace.value),
    standardError: number(trace.standardError),
    samplingError: number(trace.samplingError) ?? undefined,
  };

/** A layer's block of the Hessian, or the Gauss-Newton matrix, which has no smallest eigenvalue here. */
const block = (part) => ({
  ...part,
  largest: eigenvalue(part.largest),
  smallest: part.smallest && eigenvalue(part.smallest),
  trace: estimate(part.trace),
});

const densityOf = (density) =>
  density && {
    ...density,
    low: number(density.low),
    high: number(density.high),
    mean: number(density.mean),
    meanStandardError: number(density.meanStandardError),
  };

/** A hollow of the surface, a bar of its bar code. Runs recorded by others may have none. */
const hollow = ({ birth, death, ...rest }) => ({ ...rest, birth: number(birth), death: number(death) });

/** A frame from its message, with strings such as NaN as numbers. */
export function frameOf(message) {
  const { curvature } = message;
  return {
    ...message,
    loss: number(message.loss),
    accuracy: number(message.accuracy),
    validationLoss: number(message.validationLoss),
    validationAccuracy: number(message.validationAccuracy),
    surface: { ...message.surface, hollows: (message.surface.hollows ?? []).map(hollow) },
    quantities: numbers(message.quantities),
    seconds: numbers(message.seconds),
    curvature: {
      ...curvature,
      asymmetry: number(curvature.asymmetry),
      referenceDeviation: number(curvature.referenceDeviation),
      largest: curvature.largest.map(eigenvalue),
      smallest: curvature.smallest.map(eigenvalue),
      trace: estimate(curvature.trace),
      density: densityOf(curvature.density),
      gaussNewton: curvature.gaussNewton && {
        ...block(curvature.gaussNewton),
        share: number(curvature.gaussNewton.share),
      },
      layers: curvature.layers.map(block),
      classes: (curvature.classes ?? []).map(numbers),
    },
  };
}

/** lambda_max of a frame, if there is one. */
export function lambdaMax(frame) {
  return frame.curvature.largest[0];
}

/** lambda_min of a frame, if there is one. */
export function lambdaMin(frame) {
  return frame.curvature.smallest[frame.curvature.smallest.length - 1];
}

/** The quantity that counts skipped frames. */
export const SKIPPED = 'skipped_frames';

/**
 * Where frames were skipped, and how many; the count restarts when a run is continued.
 *
 * @param {(frame: object) => number} of the place of a frame
 */
export function leftOut(frames, of = ({ iteration }) => iteration) {
  let before = 0;
  return frames
    .filter(({ quantities }) => quantities[SKIPPED] !== undefined)
    .map((frame) => {
      const total = frame.quantities[SKIPPED];
      const count = total >= before ? total - before : total;
      before = total;
      return { x: of(frame), count };
    })
    .filter(({ count }) => count > 0);
}

/**
 * Where a frame's parameters lie on the plane of its surface. A plane that follows the minimizer has them at its
 * origin; a fixed one has them elsewhere, at a `distance` from the plane.
 */
export function minimizerOf({ quantities }) {
  const { trajectory_alpha: alpha, trajectory_beta: beta, trajectory_distance: distance } = quantities;
  return alpha === undefined || beta === undefined
    ? { place: [0, 0], isFixed: false }
    : { place: [alpha, beta], isFixed: true, distance };
}
