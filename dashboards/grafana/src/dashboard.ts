// What all dashboards have in common: variables, annotations, links, and the layout of panels.
import {
  type AnnotationQuery,
  type Dashboard,
  DashboardCursorSync,
  type Panel,
  type RowPanel,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/schema';
import { PROMETHEUS } from './panels.js';

/** Grafana's grid is 24 columns wide. */
const COLUMNS = 24;

/** A row of panels of one height that share the width evenly. */
export interface Row {
  readonly title: string;
  readonly height: number;
  readonly panels: readonly Panel[];
}

export interface Contents {
  /** Stable: links and bookmarks go by it. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly manyRuns: boolean;
  readonly annotations: readonly AnnotationQuery[];
  readonly rows: readonly Row[];
}

export function dashboard(of: Contents): Dashboard {
  return {
    uid: of.uid,
    title: of.title,
    description: of.description,
    tags: ['thalweg'],
    schemaVersion: 42,
    editable: true,
    graphTooltip: DashboardCursorSync.Crosshair,
    refresh: '10s',
    time: { from: 'now-1h', to: 'now' },
    timezone: 'browser',
    templating: { list: [datasourceVariable(), runVariable(of.manyRuns)] },
    annotations: { list: [...of.annotations] },
    links: [
      {
        title: 'Thalweg',
        type: 'dashboards',
        tags: ['thalweg'],
        asDropdown: false,
        icon: 'dashboard',
        includeVars: true,
        keepTime: true,
        targetBlank: false,
        tooltip: 'The other dashboards of the same run',
      },
    ],
    panels: laidOut(of.rows),
  };
}

/** An annotation in the form that Grafana's Prometheus data source reads: title, text and tags lie outside the query. */
interface PrometheusAnnotation extends AnnotationQuery {
  readonly titleFormat: string;
  readonly textFormat: string;
  /** Labels that become tags, separated by commas. */
  readonly tagKeys: string;
  readonly target: { readonly refId: string; readonly expr: string; readonly interval: string; readonly range: boolean };
}

/** An event on every chart: a moment at which the expression begins to have a value. */
export function event(name: string, expr: string, text: string, iconColor: string): PrometheusAnnotation {
  return {
    name,
    datasource: PROMETHEUS,
    enable: true,
    iconColor,
    titleFormat: name,
    textFormat: text,
    tagKeys: 'run',
    target: { refId: 'Anno', expr, interval: '15s', range: true },
  };
}

function datasourceVariable(): VariableModel {
  return {
    type: 'datasource',
    name: 'datasource',
    label: 'Prometheus',
    query: 'prometheus',
    hide: VariableHide.dontHide,
    refresh: VariableRefresh.onDashboardLoad,
  };
}

function runVariable(many: boolean): VariableModel {
  const query = 'label_values(thalweg_iteration_iterations, run)';
  return {
    type: 'query',
    name: 'run',
    label: many ? 'Runs' : 'Run',
    datasource: PROMETHEUS,
    query: { query, refId: 'Run' },
    refresh: VariableRefresh.onTimeRangeChanged,
    sort: VariableSort.alphabeticalAsc,
    multi: many,
    includeAll: many,
    ...(many ? { current: { text: ['All'], value: ['$__all'] } } : {}),
  };
}

function laidOut(rows: readonly Row[]): Array<Panel | RowPanel> {
  const panels: Array<Panel | RowPanel> = [];
  let y = 0;
  for (const row of rows) {
    panels.push({
      type: 'row',
      id: panels.length + 1,
      title: row.title,
      collapsed: false,
      panels: [],
      gridPos: { h: 1, w: COLUMNS, x: 0, y },
    });
    const w = Math.floor(COLUMNS / row.panels.length);
    row.panels.forEach((panel, column) =>
      panels.push({ ...panel, id: panels.length + 1, gridPos: { h: row.height, w, x: column * w, y: y + 1 } }),
    );
    y += 1 + row.height;
  }
  return panels;
}
