import { DataTexture, DoubleSide, LinearFilter, RGBAFormat, ShaderMaterial } from 'three';
import { colorTable } from '../math/colormaps.js';

const VERTEX = `
attribute float height;
attribute float whole;
attribute vec2 slope;
uniform float heightScale;
uniform float flatAt;
uniform bool isFlat;
varying float vHeight;
varying float vWhole;
varying vec3 vNormal;
void main() {
  vHeight = height;
  vWhole = whole;
  vNormal = vec3(-slope.x * heightScale, 1.0, slope.y * heightScale);
  vec3 place = vec3(position.x, isFlat ? flatAt : height * heightScale, position.z);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(place, 1.0);
}`;

/** Contour lines have a constant width on the screen: distance to a level divided by its change per pixel. */
const FRAGMENT = `
uniform sampler2D colors;
uniform vec3 line;
uniform vec3 paper;
uniform vec2 levels;
uniform bool contours;
uniform bool isFlat;
varying float vHeight;
varying float vWhole;
varying vec3 vNormal;
void main() {
  if (vWhole < 0.999 || vHeight > 1.001) discard;
  vec3 color = texture2D(colors, vec2(clamp(vHeight, 0.0, 1.0) * 255.0 / 256.0 + 0.5 / 256.0, 0.5)).rgb;
  if (isFlat) {
    color = mix(paper, color, 0.55);
  } else {
    vec3 normal = normalize(vNormal) * (gl_FrontFacing ? 1.0 : -1.0);
    vec3 light = normalize(vec3(-0.45, 1.0, 0.35));
    float lit = 0.62 + 0.42 * max(0.0, dot(normal, light));
    color = color * lit + 0.06 * pow(max(0.0, dot(normal, normalize(light + vec3(0.0, 0.5, 0.8)))), 24.0);
  }
  if (contours) {
    float place = (vHeight - levels.x) / levels.y;
    float change = max(fwidth(place), 1e-6);
    float distance = abs(fract(place - 0.5) - 0.5) / change;
    float strength = (1.0 - smoothstep(0.4, 1.3, distance)) * (1.0 - smoothstep(0.25, 0.7, change));
    color = mix(color, line, strength * (isFlat ? 0.55 : 0.5));
  }
  gl_FragColor = vec4(color, 1.0);
}`;

/** The material of a surface, or of its map on the ground. */
export function surfaceMaterial(isFlat) {
  return new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    side: DoubleSide,
    uniforms: {
      heightScale: { value: 1 },
      flatAt: { value: 0 },
      isFlat: { value: isFlat },
      colors: { value: null },
      line: { value: null },
      paper: { value: null },
      levels: { value: null },
      contours: { value: true },
    },
  });
}

const textures = new Map();

/** A colour map as a texture; made once. */
export function colorTexture(name) {
  if (!textures.has(name)) {
    const texture = new DataTexture(colorTable(name), 256, 1, RGBAFormat);
    texture.minFilter = LinearFilter;
    texture.magFilter = LinearFilter;
    texture.needsUpdate = true;
    textures.set(name, texture);
  }
  return textures.get(name);
}
