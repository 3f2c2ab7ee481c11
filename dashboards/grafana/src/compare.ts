// Compare runs: the same numbers of several runs on one chart.
import type { Dashboard } from '@grafana/schema';
import { dashboard } from './dashboard.js';
import { series, table } from './panels.js';

const RUN = 'run=~"$run"';
const BY_RUN = '{{run}}';
const NO_UNIT = 'none';

export const compare: Dashboard = dashboard({
  uid: 'thalweg-compare',
  title: 'Thalweg: compare runs',
  description: 'Loss, accuracy, curvature and flatness of several runs, over time and at their last frames.',
  manyRuns: true,
  annotations: [],
  rows: [
    {
      title: 'At the last frame',
      height: 8,
      panels: [
        table({
          title: 'Runs',
          description: 'The last value in the chosen time of each run, also of those that have ended.',
          unit: NO_UNIT,
          decimals: 4,
          queries: [
            { expr: last('thalweg_iteration_iterations'), legend: 'iteration' },
            { expr: last('thalweg_loss', 'probe="train"'), legend: 'training loss' },
            { expr: last('thalweg_loss', 'probe="validation"'), legend: 'validation loss' },
            { expr: last('thalweg_accuracy_percent', 'probe="validation"'), legend: 'validation accuracy (%)' },
            { expr: last('thalweg_sharpness'), legend: 'sharpness' },
            { expr: last('thalweg:eigenvalue_ratio'), legend: 'convexity' },
            { expr: last('thalweg_surface_rise'), legend: 'flatness' },
          ],
        }),
      ],
    },
    {
      title: 'Training',
      height: 8,
      panels: [
        series({
          title: 'Training loss',
          description: 'Mean data loss on the training probe at the parameters of each frame.',
          unit: NO_UNIT,
          logarithmic: true,
          queries: [{ expr: `thalweg_loss{probe="train",${RUN}}`, legend: BY_RUN }],
        }),
        series({
          title: 'Validation accuracy',
          description: 'Share of right answers on the validation probe at the parameters of each frame.',
          unit: 'percent',
          queries: [{ expr: `thalweg_accuracy_percent{probe="validation",${RUN}}`, legend: BY_RUN }],
        }),
        series({
          title: 'Generalization gap',
          description: 'Validation loss minus training loss.',
          unit: NO_UNIT,
          queries: [{ expr: `thalweg:loss_gap{${RUN}}`, legend: BY_RUN }],
        }),
      ],
    },
    {
      title: 'Ground',
      height: 8,
      panels: [
        series({
          title: 'Sharpness',
          description: 'Largest eigenvalue of the Hessian of the loss at the parameters.',
          unit: NO_UNIT,
          logarithmic: true,
          queries: [{ expr: `thalweg_sharpness{${RUN}}`, legend: BY_RUN }],
        }),
        series({
          title: 'Convexity',
          description: '|lambda_min / lambda_max| at the parameters: 0 is a convex bowl.',
          unit: NO_UNIT,
          min: 0,
          queries: [{ expr: `thalweg:eigenvalue_ratio{${RUN}}`, legend: BY_RUN }],
        }),
        series({
          title: 'Flatness',
          description:
            'Mean rise of the loss over the surface. It compares runs of the same grid, range and normalization.',
          unit: NO_UNIT,
          queries: [{ expr: `thalweg_surface_rise{${RUN}}`, legend: BY_RUN }],
        }),
      ],
    },
  ],
});

/** The last value of each run in the chosen time. */
function last(meter: string, ...labels: string[]): string {
  return `max by (run) (last_over_time(${meter}{${[...labels, RUN].join(',')}}[$__range]))`;
}
