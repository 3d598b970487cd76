using System.Data.Common;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Enrich.Enrichments.Answers;
using Snowplow.Enrich.Enrichments.Inputs;

namespace Snowplow.Enrich.Enrichments.Sql;

/// <summary>A prepared query about an event. Thread-safe.</summary>
/// <param name="database">The database.</param>
/// <param name="sql">The query, with the database's placeholders.</param>
/// <param name="output">What the rows become.</param>
internal sealed class SqlQuery(SqlDatabase database, string sql, SqlOutput output) : IDisposable
{
    // Rows describe one event, which could not hold more than this.
    private const int MaxCharacters = 1_000_000;

    // Of all of it once it is its turn: connecting, asking, reading.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(15);

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The pool would give up on those who wait for a connection while the queries before them take their time.
    private readonly SemaphoreSlim _turns = new((int)SqlDatabase.MaxConnections);

    /// <summary>Asks the database. Whatever goes wrong is in the answer.</summary>
    /// <param name="values">The values, in the order of the placeholders.</param>
    public async Task<Answer> AskAsync(IReadOnlyList<InputValue> values)
    {
        await _turns.WaitAsync();
        try
        {
            return await AskInTurnAsync(values);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async Task<Answer> AskInTurnAsync(IReadOnlyList<InputValue> values)
    {
        using var timeout = new CancellationTokenSource(MaxTime);
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(timeout.Token);
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Count; i++) command.Parameters.Add(database.Parameter(i + 1, values[i]));
            await command.PrepareAsync(timeout.Token);
            await using var reader = await command.ExecuteReaderAsync(timeout.Token);
            return await ReadAsync(reader, timeout.Token);
        }
        catch (OperationCanceledException)
        {
            return Answer.Failed($"the database did not answer within {MaxTime.TotalSeconds} s");
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidCastException or OverflowException or JsonException)
        {
            return Answer.Failed($"the query failed: {e.Message}");
        }
    }

    private async Task<Answer> ReadAsync(DbDataReader reader, CancellationToken cancellationToken)
    {
        var rows = new List<string>();
        var characters = 0;
        while (rows.Count < output.RowsToRead && await reader.ReadAsync(cancellationToken))
        {
            rows.Add(RowOf(reader));
            characters += rows[^1].Length;
            if (characters > MaxCharacters) return Answer.Failed($"the rows come to more than {MaxCharacters} characters");
        }

        return output.From(rows);
    }

    private string RowOf(DbDataReader reader)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, WriterOptions))
        {
            json.WriteStartObject();
            for (var column = 0; column < reader.FieldCount; column++)
            {
                json.WritePropertyName(PropertyNames.Of(reader.GetName(column), output.NameStyle));
                SqlValue.Write(json, reader, column);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }
}
