import { element } from './dom.js';
import { offer, sideBySide } from './picture.js';

const FRAMES_PER_SECOND = 30;
const BITS_PER_SECOND = 8e6;
const TYPES = ['video/mp4;codecs=avc1.640028', 'video/webm;codecs=vp9', 'video/webm'];

/** The kind of film that this browser can make; undefined if none. */
export function filmType() {
  return globalThis.MediaRecorder && TYPES.find((type) => MediaRecorder.isTypeSupported(type));
}

/**
 * Plays a run from its first frame to its last, from the cameras as they stand, and offers the film for download.
 *
 * @param {import('./player.js').Player} player
 * @param {() => HTMLCanvasElement[]} pictures of the stages now
 * @param {string} name of the file without its ending
 */
export async function recordFilm(player, pictures, name) {
  const type = filmType();
  const first = sideBySide(pictures());
  // Encoders want even sizes.
  const canvas = element('canvas', { width: first.width & ~1, height: first.height & ~1 });
  const context = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(FRAMES_PER_SECOND), {
    mimeType: type,
    videoBitsPerSecond: BITS_PER_SECOND,
  });
  const parts = [];
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
  const stopped = new Promise((done) => recorder.addEventListener('stop', done));
  const draw = () => context.drawImage(sideBySide(pictures()), 0, 0);
  player.pause();
  player.seek(0);
  draw();
  recorder.start();
  player.toggle();
  await new Promise((done) => {
    const next = () => {
      draw();
      if (player.playing) {
        requestAnimationFrame(next);
      } else {
        done();
      }
    };
    requestAnimationFrame(next);
  });
  recorder.stop();
  await stopped;
  offer(new Blob(parts, { type }), `${name}.${type.includes('mp4') ? 'mp4' : 'webm'}`);
}
