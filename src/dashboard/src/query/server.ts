/** A column of a result, with its type in KQL. */
export interface Column {
  name: string;
  type: string;
}

/** A value as Kusto has it in JSON: times and timespans are texts, dynamic values are themselves. */
export type Value = unknown;

/** What render asked for; names of columns are separated by commas. */
export interface Visualization {
  Visualization: string | null;
  Title?: string | null;
  XColumn?: string | null;
  Series?: string | null;
  YColumns?: string | null;
  XTitle?: string | null;
  YTitle?: string | null;
  Legend?: string | null;
  Kind?: string | null;
  Ymin?: number | string | null;
  Ymax?: number | string | null;
}

/** One result of a query. */
export interface Result {
  columns: Column[];
  rows: Value[][];
  visualization: Visualization;
}

/** What is wrong at a place of the text: lines count from 1, positions in them from 0. */
export interface Problem {
  code: string;
  message: string;
  line: number;
  position: number;
  length: number;
}

/** A query that the server does not answer. */
export class QueryError extends Error {
  constructor(
    message: string,
    readonly problems: Problem[] = [],
  ) {
    super(message);
  }
}

interface KustoError {
  '@message': string;
  innererror?: { message: string };
  details?: { code: string; message: string; '@line': string; '@pos': string; '@token': string }[];
}

interface Frame {
  FrameType: string;
  TableKind?: string;
  TableId?: number;
  Columns?: { ColumnName: string; ColumnType: string }[];
  Rows?: Value[][];
  HasErrors?: boolean;
  OneApiErrors?: { error: KustoError }[];
}

/** Asks a query, or management commands, and gives the results. */
export async function ask(text: string, signal?: AbortSignal): Promise<Result[]> {
  return text.trimStart().startsWith('.') ? command(text, signal) : query(text, signal);
}

async function query(text: string, signal?: AbortSignal): Promise<Result[]> {
  const frames = (await post('/v2/rest/query', text, signal)) as Frame[];
  const failed = frames.at(-1)?.OneApiErrors?.[0];
  if (failed) throw failure(failed.error);
  const properties = new Map(frames.find((frame) => frame.TableKind === 'QueryProperties')?.Rows?.map((row) => [row[0] as number, row[2] as string]));
  return frames
    .filter((frame) => frame.TableKind === 'PrimaryResult')
    .map((frame) => result(frame, JSON.parse(properties.get(frame.TableId!) ?? '{"Visualization":null}') as Visualization));
}

async function command(text: string, signal?: AbortSignal): Promise<Result[]> {
  const answer = (await post('/v1/rest/mgmt', text, signal)) as { Tables: Frame[] };
  return answer.Tables.map((table) => result(table, { Visualization: null }));
}

function result(table: Frame, visualization: Visualization): Result {
  return { columns: table.Columns!.map((column) => ({ name: column.ColumnName, type: column.ColumnType })), rows: table.Rows!, visualization };
}

async function post(path: string, text: string, signal?: AbortSignal): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'x-ms-app': 'snowplow-query' },
      body: JSON.stringify({ db: 'snowplow', csl: text }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new QueryError('The server does not answer. Is it running?');
  }
  const body = await response.text();
  if (response.ok) return parse(body);
  let error: KustoError | undefined;
  try {
    error = (JSON.parse(body) as { error?: KustoError }).error;
  } catch {
    // No JSON: the status tells.
  }
  throw error?.['@message'] ? failure(error) : new QueryError(`The server answered ${response.status}.`);
}

function failure(error: KustoError): QueryError {
  const problems = (error.details ?? []).map((detail) => ({
    code: detail.code,
    message: detail.message,
    line: Number(detail['@line']),
    position: Number(detail['@pos']),
    length: detail['@token'].length,
  }));
  return new QueryError(error.innererror?.message ?? error['@message'], problems);
}

/** Whole numbers that a number of JavaScript cannot hold stay texts, where the browser tells how they were written. */
function parse(json: string): unknown {
  if (!/[[,:]-?\d{16,}[\],}]/.test(json)) return JSON.parse(json);
  const keep = (_: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) && context?.source ? context.source : value;
  return JSON.parse(json, keep as (key: string, value: unknown) => unknown);
}
