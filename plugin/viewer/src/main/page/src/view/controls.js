import { METRICS } from '../data/surface.js';
import { COLOR_MAPS } from '../math/colormaps.js';
import { element } from './dom.js';
import { HAS_WEBGL } from './webgl.js';

/** The form above the surface, bound to the state. */
export class Controls {
  constructor(form, state) {
    this.fields = form.elements;
    this.state = state;
    this.fields.colors.append(...COLOR_MAPS.map((name) => element('option', { value: name, textContent: name })));
    if (!HAS_WEBGL) {
      this.fields.mode.value = 'map';
      this.fields.mode.disabled = true;
      this.fields.mode.title = 'Surfaces need WebGL, which this browser does not have';
    }
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('input', ({ target }) => state.set({ [target.name]: valueOf(target) }));
    state.addEventListener('change', () => this.#show());
    this.#show();
  }

  /** Offers the choices that the runs have. */
  offer(metrics, hasLogarithm) {
    const { metric } = this.fields;
    if (metric.options.length !== metrics.length) {
      metric.replaceChildren(
        ...metrics.map((name) => element('option', { value: name, textContent: METRICS[name].label })),
      );
      metric.value = this.state.metric;
    }
    this.fields.scale.options[0].disabled = !hasLogarithm;
    this.fields.scale.value = hasLogarithm ? this.state.scale : 'linear';
  }

  #show() {
    for (const field of this.fields) {
      if (!(field.name in this.state) || field.disabled) {
        continue;
      }
      if (field.type === 'checkbox') {
        field.checked = this.state[field.name];
      } else {
        field.value = this.state[field.name];
      }
    }
    this.fields.heightScale.disabled = !HAS_WEBGL || this.state.mode === 'map';
    this.fields.ground.disabled = this.fields.heightScale.disabled;
  }
}

function valueOf(field) {
  return field.type === 'checkbox' ? field.checked : field.type === 'range' ? Number(field.value) : field.value;
}
