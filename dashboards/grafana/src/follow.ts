// Follow the minimizer: curvature, surface and loss of one run while it trains.
import type { Dashboard } from '@grafana/schema';
import { dashboard, event } from './dashboard.js';
import { coloured, list, onTheRight, type Query, rim, series, stat } from './panels.js';

const RUN = 'run=~"$run"';
const LARGEST = 'orange';
const SMALLEST = 'blue';
const NO_UNIT = 'none';

export const follow: Dashboard = dashboard({
  uid: 'thalweg-follow',
  title: 'Thalweg: follow the minimizer',
  description:
    'Curvature, surface and loss around the parameters of one training run. Every eigenvalue comes with its residual.',
  manyRuns: false,
  annotations: [
    event(
      'Diverged',
      `thalweg_recorded_frames_total{status="diverged",${RUN}} > 0`,
      'diverged: parameters or loss are not finite',
      'red',
    ),
    event(
      'Finding',
      `thalweg_finding{severity!="note",${RUN}} == 1`,
      '{{severity}}: {{kind}}',
      'orange',
    ),
    event(
      'Edge of stability',
      `thalweg:edge_of_stability:crossed{${RUN}} == 1`,
      'sharpness reached the edge of stability',
      'purple',
    ),
  ],
  rows: [
    {
      title: 'Now',
      height: 4,
      panels: [
        stat({
          title: 'Iteration and epoch',
          description: 'Completed parameter updates and completed epochs at the last frame.',
          unit: 'locale',
          queries: [
            { expr: `thalweg_iteration_iterations{${RUN}}`, legend: 'iteration' },
            { expr: `thalweg_epoch_epochs{${RUN}}`, legend: 'epoch' },
          ],
        }),
        stat({
          title: 'Training loss now',
          description: 'Mean data loss on the training probe, without L1, L2 and weight decay.',
          unit: NO_UNIT,
          decimals: 4,
          queries: [{ expr: `thalweg_loss{probe="train",${RUN}}`, legend: '{{run}}' }],
        }),
        stat({
          title: 'Sharpness now',
          description: 'Largest eigenvalue of the Hessian of the loss at the parameters.',
          unit: NO_UNIT,
          decimals: 3,
          queries: [{ expr: `thalweg_sharpness{${RUN}}`, legend: '{{method}}' }],
        }),
        stat({
          title: 'Smallest eigenvalue now',
          description: 'Smallest eigenvalue of the Hessian. Far below zero: the parameters lie on a saddle.',
          unit: NO_UNIT,
          decimals: 3,
          queries: [{ expr: eigenvalue('smallest'), legend: '{{method}}' }],
        }),
        stat({
          title: 'Negative curvature now',
          description: '|lambda_min / lambda_max|: 0 is a convex bowl, 1 a saddle as steep downwards as upwards.',
          unit: NO_UNIT,
          decimals: 3,
          thresholds: [
            { color: 'green', value: null },
            { color: 'yellow', value: 0.1 },
            { color: 'red', value: 0.5 },
          ],
          queries: [{ expr: `thalweg:eigenvalue_ratio{${RUN}}`, legend: '{{run}}' }],
        }),
        stat({
          title: 'Surface rise now',
          description: 'Mean rise of the loss over the recorded surface above its value at the parameters. Small is flat.',
          unit: NO_UNIT,
          decimals: 3,
          queries: [{ expr: `thalweg_surface_rise{${RUN}}`, legend: '{{run}}' }],
        }),
      ],
    },
    {
      title: 'Training',
      height: 8,
      panels: [
        series({
          title: 'Loss',
          description: 'Mean data loss at the parameters of each frame, on the training and the validation probe.',
          unit: NO_UNIT,
          logarithmic: true,
          queries: [{ expr: `thalweg_loss{${RUN}}`, legend: '{{probe}}' }],
        }),
        series({
          title: 'Accuracy',
          description: 'Share of correct predictions at the parameters of each frame, on the training and the validation probe.',
          unit: 'percent',
          queries: [{ expr: `thalweg_accuracy_percent{${RUN}}`, legend: '{{probe}}' }],
        }),
      ],
    },
    {
      title: 'Both ends of the spectrum',
      height: 9,
      panels: [
        series({
          title: 'Largest eigenvalue',
          description:
            'Outermost eigenvalue at the upper end, with a band of its residual norm: a true eigenvalue lies within it.',
          unit: NO_UNIT,
          queries: banded('largest'),
          overrides: band('largest', LARGEST),
        }),
        series({
          title: 'Smallest eigenvalue',
          description:
            'Outermost eigenvalue at the lower end, with a band of its residual norm: a true eigenvalue lies within it.',
          unit: NO_UNIT,
          queries: banded('smallest'),
          overrides: band('smallest', SMALLEST),
        }),
        series({
          title: 'Residuals',
          description: 'Residual norm of every eigenpair, by end of the spectrum and rank.',
          unit: NO_UNIT,
          logarithmic: true,
          queries: [{ expr: `thalweg_hessian_residual{${RUN}}`, legend: '{{end}} {{rank}}' }],
        }),
        series({
          title: 'Sampling errors',
          description:
            "Standard error of every eigenvalue from the choice of the probe's examples, and the difference from the curvature of the"
            + ' validation loss along the same direction.',
          unit: NO_UNIT,
          logarithmic: true,
          queries: [
            { expr: `thalweg_hessian_sampling_error{${RUN}}`, legend: '{{end}} {{rank}}' },
            {
              expr: `abs(thalweg_hessian_eigenvalue{${RUN}} - thalweg_validation_curvature)`,
              legend: '{{end}} {{rank}} from validation',
            },
          ],
        }),
      ],
    },
    {
      title: 'Shape of the surface',
      height: 8,
      panels: [
        series({
          title: 'Edge of stability',
          description:
            'Sharpness divided by the largest at which the updater is stable on a quadratic; absent where the theory has'
            + ' no threshold.',
          unit: NO_UNIT,
          thresholds: [
            { color: 'transparent', value: null },
            { color: 'red', value: 1 },
          ],
          queries: [
            { expr: `thalweg:edge_of_stability{${RUN}}`, legend: 'sharpness / threshold' },
            {
              expr: `thalweg_quantity{name="preconditioned_gradient_curvature",${RUN}}`,
              legend: 'along the gradient / threshold',
            },
          ],
        }),
        series({
          title: 'Negative curvature',
          description: '|lambda_min / lambda_max| at the parameters: 0 is a convex bowl, 1 a saddle as steep downwards as upwards.',
          unit: NO_UNIT,
          min: 0,
          queries: [{ expr: `thalweg:eigenvalue_ratio{${RUN}}`, legend: '|lambda_min / lambda_max|' }],
        }),
        series({
          title: 'Surface rise',
          description: 'Mean rise of the loss over the recorded surface above its value at the parameters. Small is flat.',
          unit: NO_UNIT,
          queries: [{ expr: `thalweg_surface_rise{${RUN}}`, legend: 'mean rise' }],
        }),
      ],
    },
    {
      title: 'Parts of the curvature',
      height: 8,
      panels: [
        series({
          title: 'Sharpness by layer',
          description: "Largest eigenvalue of the diagonal block of the Hessian that belongs to a layer's parameters.",
          unit: NO_UNIT,
          queries: [{ expr: `thalweg_layer_eigenvalue{end="largest",${RUN}}`, legend: '{{layer}}' }],
        }),
        series({
          title: 'Trace by layer',
          description: "Estimated trace of the diagonal block of the Hessian that belongs to a layer's parameters.",
          unit: NO_UNIT,
          queries: [{ expr: `thalweg_layer_trace{${RUN}}`, legend: '{{layer}}' }],
        }),
        series({
          title: 'Gauss-Newton',
          description: "Largest eigenvalue of the Gauss-Newton matrix, and its share of the Hessian's sharpness.",
          unit: NO_UNIT,
          queries: [
            { expr: `thalweg_gauss_newton_eigenvalue{${RUN}}`, legend: 'largest eigenvalue' },
            { expr: `thalweg_gauss_newton_share{${RUN}}`, legend: 'share' },
          ],
          overrides: [onTheRight('share', 'percentunit')],
        }),
      ],
    },
    {
      title: 'Trace and self-check',
      height: 9,
      panels: [
        series({
          title: 'Trace of the Hessian',
          description:
            "Estimated sum of all eigenvalues, with a band of one standard error, and the standard error from the choice of the"
            + " probe's examples.",
          unit: NO_UNIT,
          queries: [
            { expr: `thalweg_hessian_trace{${RUN}}`, legend: 'trace' },
            { expr: `thalweg_hessian_trace{${RUN}} + thalweg_hessian_trace_error`, legend: 'upper' },
            { expr: `thalweg_hessian_trace{${RUN}} - thalweg_hessian_trace_error`, legend: 'lower' },
            { expr: `thalweg_hessian_trace_sampling_error{${RUN}}`, legend: 'sampling error' },
          ],
          overrides: [coloured('trace', 'green'), rim('upper', 'green', 'lower'), rim('lower', 'green')],
        }),
        series({
          title: 'Self-check of the Hessian',
          description:
            'Relative asymmetry of Hessian products on random vectors, which should be rounding only (at most 1e-6); and the'
            + ' difference of eigenvalues from double precision if that was requested, otherwise the largest residual.',
          unit: NO_UNIT,
          logarithmic: true,
          queries: [
            { expr: `thalweg_hessian_asymmetry{${RUN}} > 0`, legend: 'asymmetry' },
            { expr: `thalweg:eigenvalue_error{${RUN}} > 0`, legend: 'error of eigenvalues' },
          ],
        }),
        series({
          title: 'Further estimates',
          description: 'Numbers of further estimators of the curvature, by matrix, estimator and name.',
          unit: NO_UNIT,
          queries: [{ expr: `thalweg_estimate{${RUN}}`, legend: '{{operator}} {{estimator}} {{name}}' }],
        }),
      ],
    },
    {
      title: 'Further quantities',
      height: 9,
      panels: [
        list({
          title: 'All quantities',
          description: 'Every further quantity of the last frame by name.',
          unit: NO_UNIT,
          decimals: 4,
          label: 'name',
          queries: [{ expr: `thalweg_quantity{${RUN}}`, legend: 'value' }],
        }),
        series({
          title: 'Curvature along gradient and step',
          description: "The Hessian's Rayleigh quotient of the gradient and of the last step.",
          unit: NO_UNIT,
          queries: [quantities('gradient_curvature|step_curvature')],
        }),
        series({
          title: 'Shares',
          description: 'Share of the gradient in the top eigenspace, overlap of top eigenspaces from frame to frame.',
          unit: 'percentunit',
          min: 0,
          queries: [quantities('gradient_top_share|eigenspace_overlap')],
        }),
        series({
          title: 'Norms',
          description: 'Norms of gradient and parameters, and the distance of the parameters from the start.',
          unit: NO_UNIT,
          logarithmic: true,
          queries: [quantities('gradient_norm|parameter_norm|distance_from_start')],
        }),
      ],
    },
  ],
});

function quantities(names: string): Query {
  return { expr: `thalweg_quantity{name=~"${names}",${RUN}}`, legend: '{{name}}' };
}

function eigenvalue(end: 'largest' | 'smallest'): string {
  return `thalweg_hessian_eigenvalue{end="${end}",rank="1",${RUN}}`;
}

/** The eigenvalue and the rims of its error band. */
function banded(end: 'largest' | 'smallest'): Query[] {
  const residual = `thalweg_hessian_residual{end="${end}",rank="1",${RUN}}`;
  return [
    { expr: eigenvalue(end), legend: end },
    { expr: `${eigenvalue(end)} + ${residual}`, legend: 'upper' },
    { expr: `${eigenvalue(end)} - ${residual}`, legend: 'lower' },
  ];
}

function band(end: 'largest' | 'smallest', colour: string) {
  return [coloured(end, colour), rim('upper', colour, 'lower'), rim('lower', colour)];
}
