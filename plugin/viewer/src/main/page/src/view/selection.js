/** Surfaces that are shown side by side at most. */
export const MOST_SURFACES = 4;

/** Hues of runs, far apart for the first few. */
const GOLDEN_ANGLE = 137.508;
const FIRST_HUE = 250;

/**
 * The runs that are shown, in the order in which they were ticked, each with a colour that it keeps while it is.
 * Dispatches `change`.
 */
export class Selection extends EventTarget {
  #slots = new Map();

  /** @returns {{run: import('../data/run.js').Run, color: string}[]} */
  get chosen() {
    return [...this.#slots].map(([run, slot]) => ({ run, color: colorOf(slot) }));
  }

  has(run) {
    return this.#slots.has(run);
  }

  /** The colour of a run that is shown; empty for any other. */
  colorOf(run) {
    return this.#slots.has(run) ? colorOf(this.#slots.get(run)) : '';
  }

  /** Shows a run, or no longer. */
  tick(run, wanted) {
    if (wanted === this.has(run)) {
      return;
    }
    if (wanted) {
      const taken = new Set(this.#slots.values());
      let slot = 0;
      while (taken.has(slot)) {
        slot++;
      }
      this.#slots.set(run, slot);
      run.open();
    } else {
      this.#slots.delete(run);
    }
    this.dispatchEvent(new Event('change'));
  }

  /** Forgets runs that are no more. */
  keep(runs) {
    [...this.#slots.keys()].filter((run) => !runs.includes(run)).forEach((run) => this.tick(run, false));
  }
}

/** The colour of a run or a line by its place, readable on light and on dark. */
export function colorOf(slot) {
  return `oklch(0.62 0.14 ${Math.round((FIRST_HUE + slot * GOLDEN_ANGLE) % 360)})`;
}
