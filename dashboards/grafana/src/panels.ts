// Panels in one style. Every panel has a unit, and its description says what it shows.
import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueJustifyMode,
  BigValueTextMode,
  type DataSourceRef,
  FieldColorModeId,
  GraphDrawStyle,
  type GraphFieldConfig,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  type MatcherConfig,
  type Panel,
  PercentChangeColorMode,
  ScaleDistribution,
  SortOrder,
  type Threshold,
  ThresholdsMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizOrientation,
} from '@grafana/schema';
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen.js';
import type { Options as TableOptions } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen.js';
import type * as XY from '@grafana/schema/dist/esm/raw/composable/xychart/panelcfg/x/XYChartPanelCfg_types.gen.js';
import type { Options as TimeSeriesOptions } from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen.js';

/** The Prometheus that the variable of every dashboard chooses. */
export const PROMETHEUS: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

/** A query and the name of its series; `{{label}}` is replaced by the label's value. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
}

/** How one series differs from the others of its panel. */
export interface Override {
  readonly series: string;
  readonly properties: ReadonlyArray<{ readonly id: string; readonly value: unknown }>;
}

interface Common {
  readonly title: string;
  readonly description: string;
  /** Grafana's name of a unit: `none`, `short`, `percent`, `s`, ... */
  readonly unit: string;
  readonly queries: readonly Query[];
  readonly decimals?: number;
  readonly thresholds?: readonly Threshold[];
}

export interface Series extends Common {
  readonly logarithmic?: boolean;
  readonly overrides?: readonly Override[];
  readonly min?: number;
  /** Bars instead of a line, for counts. */
  readonly bars?: boolean;
}

/** Values over time. */
export function series(of: Series): Panel {
  const custom: GraphFieldConfig = {
    drawStyle: of.bars ? GraphDrawStyle.Bars : GraphDrawStyle.Line,
    lineWidth: 2,
    fillOpacity: of.bars ? 60 : 0,
    showPoints: VisibilityMode.Never,
    // A frame may take longer than a scrape interval; a gap is a gap, not a line across it.
    spanNulls: false,
    scaleDistribution: of.logarithmic ? { type: ScaleDistribution.Log, log: 10 } : { type: ScaleDistribution.Linear },
    thresholdsStyle: { mode: of.thresholds ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off },
  };
  const options: TimeSeriesOptions = {
    legend: {
      calcs: ['lastNotNull'],
      displayMode: LegendDisplayMode.Table,
      placement: 'bottom',
      showLegend: true,
    },
    tooltip: { mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending },
  };
  return {
    ...common(of, FieldColorModeId.PaletteClassic),
    type: 'timeseries',
    options: { ...options },
    fieldConfig: {
      defaults: { ...defaults(of, FieldColorModeId.PaletteClassic), custom: { ...custom }, ...minimum(of) },
      overrides: (of.overrides ?? []).map((override) => ({
        matcher: named(override.series),
        properties: override.properties.map((property) => ({ ...property })),
      })),
    },
  };
}

/** The last value, large. */
export function stat(of: Common): Panel {
  const options: StatOptions = {
    colorMode: of.thresholds ? BigValueColorMode.Value : BigValueColorMode.None,
    graphMode: BigValueGraphMode.None,
    justifyMode: BigValueJustifyMode.Auto,
    orientation: VizOrientation.Auto,
    percentChangeColorMode: PercentChangeColorMode.Standard,
    reduceOptions: { calcs: ['lastNotNull'], values: false },
    showPercentChange: false,
    textMode: BigValueTextMode.Auto,
    wideLayout: true,
  };
  return { ...common(of), type: 'stat', options: { ...options } };
}

/** One row for each run, one column for each query. */
export function table(of: Common): Panel {
  const options: TableOptions = { frameIndex: 0, showHeader: true };
  const panel = common(of);
  return {
    ...panel,
    type: 'table',
    options: { ...options },
    targets: of.queries.map((query, index) => ({ ...target(query, index), instant: true, range: false, format: 'table' })),
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          renameByName: Object.fromEntries(
            of.queries.map((query, index) => [`Value #${letter(index)}`, query.legend]),
          ),
        },
      },
    ],
  };
}

/** One row for each value of a label, with the last value. */
export function list(of: Common & { readonly label: string }): Panel {
  const panel = table(of);
  return {
    ...panel,
    transformations: [
      { id: 'filterFieldsByName', options: { include: { names: [of.label, 'Value'] } } },
      { id: 'organize', options: { renameByName: { Value: of.queries[0]?.legend ?? 'value' } } },
    ],
  };
}

