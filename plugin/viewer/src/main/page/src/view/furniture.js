/** What surrounds a surface, on the canvas above it: colour bar, title, labels. */
import { colorTable } from '../math/colormaps.js';
import { shortLabel } from '../math/numbers.js';

const FONT = '11px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif';
const BAR_WIDTH = 12;

/** Text with a halo in the background's colour, readable over anything. */
export function write(context, theme, text, x, y, align = 'center', color = theme.text) {
  context.font = FONT;
  context.textAlign = align;
  context.textBaseline = 'middle';
  context.lineWidth = 3;
  context.lineJoin = 'round';
  context.strokeStyle = theme.top;
  context.globalAlpha = 0.8;
  context.strokeText(text, x, y);
  context.globalAlpha = 1;
  context.fillStyle = color;
  context.fillText(text, x, y);
}

/** The colour bar along the right edge, with the values of its ticks. */
export function colorBar(context, look, width, height) {
  const { scale, theme } = look;
  const bar = { x: width - 62, y: 34, height: Math.max(60, Math.min(260, 0.45 * height)) };
  const table = colorTable(look.state.colors);
  for (let row = 0; row < bar.height; row++) {
    const texel = 4 * Math.round(255 * (1 - row / (bar.height - 1)));
    context.fillStyle = `rgb(${table[texel]} ${table[texel + 1]} ${table[texel + 2]})`;
    context.fillRect(bar.x, bar.y + row, BAR_WIDTH, 1.5);
  }
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.strokeRect(bar.x - 0.5, bar.y - 0.5, BAR_WIDTH + 1, bar.height + 1);
  write(context, theme, look.label, width - 8, 16, 'right');
  for (const tick of scale.ticks(Math.round(bar.height / 35))) {
    const y = bar.y + bar.height * (1 - scale.height(tick));
    context.strokeStyle = theme.text;
    context.beginPath();
    context.moveTo(bar.x + BAR_WIDTH, y);
    context.lineTo(bar.x + BAR_WIDTH + 3, y);
    context.stroke();
    write(context, theme, shortLabel(tick), bar.x + BAR_WIDTH + 6, y, 'left');
  }
}

/** The run's name if two are shown, and the time. */
export function title(context, look) {
  look.title.forEach((line, i) => {
    write(context, look.theme, line, 12, 16 + 17 * i, 'left', i === 0 ? look.theme.text : look.theme.muted);
  });
}
