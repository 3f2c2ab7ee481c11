import { domainOf, nearestTo, pointAt } from '../data/line.js';
import { shortLabel } from '../math/numbers.js';
import { Chart } from './chart.js';
import { element } from './dom.js';
import { colorOf } from './selection.js';

const HEIGHT = 200;
const INCREMENTS = Array.from({ length: 19 }, (_, i) => [1, 2, 5].map((factor) => Number(`${factor}e${i - 9}`))).flat();

const CHARTS = [
  {
    heading: 'Loss along the line',
    help: 'Mean loss on the probe at each point of the line.',
    kind: 'log',
    values: { train: 'loss', validation: 'validationLoss' },
  },
  {
    heading: 'Accuracy along the line, %',
    help: 'Share of the probe that is classified correctly at each point of the line.',
    kind: 'linear',
    values: { train: 'accuracy', validation: 'validationAccuracy' },
  },
];

/**
 * Loss and accuracy along lines through the parameters. One line's curves have a colour each; of several lines each has a
 * colour, and its validation is dashed.
 */
export class LineCharts {
  #charts = [];
  #place = element('output');
  #lines = [];
  /** Where the curves are to be read: first where the parameters lie. */
  #wanted = 0;

  /** @param {HTMLElement} host hidden without lines */
  constructor(host) {
    this.host = host;
    host.hidden = true;
  }

  /** @param {object[]} lines of {@link import('../data/line.js').lineOf} */
  show(lines) {
    this.host.hidden = lines.length === 0;
    if (lines.length === 0) {
      return;
    }
    if (this.#charts.length === 0) {
      this.#build();
    }
    this.#lines = lines;
    const domain = domainOf(lines);
    const across = {
      domain,
      increments: INCREMENTS,
      label: shortLabel,
      at: (share) => domain[0] + share * (domain[1] - domain[0]),
    };
    CHARTS.forEach(({ kind, values }, i) => {
      this.#charts[i].show(curvesOf(lines, values), kind, across, { how: dashes(lines, values) });
    });
    this.#at(this.#wanted);
  }

  #build() {
    this.host.append(element('h2', { textContent: 'Lines through the parameters' }, ' ', this.#place));
    this.#charts = CHARTS.map(({ heading, help }) => {
      const chart = new Chart(heading, help, { course: '', moment: 'Here', height: HEIGHT, read: pointAt });
      chart.addEventListener('seek', ({ detail }) => this.#at(detail));
      this.host.append(chart.element);
      return chart;
    });
  }

  /** Draws again in the colours of a new theme. */
  repaint() {
    this.#charts.forEach((chart) => chart.repaint());
  }

  /** Reads the curves at the nearest point that was computed; those without a point there have no value. */
  #at(wanted) {
    this.#wanted = wanted;
    const alpha = nearestTo(wanted, this.#lines);
    this.#place.textContent = `at \u03b1 = ${shortLabel(alpha)}`;
    this.#charts.forEach((chart) => chart.at(alpha));
  }
}

function curvesOf(lines, values) {
  const isOne = lines.length === 1;
  return lines.flatMap((line, slot) =>
    Object.entries(values).map(([probe, value], i) => ({
      name: isOne ? probe : line.name,
      color: isOne ? ['first', 'second'][i] : colorOf(slot),
      dash: isOne ? 0 : i,
      // One key a line.
      isNamed: isOne || i === 0,
      points: line[value],
    })),
  );
}

function dashes(lines, { validation }) {
  return lines.length > 1 && lines.some((line) => line[validation].length > 0) ? 'solid: train, dashed: validation' : '';
}
