// What a Prometheus answers.

/** Values of one series over time: seconds since 1970, and the value. */
export interface Answer {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: ReadonlyArray<readonly [number, number]>;
}

interface Result {
  readonly status: string;
  readonly error?: string;
  readonly data?: { readonly result: ReadonlyArray<{ metric: Record<string, string>; values: Array<[number, string]> }> };
}

/** The series of an expression between two moments. */
export async function range(address: string, expr: string, from: number, to: number): Promise<Answer[]> {
  const step = Math.max(1, Math.round((to - from) / 400));
  const query = new URLSearchParams({ query: expr, start: `${from}`, end: `${to}`, step: `${step}` });
  const response = await fetch(`${address}/api/v1/query_range?${query}`);
  const result = (await response.json()) as Result;
  if (result.status !== 'success' || result.data === undefined) {
    throw new Error(`${expr}: ${result.error ?? response.status}`);
  }
  return result.data.result.map((series) => ({
    labels: series.metric,
    points: series.values.map(([time, value]) => [time, Number(value)] as const),
  }));
}
