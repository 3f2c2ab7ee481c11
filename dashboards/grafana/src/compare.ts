// Compare runs: the same numbers of several runs on one chart, over iterations.
import type { Dashboard } from '@grafana/schema';
import { dashboard } from './dashboard.js';
import { overIterations, table } from './panels.js';

const RUN = 'run=~"$run"';
const NO_UNIT = 'none';

export const compare: Dashboard = dashboard({
  uid: 'thalweg-compare',
  title: 'Thalweg: compare runs',
  description: 'Loss, accuracy, curvature and surface of several runs, over iterations and at their last frames.',
  manyRuns: true,
  annotations: [],
  rows: [
    {
      title: 'At the last frame',
      height: 8,
      panels: [
        table({
          title: 'Runs',
          description: 'The last value of each run in the selected time, including runs that have ended.',
          unit: NO_UNIT,
          decimals: 4,
          queries: [
            { expr: last('thalweg_iteration_iterations'), legend: 'iteration' },
            { expr: last('thalweg_loss', 'probe="train"'), legend: 'training loss' },
            { expr: last('thalweg_loss', 'probe="validation"'), legend: 'validation loss' },
            { expr: last('thalweg_accuracy_percent', 'probe="validation"'), legend: 'validation accuracy (%)' },
            { expr: last('thalweg_sharpness'), legend: 'sharpness' },
            { expr: last('thalweg:eigenvalue_ratio'), legend: 'negative curvature' },
            { expr: last('thalweg_surface_rise'), legend: 'surface rise' },
          ],
        }),
      ],
    },
    {
      title: 'Training',
      height: 8,
      panels: [
        overIterations({
          title: 'Training loss',
          description: 'Mean data loss on the training probe at the parameters of each frame.',
          unit: NO_UNIT,
          logarithmic: true,
          runs: RUN,
          query: { expr: `max by (run) (thalweg_loss{probe="train",${RUN}})`, legend: 'training loss' },
        }),
        overIterations({
          title: 'Validation accuracy',
          description: 'Share of correct predictions on the validation probe at the parameters of each frame.',
          unit: 'percent',
          runs: RUN,
          query: { expr: `max by (run) (thalweg_accuracy_percent{probe="validation",${RUN}})`, legend: 'validation accuracy' },
        }),
        overIterations({
          title: 'Generalization gap',
          description: 'Validation loss minus training loss.',
          unit: NO_UNIT,
          runs: RUN,
          query: { expr: `max by (run) (thalweg:loss_gap{${RUN}})`, legend: 'generalization gap' },
        }),
      ],
    },
    {
      title: 'Surface',
      height: 8,
      panels: [
        overIterations({
          title: 'Sharpness',
          description: 'Largest eigenvalue of the Hessian of the loss at the parameters.',
          unit: NO_UNIT,
          logarithmic: true,
          runs: RUN,
          query: { expr: `max by (run) (thalweg_sharpness{${RUN}})`, legend: 'sharpness' },
        }),
        overIterations({
          title: 'Negative curvature',
          description: '|lambda_min / lambda_max| at the parameters: 0 is a convex bowl, 1 a saddle as steep downwards as upwards.',
          unit: NO_UNIT,
          min: 0,
          runs: RUN,
          query: { expr: `max by (run) (thalweg:eigenvalue_ratio{${RUN}})`, legend: 'negative curvature' },
        }),
        overIterations({
          title: 'Surface rise',
          description:
            'Mean rise of the loss over the surface: small is flat. Compare only runs with equal grid, range and normalization.',
          unit: NO_UNIT,
          runs: RUN,
          query: { expr: `max by (run) (thalweg_surface_rise{${RUN}})`, legend: 'surface rise' },
        }),
      ],
    },
  ],
});

/** The last value of each run in the selected time. */
function last(meter: string, ...labels: string[]): string {
  return `max by (run) (last_over_time(${meter}{${[...labels, RUN].join(',')}}[$__range]))`;
}
