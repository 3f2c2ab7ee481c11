import { theme } from './dom.js';

/** What charts show in addition to curves, in the plot's own pixels. */

/** A line across at a value. */
export function drawThreshold(plot, value) {
  if (!Number.isFinite(value)) {
    return;
  }
  clipped(plot, (context, { left, width }) => {
    const y = plot.valToPos(value, 'y', true);
    context.strokeStyle = theme().warn;
    context.lineWidth = 1.2 * devicePixelRatio;
    context.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio]);
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(left + width, y);
    context.stroke();
  });
}

/** The error of each point as a bar; of points on one column of pixels, the first that has any. */
export function drawErrors(plot, series) {
  clipped(plot, (context) => {
    context.lineWidth = 1.2 * devicePixelRatio;
    for (const { color, points } of series) {
      context.strokeStyle = theme()[color] ?? color;
      context.beginPath();
      let column = NaN;
      for (const { x, y, error } of points) {
        const place = Math.round(plot.valToPos(x, 'x', true));
        if (place !== column && error > 0 && Number.isFinite(y) && Number.isFinite(error)) {
          column = place;
          context.moveTo(place, plot.valToPos(y - error, 'y', true));
          context.lineTo(place, plot.valToPos(y + error, 'y', true));
        }
      }
      context.stroke();
    }
  });
}

/** Rings around values that have not converged. */
export function drawOpenDots(plot, series) {
  clipped(plot, (context) => {
    context.lineWidth = 1.4 * devicePixelRatio;
    context.fillStyle = theme().panel;
    for (const { color, points } of series) {
      context.strokeStyle = theme()[color] ?? color;
      for (const { x, y } of points.filter(({ open, y: value }) => open && Number.isFinite(value))) {
        context.beginPath();
        context.arc(plot.valToPos(x, 'x', true), plot.valToPos(y, 'y', true), 2.6 * devicePixelRatio, 0, 2 * Math.PI);
        context.fill();
        context.stroke();
      }
    }
  });
}

/** Triangles on the horizontal axis. */
export function drawMarks(plot, points) {
  const ratio = devicePixelRatio;
  const context = plot.ctx;
  const bottom = plot.bbox.top + plot.bbox.height;
  context.save();
  context.fillStyle = theme().warn;
  for (const { x } of points) {
    const place = plot.valToPos(x, 'x', true);
    context.beginPath();
    context.moveTo(place, bottom - 6 * ratio);
    context.lineTo(place - 3.5 * ratio, bottom);
    context.lineTo(place + 3.5 * ratio, bottom);
    context.fill();
  }
  context.restore();
}

/** Draws inside the plot's frame, and a little around it so that dots at its edges are whole. */
function clipped({ ctx: context, bbox }, draw) {
  const rim = 3 * devicePixelRatio;
  context.save();
  context.beginPath();
  context.rect(bbox.left - rim, bbox.top - rim, bbox.width + 2 * rim, bbox.height + 2 * rim);
  context.clip();
  draw(context, bbox);
  context.restore();
}
