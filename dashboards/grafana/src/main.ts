// Writes the dashboards as Grafana's provisioning reads them: node build/main.js DIRECTORY
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dashboards } from './dashboards.js';

const [directory] = process.argv.slice(2);
if (directory === undefined) {
  throw new Error('name the directory for the dashboards: node build/main.js DIRECTORY');
}
mkdirSync(directory, { recursive: true });
for (const dashboard of dashboards) {
  writeFileSync(join(directory, `${dashboard.uid}.json`), `${JSON.stringify(dashboard, null, 2)}\n`);
}
