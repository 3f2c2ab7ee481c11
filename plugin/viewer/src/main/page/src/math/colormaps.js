/**
 * Perceptually even colour maps, also for colour-blind readers and in grey, from published control points. Viridis and
 * magma: N. Smith and S. van der Walt, 2015, CC0. Cividis: J. R. Nunez, C. R. Anderton, R. S. Renslow, PLoS ONE 13(7),
 * 2018. Cool to warm: K. Moreland, "Diverging color maps for scientific visualization", 2009.
 */
const POINTS = {
  viridis:
    '440154 481769 472a7a 433d84 3d4e8a 355e8d 2e6d8e 297b8e 23898e 1f978b 21a585 2eb37c 46c06f 65cb5e 89d548 b0dd2f ' +
    'd8e219 fde725',
  magma:
    '000004 090720 1a1042 311165 4a1079 621980 792282 912b81 aa337d c23b75 d9466b eb5860 f7725c fc8e64 feaa74 fec68a ' +
    'fde2a3 fcfdbf',
  cividis:
    '00224e 002656 002a5f 002d68 003070 083370 163770 203a6f 273e6e 2e416d 34456c 3a486c 3f4c6c 444f6c 49536c ' +
    '4e566c 535a6d 575d6d 5c616e 60646f 656870 696b71 6d6f72 727274 767676 7a7a78 7e7d78 838179 888578 8d8878 ' +
    '928c78 969077 9b9476 a09875 a59c74 aaa073 afa471 b5a86f baac6d bfb06b c4b468 c9b965 cfbd62 d4c15f dac65b ' +
    'dfca57 e5cf52 ead34c f0d846 f6dd3f fce236 fee838',
  coolwarm:
    '3b4cc0 4e68d7 6282ea 779af7 8db0fe a3c2ff b8d0f9 ccd9ee dddddd ecd3c6 f5c4ad f7b194 f49a7b ec7f63 de614c ' +
    'cb3e38 b40426',
};

export const COLOR_MAPS = Object.keys(POINTS);

const TEXELS = 256;
const tables = new Map();

/** A map as 256 colours, red, green, blue, alpha from 0 to 255. */
export function colorTable(name) {
  if (!tables.has(name)) {
    tables.set(name, tableOf(parsed(POINTS[name])));
  }
  return tables.get(name);
}

function parsed(text) {
  return text.split(' ').map((hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)));
}

function tableOf(points) {
  const table = new Uint8Array(4 * TEXELS);
  const at = (i, channel) => points[Math.max(0, Math.min(points.length - 1, i))][channel];
  for (let texel = 0; texel < TEXELS; texel++) {
    const place = (texel / (TEXELS - 1)) * (points.length - 1);
    const i = Math.min(Math.floor(place), points.length - 2);
    for (let channel = 0; channel < 3; channel++) {
      const [a, b, c, d] = [i - 1, i, i + 1, i + 2].map((point) => at(point, channel));
      table[4 * texel + channel] = Math.round(Math.max(0, Math.min(255, spline(a, b, c, d, place - i))));
    }
    table[4 * texel + 3] = 255;
  }
  return table;
}

/** Catmull-Rom spline from b to c. */
function spline(a, b, c, d, t) {
  return b + (t / 2) * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
