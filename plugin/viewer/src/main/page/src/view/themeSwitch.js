import { forgetTheme } from './dom.js';

const KEY = 'thalweg-theme';
const DARK = matchMedia('(prefers-color-scheme: dark)');

/** Light or dark: as the browser prefers until the user says otherwise. Dispatches `change`. */
export class ThemeSwitch extends EventTarget {
  /** @param {HTMLButtonElement} button */
  constructor(button) {
    super();
    this.button = button;
    this.chosen = remembered();
    button.addEventListener('click', () => this.#choose(this.#isDark() ? 'light' : 'dark'));
    DARK.addEventListener('change', () => this.#show());
    this.#show();
  }

  #isDark() {
    return this.chosen ? this.chosen === 'dark' : DARK.matches;
  }

  #choose(theme) {
    this.chosen = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Then it lasts as long as the page.
    }
    this.#show();
  }

  #show() {
    const dark = this.#isDark();
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    this.button.setAttribute('aria-pressed', dark);
    forgetTheme();
    this.dispatchEvent(new Event('change'));
  }
}

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
