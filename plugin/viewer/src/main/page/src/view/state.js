/** The user's choices. Dispatches `change` with the names of those that changed. */
export class State extends EventTarget {
  metric = 'loss';
  scale = 'log';
  mode = 'surface';
  colors = 'viridis';
  heightScale = 0.86;
  contours = true;
  ground = true;
  trail = true;
  model = false;
  fit = false;

  set(changes) {
    const names = Object.keys(changes).filter((name) => this[name] !== changes[name]);
    if (names.length > 0) {
      Object.assign(this, changes);
      this.dispatchEvent(new CustomEvent('change', { detail: names }));
    }
  }
}
