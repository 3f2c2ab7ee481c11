import { element } from './dom.js';
import { differing } from './runOrder.js';

/** The options by which the runs on display differ. */
export class OptionsTable {
  /** @param {HTMLElement} host */
  constructor(host) {
    this.host = host;
    this.table = element('table');
    host.append(element('h2', { textContent: 'Options that differ' }), element('div', { className: 'scroll' }, this.table));
  }

  /** @param {{run: import('../data/run.js').Run, color: string}[]} chosen */
  show(chosen) {
    const runs = chosen.map(({ run }) => run);
    const rows = differing(runs);
    this.host.hidden = runs.length < 2;
    const cell = (textContent) => element('td', { textContent: textContent || '\u2013' });
    this.table.replaceChildren(
      row('', chosen.map(({ run, color }) => swatch(run.name, color))),
      ...(rows.length > 0
        ? rows.map(([name, values]) => row(name, values.map(cell)))
        : [element('tr', {}, element('td', { colSpan: runs.length + 1, className: 'how', textContent: 'None: all options are the same.' }))]),
    );
  }
}

function row(name, cells) {
  return element('tr', {}, name ? element('th', { scope: 'row', textContent: name }) : element('td'), ...cells);
}

function swatch(name, color) {
  const made = element('th', { scope: 'col', className: 'swatch', textContent: name });
  made.style.setProperty('--color', color);
  return made;
}
