/** Lines across the model along each axis, and points along each of them. */
const LINES = 16;
const POINTS = 64;

const NAMES = [
  'plane_slope_alpha',
  'plane_slope_beta',
  'plane_curvature_alpha',
  'plane_curvature_alpha_beta',
  'plane_curvature_beta',
];

/**
 * The quadratic model of the training loss on a frame's plane, its Taylor polynomial at the minimizer; null without one.
 *
 * @returns {{at: (alpha: number, beta: number) => number, radius: number | undefined} | null} `radius` is the distance at which it is
 *     10 % wrong, undefined if that is not on the surface
 */
export function modelOf({ loss, quantities }) {
  const [alpha, beta, alphaAlpha, alphaBeta, betaBeta] = NAMES.map((name) => quantities[name]);
  if (NAMES.some((name) => quantities[name] === undefined)) {
    return null;
  }
  return {
    at: (a, b) =>
      loss + alpha * a + beta * b + (alphaAlpha * a * a + betaBeta * b * b) / 2 + alphaBeta * a * b,
    radius: quantities.quadratic_radius,
  };
}

/**
 * The model as lines along both axes, where it is on the scale.
 *
 * @returns {[number, number, number][]} alpha, beta and height, two points a segment
 */
export function modelLines(model, { alpha, beta }, scale) {
  const [a, b] = [alpha, beta].map((axis) => [axis[0], axis[axis.length - 1]]);
  const along = (range, share) => range[0] + share * (range[1] - range[0]);
  const segments = [];
  for (let line = 0; line <= LINES; line++) {
    for (let i = 0; i < POINTS; i++) {
      const ends = [i, i + 1].map((step) => step / POINTS);
      segments.push(
        ends.map((end) => [along(a, line / LINES), along(b, end)]),
        ends.map((end) => [along(a, end), along(b, line / LINES)]),
      );
    }
  }
  return segments.flatMap((ends) => onScale(model, scale, ends));
}

/** The circle within which the model is right to 10 %, as `modelLines`. */
export function modelCircle(model, scale) {
  const around = (i) => {
    const angle = (2 * Math.PI * i) / POINTS;
    return [model.radius * Math.cos(angle), model.radius * Math.sin(angle)];
  };
  return model.radius === undefined
    ? []
    : Array.from({ length: POINTS }, (_, i) => [around(i), around(i + 1)]).flatMap((ends) => onScale(model, scale, ends));
}

function onScale(model, scale, ends) {
  const points = ends.map(([alpha, beta]) => [alpha, beta, scale.height(model.at(alpha, beta))]);
  return points.every(([, , height]) => height >= 0 && height <= 1) ? points : [];
}

/** Losses at averaged weights by what is shown. */
const AVERAGED = { loss: 'averaged_loss', validationLoss: 'averaged_validation_loss' };

/**
 * Where a frame's averaged weights lie on its plane, and their loss; null if they are not known.
 *
 * @param {string} metric key of METRICS
 */
export function averageOf({ quantities }, metric) {
  const { averaged_alpha: alpha, averaged_beta: beta, averaged_frames: frames } = quantities;
  const value = quantities[AVERAGED[metric]];
  // A mean of one frame is the minimizer.
  return value === undefined || alpha === undefined || beta === undefined || !(frames > 1)
    ? null
    : { place: [alpha, beta], value };
}
