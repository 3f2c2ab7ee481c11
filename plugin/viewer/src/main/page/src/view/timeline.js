import { leftOut } from '../data/frame.js';
import { count } from '../math/numbers.js';
import { element } from './dom.js';

/** The findings of a run where they first appear, and its skipped frames, as ticks along the time slider. */
export class Timeline {
  #run = null;
  #frames = 0;

  /** @param {HTMLElement} host as wide as the slider */
  constructor(host) {
    this.host = host;
  }

  /** Shows a run that may have new frames. */
  show(run) {
    if (run === this.#run && run.frames.length === this.#frames) {
      return;
    }
    this.#run = run;
    this.#frames = run.frames.length;
    const last = Math.max(1, run.frames.length - 1);
    this.host.replaceChildren(
      ...eventsOf(run.frames).map(({ index, severity, words }) => {
        const mark = element('i', { className: severity, title: words });
        mark.style.left = `${(100 * index) / last}%`;
        return mark;
      }),
    );
  }
}

/** What happens at frames: findings that the frame before did not have, gravest last so that they lie on top. */
export function eventsOf(frames) {
  const events = [];
  let before = new Set();
  frames.forEach(({ iteration, findings = [] }, index) => {
    const fresh = findings.filter((finding) => finding.severity !== 'note' && !before.has(nameOf(finding)));
    if (fresh.length > 0) {
      const words = [`iteration ${count(iteration)}`, ...fresh.map((finding) => finding.words)].join('\n');
      events.push({ index, severity: fresh[0].severity, words });
    }
    before = new Set(findings.map(nameOf));
  });
  const places = new Map(frames.map(({ iteration }, index) => [iteration, index]));
  const skipped = leftOut(frames).map((left) => ({
    index: places.get(left.x) - 0.5,
    severity: 'skipped',
    words: `${left.count} frames skipped before iteration ${count(left.x)}`,
  }));
  const rank = ['skipped', 'warning', 'alarm'];
  return [...skipped, ...events].sort((a, b) => rank.indexOf(a.severity) - rank.indexOf(b.severity));
}

/** A finding that has become graver is another one. */
function nameOf({ kind, severity }) {
  return `${kind} ${severity}`;
}
