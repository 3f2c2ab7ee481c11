// Thalweg itself: what frames cost, and whether they are complete.
import type { Dashboard } from '@grafana/schema';
import { dashboard } from './dashboard.js';
import { series, stat } from './panels.js';

const RUN = 'run=~"$run"';

export const itself: Dashboard = dashboard({
  uid: 'thalweg-itself',
  title: 'Thalweg itself',
  description: 'Cost of frames by stage, frames recorded, skipped and failed, and what they cost training.',
  manyRuns: true,
  annotations: [],
  rows: [
    {
      title: 'Frames',
      height: 4,
      panels: [
        stat({
          title: 'Recorded',
          description: 'Frames computed and passed to sinks.',
          unit: 'locale',
          queries: [{ expr: `sum by (run) (thalweg_recorded_frames_total{${RUN}})`, legend: '{{run}}' }],
        }),
        stat({
          title: 'Lost',
          description: 'Scheduled frames that were skipped or failed.',
          unit: 'locale',
          thresholds: [
            { color: 'green', value: null },
            { color: 'yellow', value: 1 },
          ],
          queries: [{ expr: `thalweg:lost_frames:total{${RUN}}`, legend: '{{run}}' }],
        }),
        stat({
          title: 'Last frame',
          description: 'Wall time of the slowest recent frame.',
          unit: 's',
          queries: [{ expr: `thalweg_frame_stage_seconds_max{stage="total",${RUN}}`, legend: '{{run}}' }],
        }),
        stat({
          title: 'Hessian products',
          description: "Hessian-vector products for the last frame's eigenvalues.",
          unit: 'locale',
          queries: [{ expr: `thalweg_hessian_products{${RUN}}`, legend: '{{run}}' }],
        }),
      ],
    },
    {
      title: 'Cost',
      height: 9,
      panels: [
        series({
          title: 'Mean time of a frame by stage',
          description: 'Wall time of the stages of a frame, mean over five minutes.',
          unit: 's',
          min: 0,
          queries: [{ expr: `thalweg:frame_stage_seconds:mean5m{${RUN}}`, legend: '{{run}} {{stage}}' }],
        }),
        series({
          title: 'Overhead',
          description: 'Share of wall time that frames took since the start of the run, in the background or not.',
          unit: 'percentunit',
          min: 0,
          queries: [{ expr: `thalweg:overhead:ratio{${RUN}}`, legend: '{{run}}' }],
        }),
        series({
          title: 'Points of a surface',
          description: 'Evaluated points of the last surface: fewer than the grid has if a budget cut it.',
          unit: 'locale',
          min: 0,
          queries: [{ expr: `thalweg_surface_points{${RUN}}`, legend: '{{run}}' }],
        }),
      ],
    },
    {
      title: 'Missing frames and parts',
      height: 8,
      panels: [
        series({
          title: 'Frames by status',
          description: 'Frames computed so far, by whether they are complete.',
          unit: 'locale',
          min: 0,
          queries: [{ expr: `sum by (run, status) (thalweg_recorded_frames_total{${RUN}})`, legend: '{{run}} {{status}}' }],
        }),
        series({
          title: 'Queue full',
          description: 'Frames skipped so far because the previous one was not finished.',
          unit: 'locale',
          min: 0,
          queries: [{ expr: `thalweg:queue_full:total{${RUN}}`, legend: '{{run}}' }],
        }),
        series({
          title: 'Lost frames and parts',
          description:
            'Frames skipped or failed so far; frames without eigenvalues or another requested part; failed calls of sinks.',
          unit: 'locale',
          min: 0,
          queries: [
            { expr: `thalweg:lost_frames:total{${RUN}}`, legend: '{{run}} lost' },
            { expr: `thalweg:incomplete_frames:total{${RUN}}`, legend: '{{run}} incomplete' },
            { expr: `thalweg:failed_calls:total{${RUN}}`, legend: '{{run}} failed calls' },
          ],
        }),
        series({
          title: 'Unconverged eigenvalues',
          description: 'Eigenvalues of the last frame that have not converged.',
          unit: 'locale',
          min: 0,
          queries: [{ expr: `thalweg:unconverged:count{${RUN}}`, legend: '{{run}}' }],
        }),
      ],
    },
  ],
});
