/** Heights on a fine grid over alpha and beta as drawn, with interpolation and ray intersection. */
export class Field {
  /**
   * @param {Float64Array} alpha columns, ascending and even
   * @param {Float64Array} beta rows, ascending and even
   */
  constructor(alpha, beta) {
    this.alpha = alpha;
    this.beta = beta;
    this.columns = alpha.length;
    this.rows = beta.length;
    /** [rows * columns], row by row; NaN is a hole. */
    this.heights = new Float32Array(alpha.length * beta.length).fill(NaN);
  }

  /** Whether a place lies on the grid. */
  contains(alpha, beta) {
    const [x, y] = this.toSquare(alpha, beta);
    return Math.abs(x) <= 1 && Math.abs(y) <= 1;
  }

  /** The height at a place, bilinear; NaN outside and in holes. */
  at(alpha, beta) {
    const x = place(this.alpha, alpha);
    const y = place(this.beta, beta);
    if (!(x >= 0 && y >= 0 && x <= this.columns - 1 && y <= this.rows - 1)) {
      return NaN;
    }
    const column = Math.min(Math.floor(x), this.columns - 2);
    const row = Math.min(Math.floor(y), this.rows - 2);
    const i = row * this.columns + column;
    const lower = mix(this.heights[i], this.heights[i + 1], x - column);
    const upper = mix(this.heights[i + this.columns], this.heights[i + this.columns + 1], x - column);
    return mix(lower, upper, y - row);
  }

  /** The gradient of value(height) by alpha and beta, by central differences one cell wide. */
  gradient(alpha, beta, value) {
    const da = (this.alpha[1] - this.alpha[0]) / 2;
    const db = (this.beta[1] - this.beta[0]) / 2;
    const f = (a, b) => value(this.at(a, b));
    return [
      (f(alpha + da, beta) - f(alpha - da, beta)) / (2 * da),
      (f(alpha, beta + db) - f(alpha, beta - db)) / (2 * db),
    ];
  }

  /** From coordinates to the square from -1 to 1 in which surfaces are drawn. */
  toSquare(alpha, beta) {
    return [
      (2 * place(this.alpha, alpha)) / (this.columns - 1) - 1,
      (2 * place(this.beta, beta)) / (this.rows - 1) - 1,
    ];
  }

  fromSquare(x, y) {
    const last = (axis) => axis[axis.length - 1];
    return [
      this.alpha[0] + ((x + 1) / 2) * (last(this.alpha) - this.alpha[0]),
      this.beta[0] + ((y + 1) / 2) * (last(this.beta) - this.beta[0]),
    ];
  }

  /**
   * Where a ray first meets the surface over the square from -1 to 1, which is `heightScale` high at height 1 and cut off
   * above. Steps of half a cell, then bisection.
   *
   * @param {{x: number, y: number, z: number}} origin y is up, beta grows towards -z
   * @param {{x: number, y: number, z: number}} direction
   * @returns {[number, number] | null} alpha and beta
   */
  hit(origin, direction, heightScale) {
    const reach = Math.hypot(origin.x, origin.y, origin.z) + 3;
    const step = 1 / Math.max(this.columns, this.rows);
    const at = (t) => [origin.x + t * direction.x, -(origin.z + t * direction.z)];
    const above = (t) => {
      const height = this.at(...this.fromSquare(...at(t)));
      return height > 1 ? NaN : origin.y + t * direction.y - heightScale * height;
    };
    let before = above(0);
    for (let t = step; t < reach; t += step) {
      const here = above(t);
      if (before > 0 !== here > 0 && Number.isFinite(before) && Number.isFinite(here)) {
        return this.fromSquare(...at(halved(above, t - step, t)));
      }
      before = here;
    }
    return null;
  }
}

function halved(above, from, to) {
  const side = above(from) > 0;
  for (let i = 0; i < 20; i++) {
    const middle = (from + to) / 2;
    if (above(middle) > 0 === side) {
      from = middle;
    } else {
      to = middle;
    }
  }
  return from;
}

function place(axis, value) {
  return ((value - axis[0]) / (axis[axis.length - 1] - axis[0])) * (axis.length - 1);
}

function mix(a, b, share) {
  // At a knot the neighbour is ignored, so the rim of a hole keeps its value.
  return share === 0 ? a : share === 1 ? b : a + share * (b - a);
}
