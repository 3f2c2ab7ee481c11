// Panels in the house's style. A panel says what it shows in its description, and has a unit.
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
import type { Options as StatOptions } from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type { Options as TableOptions } from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type { Options as TimeSeriesOptions } from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** The Prometheus that the variable of every dashboard chooses. */
export const PROMETHEUS: DataSourceRef = { type: 'prometheus', uid: '${datasource}' };

/** A query and what its series are called; `{{label}}` is replaced by the label's value. */
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
  /** Bars a scrape interval instead of a line, for what is counted. */
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

/** One row a run, one column a query. */
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

/** A series drawn in a colour of its own. */
export function coloured(series: string, colour: string): Override {
  return { series, properties: [{ id: 'color', value: { mode: FieldColorModeId.Fixed, fixedColor: colour } }] };
}

/** The rim of a band of error, filled down to another series and left out of the legend. */
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
