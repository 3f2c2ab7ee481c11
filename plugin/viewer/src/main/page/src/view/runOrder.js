/** How lists of runs are filtered, sorted and grouped. */

const ORDERS = {
  started: (run) => run.description.started,
  name: (run) => run.name,
  loss: (run) => run.latest?.loss,
  '\u03bb max': (run) => run.latest?.lambdaMax,
  frames: (run) => run.latest?.frames,
};

export const ORDER_NAMES = Object.keys(ORDERS);

/** Runs all of whose wanted words are in their name, status, options or device, in an order; those without a value come last. */
export function ordered(runs, filter, order) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = runs.filter((run) => {
    const text = textOf(run);
    return words.every((word) => text.includes(word));
  });
  const of = ORDERS[order] ?? ORDERS.started;
  // The newest first, everything else from small to large.
  const sign = order === 'started' ? -1 : 1;
  return found
    .map((run) => ({ run, value: of(run) ?? null }))
    .sort(
      (a, b) =>
        missing(a.value) - missing(b.value) ||
        (missing(a.value) ? 0 : sign * compare(a.value, b.value)) ||
        compare(a.run.name, b.run.name),
    )
    .map(({ run }) => run);
}

/** Groups of runs by the value of an option, or one group without a name. */
export function grouped(runs, option) {
  if (!option) {
    return [['', runs]];
  }
  const groups = new Map();
  for (const run of runs) {
    const value = option === 'status' ? statusOf(run) : (run.description.options[option] ?? '\u2013');
    groups.set(value, [...(groups.get(value) ?? []), run]);
  }
  return [...groups].sort(([a], [b]) => compare(a, b)).map(([value, group]) => [`${option}: ${value}`, group]);
}

/** The options that are not the same in all runs, with the values of each; a missing one is empty. */
export function differing(runs) {
  const names = new Set(runs.flatMap((run) => Object.keys(run.description.options)));
  return [...names]
    .sort()
    .map((name) => [name, runs.map((run) => run.description.options[name] ?? '')])
    .filter(([, values]) => new Set(values).size > 1);
}

/** Whether a run goes on, and how its last frame came out. */
export function statusOf(run) {
  const { latest } = run;
  return latest?.live ? 'live' : (latest?.status ?? 'no frames yet');
}

function textOf(run) {
  const { description } = run;
  const options = Object.entries(description.options).map(([name, value]) => `${name} ${value}`);
  return [run.name, run.key, statusOf(run), description.device, ...options].join(' ').toLowerCase();
}

function missing(value) {
  return value === null || Number.isNaN(value) ? 1 : 0;
}

/** Numbers, also those in strings, by size; other strings as people sort them. */
function compare(a, b) {
  const [x, y] = [Number(a), Number(b)];
  return Number.isNaN(x) || Number.isNaN(y) ? String(a).localeCompare(String(b), 'en', { numeric: true }) : x - y;
}
