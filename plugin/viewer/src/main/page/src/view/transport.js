import { count } from '../math/numbers.js';
import { Timeline } from './timeline.js';

const PLAY = '\u25b6\ufe0e';
const PAUSE = '\u275a\u275a';

/** The time bar, bound to the player. */
export class Transport {
  constructor(player) {
    const get = (id) => document.getElementById(id);
    this.player = player;
    this.slider = get('slider');
    this.moment = get('moment');
    this.play = get('play');
    this.follow = get('follow');
    this.timeline = new Timeline(get('marks'));
    get('first').addEventListener('click', () => player.seek(0));
    get('back').addEventListener('click', () => player.step(-1));
    get('next').addEventListener('click', () => player.step(1));
    get('last').addEventListener('click', () => player.seek(player.last));
    this.play.addEventListener('click', () => player.toggle());
    this.slider.addEventListener('input', () => {
      player.pause();
      player.seek(Number(this.slider.value));
    });
    get('speed').addEventListener('change', ({ target }) => {
      player.speed = Number(target.value);
    });
    this.follow.addEventListener('change', () => {
      player.follow = this.follow.checked;
    });
    player.addEventListener('playing', () => this.#showPlaying());
  }

  /** @param {import('../data/run.js').Run} run whose frames time counts */
  show(run) {
    const { time, last } = this.player;
    const index = Math.floor(time + 1e-9);
    this.slider.max = last;
    this.slider.value = time;
    const frame = run.frames[index];
    this.timeline.show(run);
    const text = `iteration ${count(Math.round(run.iterationAt(time)))}, frame ${index + 1} of ${last + 1}`;
    this.moment.textContent = text;
    this.slider.setAttribute('aria-valuetext', `${text}, epoch ${frame.epoch}`);
  }

  showFollow(possible) {
    document.getElementById('follow-label').hidden = !possible;
    this.player.follow = possible && this.follow.checked;
  }

  #showPlaying() {
    const { playing } = this.player;
    this.play.textContent = playing ? PAUSE : PLAY;
    this.play.setAttribute('aria-label', playing ? 'Pause' : 'Play');
  }
}
