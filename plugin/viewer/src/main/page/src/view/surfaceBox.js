/** Corners of the square in which surfaces are drawn, around it. */
const CORNERS = [
  [-1, -1],
  [1, -1],
  [1, 1],
  [-1, 1],
];

/**
 * The box around a surface as line segments: its floor, its two walls behind the surface with a line at each height of
 * the axis, and the edges of its ceiling there. What would stand between the eye and the surface is left out.
 *
 * @param {number} base height of the floor
 * @param {number} top height of the ceiling
 * @param {number[]} levels heights with a line on the walls
 * @param {{x: number, z: number}} eye
 * @returns {{edges: number[], levels: number[]}} coordinates x, y, z, two points a segment
 */
export function boxOf(base, top, levels, eye) {
  const nearest = CORNERS.findIndex(([x, z]) => x === (eye.x >= 0 ? 1 : -1) && z === (eye.z >= 0 ? 1 : -1));
  const around = CORNERS.map((_, i) => CORNERS[(nearest + i) % 4]);
  const [, left, behind, right] = around;
  const across = (from, to, y) => [from[0], y, from[1], to[0], y, to[1]];
  const upright = ([x, z]) => [x, base, z, x, top, z];
  return {
    edges: [
      ...around.flatMap((corner, i) => across(corner, around[(i + 1) % 4], base)),
      ...[left, behind, right].flatMap(upright),
      ...across(left, behind, top),
      ...across(behind, right, top),
    ],
    levels: levels.flatMap((y) => [...across(left, behind, y), ...across(behind, right, y)]),
  };
}
