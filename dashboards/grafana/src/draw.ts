// Draws what each dashboard shows of some runs, from a live Prometheus:
//   node build/draw.js http://127.0.0.1:9090 RUN[|RUN...] SECONDS DIRECTORY
// The charts are those of the last SECONDS; a dashboard of one run shows the first.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dashboard, Panel } from '@grafana/schema';
import { dashboards } from './dashboards.js';
import { type Answer, range } from './prometheus.js';
import { type Box, chart, document, type Named, numbers, panel, rows } from './svg.js';

const CELL = { width: 50, height: 30 };

const [address, runs, seconds, directory] = process.argv.slice(2);
if (address === undefined || runs === undefined || seconds === undefined || directory === undefined) {
  throw new Error('say which Prometheus, runs, seconds and directory: node build/draw.js ADDRESS RUNS SECONDS DIRECTORY');
}
const to = Date.now() / 1000;
const from = to - Number(seconds);
mkdirSync(directory, { recursive: true });
for (const dashboard of dashboards) {
  writeFileSync(join(directory, `${dashboard.uid}.svg`), await drawn(dashboard, address));
}

async function drawn(dashboard: Dashboard, prometheus: string): Promise<string> {
  const many = (dashboard.templating?.list ?? []).some((variable) => variable.multi);
  const chosen = many ? `${runs}` : `${runs}`.replace(/[|].*/, '');
  let content = '';
  let height = 0;
  for (const each of dashboard.panels ?? []) {
    const at = each.gridPos;
    if (each.type === 'row' || at === undefined) {
      continue;
    }
    const box = { x: at.x * CELL.width, y: at.y * CELL.height, width: at.w * CELL.width, height: at.h * CELL.height };
    height = Math.max(height, box.y + box.height);
    content += panel(box, each.title ?? '', await shown(each as Panel, box, prometheus, chosen));
  }
  return document(24 * CELL.width, height, content);
}

async function shown(of: Panel, box: Box, prometheus: string, chosen: string): Promise<string> {
  const values: Named[] = [];
  for (const target of of.targets ?? []) {
    const expr = `${target['expr']}`.replaceAll('$run', chosen).replaceAll('$__range', `${seconds}s`);
    const answers = await range(prometheus, expr, from, to);
    values.push(...answers.map((answer) => ({ ...answer, name: named(`${target['legendFormat']}`, answer) })));
  }
  if (of.type === 'stat') {
    return numbers(box, values);
  }
  if (of.type === 'table') {
    return rows(box, values);
  }
  const scale = of.fieldConfig?.defaults.custom?.['scaleDistribution'] as { type: string } | undefined;
  const hidden = (of.fieldConfig?.overrides ?? [])
    .filter((override) => override.properties.some((property) => property.id === 'custom.hideFrom'))
    .map((override) => `${override.matcher.options}`);
  return chart(box, values, scale?.type === 'log', hidden);
}

function named(legend: string, answer: Answer): string {
  return legend.replaceAll(/{{(\w+)}}/g, (_, name: string) => answer.labels[name] ?? '');
}
