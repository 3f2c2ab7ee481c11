/** What an address says: the runs by their keys, the frame counted from 1, and the camera; all optional. */

const DIGITS = 3;
/** Position and target. */
const CAMERA_NUMBERS = 6;

/** @param {string} hash with or without its sign */
export function readLink(hash) {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const frame = Number(parameters.get('frame'));
  const camera = (parameters.get('camera') ?? '').split(',').map(Number);
  return {
    runs: parameters.getAll('run'),
    frame: Number.isInteger(frame) && frame > 0 ? frame : null,
    camera:
      camera.length === CAMERA_NUMBERS && camera.every(Number.isFinite)
        ? { position: camera.slice(0, 3), target: camera.slice(3) }
        : null,
  };
}

/** The part of an address for a state; a camera in its place is left out. */
export function writeLink({ runs, frame, camera }) {
  const parameters = new URLSearchParams();
  runs.forEach((run) => parameters.append('run', run));
  parameters.set('frame', String(frame));
  if (camera) {
    const numbers = [...camera.position, ...camera.target].map((value) => Number(value.toFixed(DIGITS)));
    parameters.set('camera', numbers.join(','));
  }
  return `#${parameters}`;
}
