/** Optimizers of two parameters for the playground. Each is a closure that maps a gradient to a step. */
export const OPTIMIZERS = {
  gradientDescent: {
    label: 'Gradient descent',
    momenta: [],
    create:
      ({ rate }) =>
      (gradient) =>
        gradient.map((g) => -rate * g),
  },
  momentum: {
    label: 'Momentum',
    momenta: ['beta1'],
    create: heavyBall,
  },
  nadam: {
    label: 'NADAM',
    momenta: ['beta1', 'beta2'],
    create: nadam,
  },
};

const MOST_STEPS = 2000;
const EPSILON = 1e-8;

/** B. T. Polyak, "Some methods of speeding up the convergence of iteration methods", 1964. */
function heavyBall({ rate, beta1 }) {
  let velocity = [0, 0];
  return (gradient) => {
    velocity = velocity.map((v, i) => beta1 * v - rate * gradient[i]);
    return velocity;
  };
}

/** T. Dozat, "Incorporating Nesterov momentum into Adam", 2016, algorithm 8 with constant coefficients. */
function nadam({ rate, beta1, beta2 }) {
  let m = [0, 0];
  let v = [0, 0];
  let steps = 0;
  return (gradient) => {
    steps++;
    m = m.map((old, i) => beta1 * old + (1 - beta1) * gradient[i]);
    v = v.map((old, i) => beta2 * old + (1 - beta2) * gradient[i] ** 2);
    return gradient.map((g, i) => {
      const first = (beta1 * m[i]) / (1 - beta1 ** (steps + 1)) + ((1 - beta1) * g) / (1 - beta1 ** steps);
      const second = v[i] / (1 - beta2 ** steps);
      return (-rate * first) / (Math.sqrt(second) + EPSILON);
    });
  };
}

/** A descent from a point, step by step, until it leaves the surface, stops or has taken 2000 steps. */
export class Descent {
  /**
   * @param {string} kind key of OPTIMIZERS
   * @param {{rate: number, beta1: number, beta2: number}} options
   * @param {[number, number]} start alpha and beta
   */
  constructor(kind, options, start) {
    this.kind = kind;
    this.path = [start];
    this.outcome = null;
    this.step = OPTIMIZERS[kind].create(options);
  }

  get position() {
    return this.path[this.path.length - 1];
  }

  /**
   * One step.
   *
   * @param {(alpha: number, beta: number) => [number, number]} gradient NaN outside of the surface
   */
  advance(gradient) {
    if (this.outcome) {
      return;
    }
    const [alpha, beta] = this.position;
    const [stepAlpha, stepBeta] = this.step(gradient(alpha, beta));
    if (!Number.isFinite(stepAlpha + stepBeta)) {
      this.outcome = 'left the surface';
      return;
    }
    this.path.push([alpha + stepAlpha, beta + stepBeta]);
    if (Math.hypot(stepAlpha, stepBeta) < 1e-7) {
      this.outcome = 'came to rest';
    } else if (this.path.length > MOST_STEPS) {
      this.outcome = 'still moving';
    }
  }
}
