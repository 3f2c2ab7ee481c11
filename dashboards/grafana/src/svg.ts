// Panels as SVG: not Grafana's looks, but the data that it would show.
import type { Answer } from './prometheus.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A series with its name as the panel gives it. */
export interface Named extends Answer {
  readonly name: string;
}

const COLOURS = ['#e69f00', '#56b4e9', '#009e73', '#cc79a7', '#f0e442', '#0072b2', '#d55e00', '#999999'];
/** Width of a legend's entry in which a name can be read. */
const LEAST_LEGEND = 44;
const MARGIN = { left: 62, right: 14, top: 34, bottom: 40 };

export function document(width: number, height: number, content: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">\n`
    + `<rect width="${width}" height="${height}" fill="#111217"/>\n${content}</svg>\n`
  );
}

/** A frame with a title, around what a panel shows. */
export function panel(box: Box, title: string, content: string): string {
  return (
    `<rect x="${box.x + 2}" y="${box.y + 2}" width="${box.width - 4}" height="${box.height - 4}" fill="#181b1f"`
    + ` stroke="#2c3235" rx="3"/>\n${text(box.x + 12, box.y + 21, title, '#ccccdc')}${content}`
  );
}

/** Last values, large. */
export function numbers(box: Box, values: readonly Named[]): string {
  return values
    .map((series, row) => {
      const y = box.y + box.height / 2 + 14 + (row - (values.length - 1) / 2) * 30;
      const shown = label(series.points.at(-1)?.[1] ?? Number.NaN);
      const name = values.length > 1 ? ` <tspan font-size="12" fill="#8e8e8e">${escape(series.name)}</tspan>` : '';
      return `<text x="${box.x + box.width / 2}" y="${y}" text-anchor="middle" font-size="24" fill="#e8e8ee">${shown}${name}</text>\n`;
    })
    .join('');
}

/** One row a run, one column a series' name. */
export function rows(box: Box, values: readonly Named[]): string {
  const columns = ['run', ...new Set(values.map((series) => series.name))];
  const runs = [...new Set(values.map((series) => series.labels['run'] ?? ''))];
  const width = (box.width - 24) / columns.length;
  const cells = [columns, ...runs.map((run) => [run, ...columns.slice(1).map((name) => cell(values, run, name))])];
  return cells
    .flatMap((row, r) =>
      row.map((content, c) =>
        text(box.x + 12 + c * width, box.y + 52 + r * 24, content, r === 0 ? '#8e8e8e' : '#e8e8ee'),
      ),
    )
    .join('');
}

/** Lines over time. */
export function chart(box: Box, values: readonly Named[], logarithmic: boolean, hidden: readonly string[]): string {
  const plot = {
    x: box.x + MARGIN.left,
    y: box.y + MARGIN.top,
    width: box.width - MARGIN.left - MARGIN.right,
    height: box.height - MARGIN.top - MARGIN.bottom,
  };
  const usable = (value: number) => Number.isFinite(value) && (!logarithmic || value > 0);
  const height = (value: number) => (logarithmic ? Math.log10(value) : value);
  const points = values.flatMap((series) => series.points).filter(([, value]) => usable(value));
  if (points.length === 0) {
    return text(plot.x, plot.y + plot.height / 2, 'no data', '#8e8e8e');
  }
  const times = extent(points.map(([time]) => time), 1);
  const heights = extent(points.map(([, value]) => height(value)), 1e-12);
  const x = (time: number) => plot.x + ((time - times[0]) / (times[1] - times[0])) * plot.width;
  const y = (value: number) => plot.y + plot.height * (1 - (height(value) - heights[0]) / (heights[1] - heights[0]));
  const ticks = [0, 0.5, 1].map((share) => {
    const at = heights[0] + share * (heights[1] - heights[0]);
    const value = logarithmic ? 10 ** at : at;
    return (
      `<line x1="${plot.x}" x2="${plot.x + plot.width}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="#2c3235"/>\n`
      + text(plot.x - 8, y(value) + 4, label(value), '#8e8e8e', 'end')
    );
  });
  const lines = values.map((series, index) => {
    const drawn = series.points.filter(([, value]) => usable(value));
    const path = drawn.map(([time, value]) => `${x(time).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
    const thin = hidden.includes(series.name) ? ' stroke-opacity="0.35" stroke-dasharray="3 3"' : '';
    return `<polyline points="${path}" fill="none" stroke="${colour(index)}" stroke-width="1.8"${thin}/>\n`;
  });
  const seconds = text(plot.x + plot.width, plot.y + plot.height + 16, `${Math.round(times[1] - times[0])} s`, '#8e8e8e', 'end');
  return ticks.join('') + lines.join('') + legend(box, values) + seconds;
}

function legend(box: Box, values: readonly Named[]): string {
  const room = (box.width - 24) / Math.max(values.length, 1);
  if (room < LEAST_LEGEND) {
    return text(box.x + 12, box.y + box.height - 13, `${values.length} series`, '#8e8e8e');
  }
  return values
    .map((series, index) => {
      const x = box.x + 12 + index * room;
      const name = series.name.slice(0, Math.max(4, Math.floor(room / 7) - 2));
      return (
        `<rect x="${x.toFixed(1)}" y="${box.y + box.height - 18}" width="9" height="3" fill="${colour(index)}"/>\n`
        + text(x + 13, box.y + box.height - 13, name, '#ccccdc')
      );
    })
    .join('');
}

function cell(values: readonly Named[], run: string, name: string): string {
  const series = values.find((candidate) => candidate.labels['run'] === run && candidate.name === name);
  return series === undefined ? '' : label(series.points.at(-1)?.[1] ?? Number.NaN);
}

function extent(values: readonly number[], least: number): readonly [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const rest = Math.max(least - (high - low), 0) / 2;
  return [low - rest, high + rest];
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? '#ffffff';
}

function label(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(1) : `${Number(value.toPrecision(4))}`;
}

function text(x: number, y: number, content: string, fill: string, anchor = 'start'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="${fill}" text-anchor="${anchor}">${escape(content)}</text>\n`;
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
