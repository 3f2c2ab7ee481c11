/**
 * Cubic interpolation without overshoot: between two knots it stays between their values where the data are monotone.
 * Over a grid it may slightly exceed a local extremum, whose true place is seldom a grid point: J. M. Hyman, "Accurate
 * monotonicity preserving cubic interpolation", SIAM J. Sci. Stat. Comput. 4(4), 1983. Over time it never does.
 */

/** The cubic from a to b with these slopes a unit of t, at t from 0 to 1. */
export function hermite(a, b, slopeA, slopeB, t) {
  const rest = 1 - t;
  return rest * rest * ((1 + 2 * t) * a + t * slopeA) + t * t * ((3 - 2 * t) * b - rest * slopeB);
}

/**
 * The slope at a knot between two equally long intervals that rise by `before` and `after`: their harmonic mean, 0 at
 * an extremum (F. N. Fritsch and J. Butland, SIAM J. Sci. Stat. Comput. 5(2), 1984). NaN means that there is no such
 * interval.
 */
export function monotoneSlope(before, after) {
  if (Number.isNaN(before)) {
    return Number.isNaN(after) ? 0 : after;
  }
  if (Number.isNaN(after)) {
    return before;
  }
  return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
}

/** Interpolates between `from` and `to` in time, given the values before and after them; NaN means none. */
export function inTime(before, from, to, after, t) {
  const step = to - from;
  return hermite(from, to, monotoneSlope(from - before, step), monotoneSlope(step, after - to), t);
}

/**
 * Values at places between knots. A NaN at a knot makes both intervals beside it NaN; outside of the knots all is NaN; a
 * place that is a knot has the knot's value.
 *
 * @param {ArrayLike<number>} knots ascending
 * @param {ArrayLike<number>} values at the knots
 * @param {ArrayLike<number>} places ascending
 */
export function interpolate(knots, values, places) {
  const tangents = tangentsOf(knots, values);
  const last = knots.length - 1;
  const result = new Float64Array(places.length);
  let i = 0;
  for (let k = 0; k < places.length; k++) {
    const place = places[k];
    while (i + 1 < last && place >= knots[i + 1]) {
      i++;
    }
    result[k] = within(knots, values, tangents, Math.min(i, Math.max(0, last - 1)), place);
  }
  return result;
}

function within(knots, values, tangents, i, place) {
  if (place === knots[i]) {
    return values[i];
  }
  if (i + 1 === knots.length || place < knots[i] || place > knots[i + 1]) {
    return NaN;
  }
  if (place === knots[i + 1]) {
    return values[i + 1];
  }
  const width = knots[i + 1] - knots[i];
  return hermite(values[i], values[i + 1], width * tangents[i], width * tangents[i + 1], (place - knots[i]) / width);
}

function tangentsOf(knots, values) {
  const tangents = new Float64Array(knots.length);
  for (let i = 0; i < knots.length; i++) {
    const before = i === 0 ? NaN : (values[i] - values[i - 1]) / (knots[i] - knots[i - 1]);
    const after = i === knots.length - 1 ? NaN : (values[i + 1] - values[i]) / (knots[i + 1] - knots[i]);
    tangents[i] =
      Number.isNaN(before) || Number.isNaN(after)
        ? monotoneSlope(before, after)
        : boundedParabola(before, after, knots[i] - knots[i - 1], knots[i + 1] - knots[i]);
  }
  return tangents;
}

function boundedParabola(before, after, left, right) {
  const parabola = (right * before + left * after) / (left + right);
  const smaller = Math.min(Math.abs(before), Math.abs(after));
  const most = before * after > 0 ? 3 * smaller : smaller;
  return Math.max(-most, Math.min(most, parabola));
}
