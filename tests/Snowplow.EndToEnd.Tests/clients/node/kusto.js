// Asks a server as programs do that use azure-kusto-data, and prints what the client gives them.
// Usage: node kusto.js <cluster URL> <JSON: a list of requests>
// A request: {"call": "execute" | "executeQueryV1" | …, "db", "text", "options", "parameters", "timeoutMs", "id", "app", "user", "token"}
// An answer, one line each: {"results": [{"name", "columns": [[name, type]], "rows"}], "drawn"} or {"error", "status", "data"}
import { Client, ClientRequestProperties, KustoConnectionStringBuilder, kustoTrustedEndpoints } from 'azure-kusto-data';

const [cluster, requests] = process.argv.slice(2);
kustoTrustedEndpoints.addTrustedHosts([{ suffix: new URL(cluster).hostname, exact: true }], false);

for (const request of JSON.parse(requests)) {
  const connection = request.token
    ? KustoConnectionStringBuilder.withAccessToken(cluster, request.token)
    : new KustoConnectionStringBuilder(cluster);
  const properties = new ClientRequestProperties(request.options, request.parameters, request.id, request.user, request.app);
  if (request.timeoutMs) properties.setTimeout(request.timeoutMs);
  const client = new Client(connection);
  try {
    const answer = await client[request.call ?? 'execute'](request.db ?? 'snowplow', request.text, properties);
    const results = answer.primaryResults.map((table) => ({
      name: table.name,
      columns: table.columns.map((column) => [column.name, column.type]),
      rows: [...table.rows()].map((row) => table.columns.map((column) => row[column.name])),
    }));
    const drawn = answer.tables.find((table) => table.kind === 'QueryProperties')?._rows ?? [];
    console.log(JSON.stringify({ results, drawn, tables: answer.tables.length }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error.message), status: error.response?.status, data: error.response?.data }));
  } finally {
    client.close();
  }
}
