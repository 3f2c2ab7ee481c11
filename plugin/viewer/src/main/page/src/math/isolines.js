/**
 * Contour lines of a grid by marching squares (W. E. Lorensen and H. E. Cline, 1987, in two dimensions). A cell with a
 * corner that is NaN has none; a saddle is decided by the mean of its corners.
 *
 * @param {Float32Array} values [rows * columns], row by row
 * @returns {number[]} segments x0, y0, x1, y1, ... in columns and rows from 0
 */
export function isolines(values, columns, rows, level) {
  const segments = [];
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const at = row * columns + column;
      cell(values[at], values[at + 1], values[at + columns + 1], values[at + columns], level, column, row, segments);
    }
  }
  return segments;
}

/** Corners in the order of a walk around the cell, edges between each and the next. */
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];

function cell(a, b, c, d, level, column, row, segments) {
  const sum = a + b + c + d;
  if (Number.isNaN(sum)) {
    return;
  }
  const corners = [a, b, c, d];
  const above = corners.map((value) => value >= level);
  const crossings = [];
  for (let edge = 0; edge < 4; edge++) {
    const next = (edge + 1) % 4;
    if (above[edge] !== above[next]) {
      const share = (level - corners[edge]) / (corners[next] - corners[edge]);
      const [x0, y0] = CORNERS[edge];
      const [x1, y1] = CORNERS[next];
      crossings.push([column + x0 + share * (x1 - x0), row + y0 + share * (y1 - y0)]);
    }
  }
  if (crossings.length === 4 && sum / 4 >= level !== above[0]) {
    // The centre is not on the first corner's side: the lines cut off that corner, not its neighbours.
    crossings.push(crossings.shift());
  }
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    segments.push(...crossings[i], ...crossings[i + 1]);
  }
}
