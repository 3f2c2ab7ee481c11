import { interpolate } from '../math/cubic.js';

/** What can be shown as height, in the order of the bits and arrays of a surface's bytes. */
export const METRICS = {
  loss: { label: 'Training loss', loss: true },
  accuracy: { label: 'Training accuracy, %', loss: false },
  validationLoss: { label: 'Validation loss', loss: true },
  validationAccuracy: { label: 'Validation accuracy, %', loss: false },
};

const HEADER = 12;

/**
 * A surface from its bytes: little-endian uint32 nx, ny and which fields there are, float32 alpha [nx], beta [ny] and each
 * field [ny][nx], uint8 whether a point was computed, 1, or interpolated, 2, or has no value, 0 [ny][nx].
 *
 * @param {ArrayBuffer} buffer
 */
export function decodeSurface(buffer) {
  const [nx, ny, present] = new Uint32Array(buffer, 0, 3);
  let offset = HEADER;
  const floats = (length) => {
    const values = new Float32Array(buffer, offset, length);
    offset += 4 * length;
    return values;
  };
  const alpha = floats(nx);
  const beta = floats(ny);
  const fields = {};
  Object.keys(METRICS).forEach((metric, bit) => {
    if (present & (1 << bit)) {
      fields[metric] = floats(nx * ny);
    }
  });
  return { alpha, beta, fields, evaluated: new Uint8Array(buffer, offset, nx * ny) };
}

/**
 * A field on a finer grid, after a transformation such as the logarithm. If only a coarser grid of a surface is
 * complete, that one is used. Computed points keep their values; a cell with a corner that is not finite is a hole.
 *
 * @returns {Float32Array} [y.length * x.length]
 */
export function resample(surface, metric, transform, x, y) {
  const { alpha, beta, fields } = surface;
  const step = completeStep(surface);
  const columns = everyNth(alpha, step.columns);
  const rows = everyNth(beta, step.rows);
  const along = [];
  for (let row = 0; row < beta.length; row += step.rows) {
    const values = Float64Array.from(columns, (_, column) => {
      const value = transform(fields[metric][row * alpha.length + column * step.columns]);
      return Number.isFinite(value) ? value : NaN;
    });
    along.push(interpolate(columns, values, x));
  }
  const result = new Float32Array(x.length * y.length);
  const across = new Float64Array(rows.length);
  for (let column = 0; column < x.length; column++) {
    along.forEach((values, row) => {
      across[row] = values[column];
    });
    interpolate(rows, across, y).forEach((value, row) => {
      result[row * x.length + column] = value;
    });
  }
  return result;
}

/** The steps of the finest complete grid; 1 if not even a coarse one is complete. */
function completeStep({ alpha, beta, evaluated }) {
  let finest = { columns: 1, rows: 1, points: 0 };
  for (const rows of divisors(beta.length - 1)) {
    for (const columns of divisors(alpha.length - 1)) {
      const points = ((beta.length - 1) / rows + 1) * ((alpha.length - 1) / columns + 1);
      if (points > finest.points && isComplete(evaluated, alpha.length, beta.length, columns, rows)) {
        finest = { columns, rows, points };
      }
    }
  }
  return finest;
}

function divisors(n) {
  return Array.from({ length: n }, (_, i) => i + 1).filter((step) => n % step === 0);
}

function isComplete(evaluated, columns, rows, columnStep, rowStep) {
  for (let row = 0; row < rows; row += rowStep) {
    for (let column = 0; column < columns; column += columnStep) {
      if (!evaluated[row * columns + column]) {
        return false;
      }
    }
  }
  return true;
}

function everyNth(values, step) {
  return Float64Array.from({ length: (values.length - 1) / step + 1 }, (_, i) => values[i * step]);
}

/** Even coordinates from the first to the last, `parts` of them between two computed ones where these are even. */
export function fineAxis(coordinates, atLeast) {
  const cells = coordinates.length - 1;
  const parts = Math.max(1, Math.ceil(atLeast / cells));
  const first = coordinates[0];
  const last = coordinates[cells];
  return Float64Array.from({ length: cells * parts + 1 }, (_, i) => {
    const even = first + ((last - first) * i) / (cells * parts);
    const computed = coordinates[i / parts];
    return i % parts === 0 && Math.abs(computed - even) < 1e-6 * (last - first) ? computed : even;
  });
}
