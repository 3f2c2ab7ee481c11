import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Mesh } from 'three';
import { colorTexture, surfaceMaterial } from './surfaceMaterial.js';

/** Heights beyond this are clamped; the part that is drawn ends at 1. */
const HIGHEST = 2;

/** A field as a lit surface over the square from -1 to 1, and as a map below it. */
export class SurfaceMesh {
  constructor(field, flatAt) {
    this.field = field;
    this.geometry = geometryOf(field);
    this.surface = new Mesh(this.geometry, surfaceMaterial(false));
    this.ground = new Mesh(this.geometry, surfaceMaterial(true));
    this.ground.material.uniforms.flatAt.value = flatAt;
    for (const mesh of [this.surface, this.ground]) {
      // The shader computes heights, so three.js would cull by the flat grid.
      mesh.frustumCulled = false;
    }
  }

  /** Uploads the field's heights. */
  update() {
    const { columns, rows, heights } = this.field;
    const { height, whole, slope } = this.geometry.attributes;
    heights.forEach((value, i) => {
      whole.array[i] = Number.isNaN(value) ? 0 : 1;
      height.array[i] = Number.isNaN(value) ? 0 : Math.max(-HIGHEST, Math.min(HIGHEST, value));
    });
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const i = row * columns + column;
        slope.array[2 * i] = slopeAt(height.array, whole.array, i, 1, column, columns);
        slope.array[2 * i + 1] = slopeAt(height.array, whole.array, i, columns, row, rows);
      }
    }
    height.needsUpdate = true;
    whole.needsUpdate = true;
    slope.needsUpdate = true;
  }

  /** Applies colours and lines. */
  dress(look, colorOf) {
    const levels = look.scale.contours();
    for (const { material } of [this.surface, this.ground]) {
      const { uniforms } = material;
      uniforms.heightScale.value = look.state.heightScale;
      uniforms.colors.value = colorTexture(look.state.colors);
      uniforms.contours.value = look.state.contours;
      uniforms.levels.value = [levels.first, levels.step];
      uniforms.line.value = colorOf(look.theme.contour);
      uniforms.paper.value = colorOf(look.theme.bottom);
    }
    this.ground.visible = look.state.ground;
  }

  dispose() {
    this.geometry.dispose();
    this.surface.material.dispose();
    this.ground.material.dispose();
  }
}

function geometryOf({ columns, rows }) {
  const positions = new Float32Array(3 * columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const i = 3 * (row * columns + column);
      positions[i] = (2 * column) / (columns - 1) - 1;
      // Beta grows away from the camera.
      positions[i + 2] = 1 - (2 * row) / (rows - 1);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  for (const [name, size] of [
    ['height', 1],
    ['whole', 1],
    ['slope', 2],
  ]) {
    const attribute = new BufferAttribute(new Float32Array(size * columns * rows), size);
    geometry.setAttribute(name, attribute.setUsage(DynamicDrawUsage));
  }
  geometry.setIndex(new BufferAttribute(triangles(columns, rows), 1));
  return geometry;
}

function triangles(columns, rows) {
  const indices = new Uint32Array(6 * (columns - 1) * (rows - 1));
  let n = 0;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const i = row * columns + column;
      indices.set([i, i + 1, i + columns, i + 1, i + columns + 1, i + columns], n);
      n += 6;
    }
  }
  return indices;
}

/** Slope per unit of the square, from the existing neighbours. */
function slopeAt(heights, whole, i, stride, place, size) {
  const after = place + 1 < size && whole[i + stride] ? i + stride : i;
  const before = place > 0 && whole[i - stride] ? i - stride : i;
  return after === before ? 0 : ((heights[after] - heights[before]) / ((after - before) / stride)) * ((size - 1) / 2);
}
