// Thalweg itself: what watching costs, and whether it works.
import type { Dashboard } from '@grafana/schema';
import { dashboard } from './dashboard.js';
import { series, stat } from './panels.js';

const RUN = 'run=~"$run"';

export const itself: Dashboard = dashboard({
  uid: 'thalweg-itself',
  title: 'Thalweg itself',
  description: 'Cost of frames by stage, frames recorded, skipped and failed, and what watching takes from training.',
  manyRuns: true,
  annotations: [],
  rows: [
    {
      title: 'Frames',
      height: 4,
      panels: [
        stat({
          title: 'Recorded',
          description: 'Frames computed and told of.',
          unit: 'locale',
          queries: [{ expr: `sum by (run) (thalweg_recorded_frames_total{${RUN}})`, legend: '{{run}}' }],
        }),
        stat({
          title: 'Lost',
          description: 'Frames that were due and were skipped or failed.',
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
          description: "Hessian-vector products that the last frame's eigenvalues took.",
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
          description: 'Share of wall time that frames took since the start of the run, whether beside training or not.',
          unit: 'percentunit',
          min: 0,
          queries: [{ expr: `thalweg:overhead:ratio{${RUN}}`, legend: '{{run}}' }],
        }),
        series({
          title: 'Points of a surface',
          description: 'Points of the last surface that were evaluated: fewer than the grid has where a budget cut it.',
          unit: 'locale',
          min: 0,
          queries: [{ expr: `thalweg_surface_points{${RUN}}`, legend: '{{run}}' }],
        }),
      ],
    },
    {
      title: 'What went missing',
      height: 8,
      panels: [
        series({
          title: 'Frames by status',
          description: 'Frames computed so far, by whether everything asked for is in them.',
          unit: 'locale',
          min: 0,
          queries: [{ expr: `sum by (run, status) (thalweg_recorded_frames_total{${RUN}})`, legend: '{{run}} {{status}}' }],
        }),
        series({
          title: 'Queue full',
          description: 'Frames left out so far because the one before was still in work.',
          unit: 'locale',
          min: 0,
          queries: [{ expr: `thalweg:queue_full:total{${RUN}}`, legend: '{{run}}' }],
        }),
        series({
          title: 'Lost frames and parts',
          description:
            'Frames skipped or failed so far; frames that lack eigenvalues or another part that was asked for; calls that'
            + ' receivers of frames did not take.',
          unit: 'locale',
          min: 0,
          queries: [
            { expr: `thalweg:lost_frames:total{${RUN}}`, legend: '{{run}} lost' },
            { expr: `thalweg:incomplete_frames:total{${RUN}}`, legend: '{{run}} without a part' },
            { expr: `thalweg:failed_calls:total{${RUN}}`, legend: '{{run}} not taken' },
          ],
        }),
        series({
          title: 'Unconverged eigenvalues',
          description: 'Eigenvalues of the last frame that are Ritz values only.',
          unit: 'locale',
          min: 0,
          queries: [{ expr: `thalweg:unconverged:count{${RUN}}`, legend: '{{run}}' }],
        }),
      ],
    },
  ],
});
