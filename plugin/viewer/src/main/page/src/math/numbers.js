/** Numbers for people, and round numbers for axes. */

const MINUS = '\u2212';

/** A number with `digits` significant digits. */
export function label(value, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return value === null || value === undefined ? '\u2013' : 'NaN';
  }
  const sign = value < 0 ? MINUS : '';
  const size = Math.abs(value);
  if (size === Infinity) {
    return `${sign}\u221e`;
  }
  if (size === 0) {
    return '0';
  }
  if (size >= 1e6 || size < 1e-3) {
    const [mantissa, exponent] = size.toExponential(digits - 1).split('e');
    return `${sign}${withoutZeros(mantissa)}e${exponent.replace('+', '').replace('-', MINUS)}`;
  }
  return sign + size.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size))));
}

/** A round number without trailing zeros. */
export function shortLabel(value) {
  const text = label(value, 4);
  return text.includes('e') ? text : withoutZeros(text);
}

function withoutZeros(text) {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A count with thousands separated. */
export function count(value) {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
}

/** The step of 1, 2 or 5 times a power of ten that divides a range into about `parts` parts. */
export function roundStep(range, about) {
  const raw = range / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const share = raw / power;
  return power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
}

/** About `about` multiples of a round step from low to high. */
export function linearTicks(low, high, about) {
  if (!(high > low) || !Number.isFinite(high - low)) {
    return [low];
  }
  const step = roundStep(high - low, about);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i <= Math.floor(high / step + 1e-9); i++) {
    ticks.push(i * step);
  }
  return ticks;
}

/** Powers of ten from low to high, and 2 and 5 times or 3 times these where they would be few. */
export function logarithmicTicks(low, high, about) {
  const decades = Math.log10(high / low);
  if (decades < 0.7) {
    return linearTicks(low, high, about).filter((tick) => tick > 0);
  }
  const every = Math.max(1, Math.round(decades / about));
  const factors = decades * 3 <= about + 1 ? [1, 2, 5] : decades * 2 <= about ? [1, 3] : [1];
  const ticks = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent++) {
    if (exponent % every === 0) {
      ticks.push(...factors.map((factor) => Number(`${factor}e${exponent}`)));
    }
  }
  return ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
}
