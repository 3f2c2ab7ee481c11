import { element } from './dom.js';

const SIGNS = { note: '\u25cf', warning: '\u25b2', alarm: '\u25a0' };
/** Sentences that are shown; the others are in a tooltip. */
const MOST = 4;

/** What the current frames mean, in sentences. */
export class FindingsBar {
  /** @param {HTMLUListElement} host */
  constructor(host) {
    this.host = host;
  }

  /** @param {{name: string, frame: object}[]} shown each run's frame */
  show(shown) {
    if (shown.length === this.shown?.length && shown.every(({ frame }, i) => frame === this.shown[i].frame)) {
      return;
    }
    this.shown = shown;
    const each = shown.length > 1 ? Math.max(1, Math.floor(MOST / shown.length)) : MOST;
    const items = shown.flatMap(({ name, frame }) => itemsOf(shown.length > 1 ? name : '', frame.findings ?? [], each));
    this.host.replaceChildren(...items);
  }
}

function itemsOf(name, findings, most) {
  const prefix = () => (name ? [element('b', { textContent: name }), ' '] : []);
  if (findings.length === 0) {
    return [item('note', ...prefix(), 'Nothing stands out at this frame.')];
  }
  const rest = findings.slice(most).map(({ words }) => words);
  return [
    ...findings.slice(0, most).map((finding) => item(finding.severity, ...prefix(), ...sentencesOf(finding, name !== ''))),
    ...(rest.length > 0 ? [more(rest)] : []),
  ];
}

/** What a frame means, and what to try; next to other runs the surfaces need the room, and what to try is a tooltip. */
function sentencesOf({ words, advice = '', reference = '' }, isBrief) {
  if (isBrief) {
    return [element('span', { textContent: words, title: advice })];
  }
  return advice ? [words, ' ', element('span', { className: 'how', textContent: advice, title: reference })] : [words];
}

function more(words) {
  return element('li', { className: 'rest', textContent: `and ${words.length} more`, title: words.join('\n') });
}

function item(severity, ...content) {
  const sign = element('span', { className: 'sign', textContent: SIGNS[severity], ariaLabel: severity });
  sign.setAttribute('role', 'img');
  return element('li', { className: severity }, sign, ' ', ...content);
}
