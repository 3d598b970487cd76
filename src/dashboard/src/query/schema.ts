import { ask } from './server';

/** A column of a table. */
export interface SchemaColumn {
  name: string;
  type: string;
  doc: string;
}

/** A table of the database. */
export interface SchemaTable {
  name: string;
  folder: string;
  doc: string;
  columns: SchemaColumn[];
}

/** A stored function. */
export interface SchemaFunction {
  name: string;
  parameters: string[];
  /** The call as it can be run, or nearly: with what has no default. */
  call: string;
  folder: string;
  doc: string;
}

/** What there is to ask. */
export interface Schema {
  tables: SchemaTable[];
  functions: SchemaFunction[];
  /** The same as Kusto's language service takes it. */
  shown: unknown;
}

interface Shown {
  Databases: Record<string, ShownDatabase>;
}

interface ShownDatabase {
  Tables: Record<string, ShownTable>;
  MaterializedViews: Record<string, ShownTable>;
  Functions: Record<string, { Name: string; InputParameters: ShownParameter[]; Folder: string; DocString: string }>;
}

interface ShownParameter {
  Name: string;
  CslType?: string;
  CslDefaultValue?: string;
}

interface ShownTable {
  Name: string;
  Folder?: string;
  DocString?: string;
  OrderedColumns: { Name: string; CslType: string; DocString?: string }[];
}

/** Asks the server for the schema of the database. */
export async function loadSchema(): Promise<Schema> {
  const shown = JSON.parse((await ask('.show schema as json'))[0]!.rows[0]![0] as string) as Shown;
  const database = Object.values(shown.Databases)[0]!;
  const table = (found: ShownTable): SchemaTable => ({
    name: found.Name,
    folder: found.Folder ?? '',
    doc: found.DocString ?? '',
    columns: found.OrderedColumns.map((column) => ({ name: column.Name, type: column.CslType, doc: column.DocString ?? '' })),
  });
  return {
    tables: [...Object.values(database.Tables), ...Object.values(database.MaterializedViews)].map(table).sort((a, b) => (a.name < b.name ? -1 : 1)),
    functions: Object.values(database.Functions).map((found) => ({
      name: found.Name,
      parameters: found.InputParameters.map((parameter) => `${parameter.Name}: ${parameter.CslType ?? 'table'}`),
      call: `${quoted(found.Name)}(${found.InputParameters.filter((parameter) => parameter.CslDefaultValue === undefined).map(argument).join(', ')})`,
      folder: found.Folder,
      doc: found.DocString,
    })),
    shown,
  };
}

function argument(parameter: ShownParameter): string {
  const examples: Record<string, string> = { string: "''", dynamic: 'dynamic([])', datetime: 'ago(7d)', timespan: '1d', bool: 'true' };
  return parameter.CslType === undefined ? 'events' : (examples[parameter.CslType] ?? '1');
}

// Words of KQL that Kusto's parser takes for names in brackets only.
const reserved = new Set(['and', 'by', 'contains', 'from', 'has', 'in', 'kind', 'of', 'on', 'or', 'step', 'to', 'views', 'with']);

/** The name as KQL takes it. */
export function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) && !reserved.has(name) ? name : `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
}