/** What two runs share is iterations, not the time of day: one line a run over its iterations. */
export function overIterations(of: Omit<Series, 'queries' | 'bars'> & { readonly query: Query; readonly runs: string }): Panel {
  const iteration: Query = { expr: `max by (run) (thalweg_iteration_iterations{${of.runs}})`, legend: 'iteration' };
  const queries = [iteration, of.query];
  const options: XY.Options = {
    mapping: 'auto' as XY.SeriesMapping.Auto,
    series: [{ x: { matcher: named('iteration') } }],
    legend: { calcs: [], displayMode: LegendDisplayMode.List, placement: 'bottom', showLegend: true },
    tooltip: { mode: TooltipDisplayMode.Single, sort: SortOrder.None },
  };
  const custom: XY.FieldConfig = {
    show: 'points+lines' as XY.XYShowMode.PointsAndLines,
    pointSize: { fixed: 4 },
    lineWidth: 2,
    scaleDistribution: of.logarithmic ? { type: ScaleDistribution.Log, log: 10 } : { type: ScaleDistribution.Linear },
  };
  const xAxis = {
    matcher: named('iteration'),
    properties: [
      { id: 'unit', value: 'locale' },
      { id: 'custom.scaleDistribution', value: { type: ScaleDistribution.Linear } },
    ],
  };
  const chart = { ...of, queries };
  return {
    ...common(chart, FieldColorModeId.PaletteClassic),
    type: 'xychart',
    options: { ...options },
    targets: queries.map((query, index) => ({ ...target(query, index), instant: false, range: true, format: 'table' })),
    fieldConfig: {
      defaults: {
        ...defaults(chart, FieldColorModeId.PaletteClassic),
        displayName: '${__field.labels.run}',
        custom: { ...custom },
        ...minimum(chart),
      },
      overrides: [xAxis],
    },
    // A table of (time, run, iteration, value), cut into one frame a run.
    transformations: [
      { id: 'merge', options: {} },
      { id: 'organize', options: { renameByName: { 'Value #A': 'iteration' } } },
      { id: 'partitionByValues', options: { fields: ['run'], keepFields: false, naming: { asLabels: true } } },
      { id: 'organize', options: { excludeByName: { Time: true } } },
    ],
  };
}

/** A series with an axis of its own, on the right. */
export function onTheRight(series: string, unit: string): Override {
  return {
    series,
    properties: [
      { id: 'unit', value: unit },
      { id: 'custom.axisPlacement', value: 'right' },
    ],
  };
}

/** A series drawn in a colour of its own. */
export function coloured(series: string, colour: string): Override {
  return { series, properties: [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: colour } }] };
}

/** The rim of an error band, filled down to another series and not in the legend. */
export function rim(series: string, colour: string, fillBelowTo?: string): Override {
  return {
    series,
    properties: [
      { id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: colour } },
      { id: 'custom.lineWidth', value: 0 },
      { id: 'custom.hideFrom', value: { legend: true, tooltip: false, viz: false } },
      ...(fillBelowTo
        ? [
            { id: 'custom.fillBelowTo', value: fillBelowTo },
            { id: 'custom.fillOpacity', value: 25 },
          ]
        : []),
    ],
  };
}

function common(of: Common, mode: FieldColorModeId = FieldColorModeId.Thresholds): Panel {
  return {
    type: 'timeseries',
    title: of.title,
    description: of.description,
    datasource: PROMETHEUS,
    targets: of.queries.map(target),
    fieldConfig: { defaults: defaults(of, mode), overrides: [] },
  };
}

function defaults(of: Common, mode: FieldColorModeId) {
  return {
    unit: of.unit,
    color: { mode },
    ...(of.decimals === undefined ? {} : { decimals: of.decimals }),
    thresholds: {
      mode: ThresholdsMode.Absolute,
      steps: [...(of.thresholds ?? [{ color: 'text', value: null }])],
    },
  };
}

function minimum(of: Series) {
  return of.min === undefined ? {} : { min: of.min };
}

function target(query: Query, index: number): Record<string, unknown> {
  return { refId: letter(index), datasource: PROMETHEUS, expr: query.expr, legendFormat: query.legend };
}

function named(series: string): MatcherConfig<string> {
  return { id: 'byName', options: series };
}

function letter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
