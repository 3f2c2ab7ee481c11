import { lineOf } from './line.js';
import { Run } from './run.js';

/**
 * Where runs and lines come from. Sources dispatch `runs` and `lines` when these lists have changed, and `state` with one
 * of: `file`, `connecting`, `live`, `lost`, `ended`.
 */
class Source extends EventTarget {
  runs = [];
  lines = [];
  state = 'connecting';

  /** Whether surfaces can be fetched. */
  get reachable() {
    return this.state === 'file' || this.state === 'live';
  }

  setState(state) {
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }
}

/** Runs and lines embedded in the page. */
export class FileSource extends Source {
  state = 'file';

  constructor({ runs, lines }) {
    super();
    this.lines = lines.map(lineOf);
    this.runs = runs.map(({ description, frames }) => {
      const surfaces = new Map(frames.map(({ summary, surface }) => [summary.iteration, surface]));
      const run = new Run(description, async (iteration) => bytesOf(surfaces.get(iteration)));
      frames.forEach(({ summary }) => run.add(summary));
      return run;
    });
  }
}

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
}

const RETRY_MILLIS = 1000;

/** Runs and lines that the page's server follows; waits for a server that goes away. */
export class ServerSource extends Source {
  /** Lines that are being fetched, and whether they have changed meanwhile. */
  #fetching = new Map();

  constructor() {
    super();
    this.#connect();
  }

  #connect() {
    const events = new EventSource('events');
    events.addEventListener('open', () => this.setState('live'));
    events.addEventListener('error', () => {
      this.setState('lost');
      // The browser reconnects by itself after a broken connection, but not after an answer that is not a stream.
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(() => this.#connect(), RETRY_MILLIS);
      }
    });
    events.addEventListener('run', ({ data }) => this.#show(JSON.parse(data)));
    events.addEventListener('frame', ({ data }) => {
      const { index, frame } = JSON.parse(data);
      this.runs[index]?.add(frame);
    });
    events.addEventListener('summary', ({ data }) => {
      const { index, summary } = JSON.parse(data);
      this.runs[index]?.summarize(summary);
    });
    events.addEventListener('problem', ({ data }) => {
      const { index, problem } = JSON.parse(data);
      this.runs[index]?.report(problem.key, problem.words);
    });
    events.addEventListener('line', ({ data }) => this.#fetchLine(JSON.parse(data).index));
    events.addEventListener('end', () => {
      events.close();
      this.setState('ended');
    });
  }

  #show({ index, run: description }) {
    if (this.runs[index]?.is(description)) {
      return;
    }
    const runs = [...this.runs];
    runs[index] = new Run(
      description,
      (iteration) => fetchSurface(index, iteration),
      () => fetch(`open/${index}`),
    );
    this.runs = runs;
    this.dispatchEvent(new Event('runs'));
  }

  /** However often a line changes while it is fetched, it is fetched once more. */
  async #fetchLine(index) {
    if (this.#fetching.has(index)) {
      this.#fetching.set(index, true);
      return;
    }
    this.#fetching.set(index, false);
    try {
      const response = await fetch(`lines/${index}`);
      if (response.ok) {
        const lines = [...this.lines];
        lines[index] = lineOf(await response.json());
        this.lines = lines;
        this.dispatchEvent(new Event('lines'));
      }
    } catch {
      // The server has gone, and names all lines again when it is back.
    }
    const isStale = this.#fetching.get(index);
    this.#fetching.delete(index);
    if (isStale) {
      this.#fetchLine(index);
    }
  }
}

async function fetchSurface(index, iteration) {
  const response = await fetch(`surfaces/${index}/${iteration}`);
  if (!response.ok) {
    throw new Error(`no surface at iteration ${iteration}: ${response.status}`);
  }
  return response.arrayBuffer();
}
