import { Axis } from '../math/axis.js';
import { count, label } from '../math/numbers.js';
import { element, svg } from './dom.js';

const WIDTH = 100;
const ROW = 7;
const BAR = 4;

/** The hollows of the current frame's surface, each a bar from its lowest point to the pass to a lower one. */
export class BarCode {
  #shown = [];

  constructor() {
    this.how = element('p', { className: 'how' });
    this.list = element('div');
    const head = element('header', {}, element('h3', { textContent: 'Hollows of the surface' }));
    this.element = element('section', { className: 'chart hollows', hidden: true }, head, this.how, this.list);
  }

  /** Takes runs that may have new frames. */
  take(runs) {
    this.element.hidden = !runs.some(({ frames }) => frames.some(({ surface }) => surface.hollows.length > 0));
  }

  /** @param {{name: string, frame: object}[]} shown each run's current frame */
  show(shown) {
    if (shown.length === this.#shown.length && shown.every(({ frame }, i) => frame === this.#shown[i].frame)) {
      return;
    }
    this.#shown = shown;
    const known = shown.filter(({ frame }) => frame.surface.hollows.length > 0);
    if (known.length > 0) {
      this.#draw(known);
    } else {
      this.how.textContent = 'none at this frame';
      this.list.replaceChildren();
    }
  }

  #draw(known) {
    const hollows = known.flatMap(({ frame }) => frame.surface.hollows);
    const tops = known.map(({ frame }) => frame.surface.ranges.loss?.[1]);
    const axis = Axis.showing('log', [...hollows.flatMap(({ birth, death }) => [birth, death]), ...tops]);
    const ends = `${label(axis.value(0))} to ${label(axis.value(1))}${axis.kind === 'log' ? ', logarithmic' : ''}`;
    this.how.textContent = `from a minimum to the pass to a lower one; loss ${ends}`;
    this.list.replaceChildren(
      ...known.flatMap(({ name, frame }) => [
        ...(this.#shown.length > 1 ? [element('h4', { textContent: name })] : []),
        bars(frame.surface.hollows, axis),
        element('p', { className: 'how', textContent: sentence(frame) }),
      ]),
    );
  }
}

/** The number of minima, and how deep their hollows are. */
export function sentence({ quantities, surface: { hollows } }) {
  const { surface_minima: minima, surface_persistence: persistence } = quantities;
  // Runs of earlier versions have hollows, computed when they are read, but no such quantities.
  const inside = minima ?? hollows.filter(({ isCertain, isOnRim }) => isCertain && !isOnRim).length;
  const doubtful = hollows.filter(({ isCertain }) => !isCertain).length;
  return [
    `${count(inside)} local ${inside === 1 ? 'minimum' : 'minima'} inside`,
    ...(!persistence ? [] : [`${label(persistence)} deep together, without the lowest`]),
    ...(doubtful > 0 ? [`${count(doubtful)} within the error`] : []),
  ].join('; ');
}

function bars(hollows, axis) {
  const x = (value) => WIDTH * Math.max(0, Math.min(1, axis.share(value)));
  const picture = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${ROW * hollows.length}`,
    preserveAspectRatio: 'none',
    class: 'color-first',
    role: 'img',
    'aria-label': `${hollows.length} hollows of the surface`,
  });
  picture.style.height = `${ROW * hollows.length}px`;
  hollows.forEach((hollow, i) => {
    const from = x(hollow.birth);
    const to = Number.isFinite(hollow.death) ? x(hollow.death) : WIDTH;
    const kinds = ['bar', hollow.isOnRim ? 'open' : '', hollow.isCertain ? '' : 'doubtful'].filter(Boolean).join(' ');
    const bar = svg('rect', { class: kinds, x: from, width: Math.max(0.5, to - from), y: i * ROW + 1, height: BAR });
    bar.append(svg('title', {}, title(hollow)));
    picture.append(bar);
  });
  return picture;
}

function title({ alpha, beta, birth, death, isOnRim, isCertain }) {
  const place = `${label(birth)} at \u03b1 ${label(alpha, 3)}, \u03b2 ${label(beta, 3)}${isOnRim ? ', on the rim' : ''}`;
  const depth = Number.isFinite(death) ? `${label(death - birth)} deep` : 'no pass to a lower one';
  return `${place}: ${depth}${isCertain ? '' : ', within the error'}`;
}
