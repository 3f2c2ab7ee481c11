import { count } from '../math/numbers.js';
import { element } from './dom.js';
import { IN_SOFTWARE } from './webgl.js';

const STATES = {
  file: 'recorded',
  connecting: 'connecting \u2026',
  live: 'live',
  lost: 'connection lost, trying again \u2026',
  ended: 'training has ended',
};
const MOST_PROBLEMS = 3;
/** Names in the title; more are counted. */
const MOST_NAMES = 3;

/** The top of the page: which runs are shown, what is wrong with them, and the connection's state. */
export class PageHead {
  constructor() {
    const get = (id) => document.getElementById(id);
    this.title = get('title');
    this.about = get('about');
    this.state = get('state');
    this.problems = get('problems');
    get('drawn').hidden = !IN_SOFTWARE;
  }

  /**
   * @param {import('../data/run.js').Run[]} runs on display
   * @param {{name: string}[]} lines which name a page without runs
   */
  show(runs, lines) {
    const title = listed((runs.length > 0 ? runs : lines).map(({ name }) => name));
    this.title.textContent = title;
    document.title = title ? `${title} \u2013 Thalweg` : 'Thalweg';
    const about = runs.length === 1 ? aboutOf(runs[0]) : '';
    Object.assign(this.about, { textContent: about, title: about });
    this.showProblems(runs);
  }

  showProblems(runs) {
    const problems = runs.flatMap(({ name, problems: ofRun }) =>
      [...ofRun.values()].map((words) => (runs.length > 1 ? `${name}: ${words}` : words)),
    );
    const more = problems.length - MOST_PROBLEMS;
    const shown = [...problems.slice(0, MOST_PROBLEMS), ...(more > 0 ? [`${more} more like these`] : [])];
    this.problems.replaceChildren(...shown.map((textContent) => element('li', { textContent })));
    this.problems.hidden = problems.length === 0;
  }

  showState(state) {
    this.state.textContent = STATES[state];
    this.state.dataset.state = state;
  }
}

/** `a`, `a and b`, `a, b and c`, `a, b, c and 2 more`. */
function listed(names) {
  const more = names.length - MOST_NAMES;
  const all = more > 0 ? [...names.slice(0, MOST_NAMES), `${more} more`] : names;
  return all.length > 1 ? `${all.slice(0, -1).join(', ')} and ${all.at(-1)}` : all.join('');
}

function aboutOf({ description }) {
  const { parameters, objective, device, probe, options, started } = description;
  return [
    `${count(parameters)} parameters`,
    objective,
    `probe: ${probe}`,
    `${options.normalization ?? 'no'} normalization`,
    device,
    `started ${started.replace('T', ' ').replace('Z', ' UTC')}`,
  ].join(' \u00b7 ');
}
