import { count, label } from '../math/numbers.js';
import { element } from './dom.js';
import { MOST_SURFACES } from './selection.js';
import { ORDER_NAMES, differing, grouped, ordered, statusOf } from './runOrder.js';
import { Thumbnails } from './thumbnail.js';

/** Shortest time between two redraws of the list. */
const REDRAW_MILLIS = 300;

/** The runs of a folder: filtered, sorted and grouped, with a box to tick for each that is shown. */
export class RunList {
  #runs = [];
  #rows = new Map();
  #due = null;
  #thumbnails = new Thumbnails();

  /**
   * @param {HTMLElement} host with a form and a list
   * @param {HTMLButtonElement} button that opens and closes it
   * @param {import('./selection.js').Selection} selection
   */
  constructor(host, button, selection) {
    this.host = host;
    this.button = button;
    button.addEventListener('click', () => this.#open(this.host.hidden));
    this.selection = selection;
    this.fields = host.querySelector('form').elements;
    this.list = host.querySelector('ul');
    this.total = host.querySelector('output');
    this.fields.order.append(...ORDER_NAMES.map((name) => element('option', { value: name, textContent: name })));
    host.querySelector('form').addEventListener('submit', (event) => event.preventDefault());
    host.querySelector('form').addEventListener('input', () => this.#draw());
    selection.addEventListener('change', () => this.#later());
  }

  /** Shows runs. The list opens by itself once there are more than can be shown side by side, if it has room. */
  show(runs) {
    const grows = runs.length > MOST_SURFACES && this.#runs.length <= MOST_SURFACES;
    this.#runs = runs;
    this.button.hidden = runs.length < 2;
    if (grows && matchMedia('(min-width: 901px)').matches) {
      this.#open(true);
    }
    this.#later();
  }

  #open(open) {
    this.host.hidden = !open;
    this.button.setAttribute('aria-expanded', open);
    this.#later();
  }

  /** Says that a run has something new to show. */
  refresh() {
    this.#later();
  }

  #later() {
    if (!this.host.hidden) {
      this.#due ??= setTimeout(() => this.#draw(), this.#rows.size > 0 ? REDRAW_MILLIS : 0);
    }
  }

  #draw() {
    clearTimeout(this.#due);
    this.#due = null;
    this.#offerGroups();
    const { filter, order, group } = this.fields;
    const found = ordered(this.#runs, filter.value, order.value);
    const items = grouped(found, group.value).flatMap(([name, runs]) => [
      ...(name ? [element('li', { className: 'group', textContent: `${name} (${runs.length})` })] : []),
      ...runs.map((run) => this.#row(run)),
    ]);
    this.list.replaceChildren(...items);
    this.total.textContent =
      found.length === this.#runs.length ? `${found.length} runs` : `${found.length} of ${this.#runs.length} runs`;
  }

  #offerGroups() {
    const { group } = this.fields;
    const names = ['status', ...differing(this.#runs).map(([name]) => name)];
    if (group.options.length !== names.length + 1) {
      const chosen = group.value;
      group.replaceChildren(
        element('option', { value: '', textContent: 'no groups' }),
        ...names.map((name) => element('option', { value: name, textContent: name })),
      );
      group.value = names.includes(chosen) ? chosen : '';
    }
  }

  #row(run) {
    const row = this.#rows.get(run) ?? this.#newRow(run);
    const { latest } = run;
    row.box.checked = this.selection.has(run);
    row.element.style.setProperty('--color', this.selection.colorOf(run) || 'transparent');
    row.status.textContent = statusOf(run);
    row.element.dataset.status = statusOf(run);
    if (latest) {
      row.figures.textContent = `loss ${label(latest.loss, 3)} \u00b7 \u03bb max ${label(latest.lambdaMax ?? null, 3)}`;
      row.figures.title = `${count(latest.frames)} frames, the last at iteration ${count(latest.iteration)}`;
    }
    this.#thumbnails.show(row.canvas, run);
    return row.element;
  }

  #newRow(run) {
    const box = element('input', { type: 'checkbox', ariaLabel: `Show ${run.name}` });
    box.addEventListener('change', () => this.selection.tick(run, box.checked));
    const canvas = element('canvas', { width: 1, height: 1 });
    canvas.setAttribute('aria-hidden', 'true');
    const status = element('span', { className: 'status' });
    const figures = element('span', { className: 'figures' });
    const name = element('span', { className: 'name', textContent: run.name, title: run.key });
    const made = element('li', {}, element('label', {}, box, canvas, name, status, figures));
    const row = { element: made, box, canvas, status, figures };
    this.#rows.set(run, row);
    return row;
  }
}
