using System.Diagnostics;
using System.Globalization;
using Snowplow.Kql;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Kusto;

/// <summary>Runs what clients ask, within the limits that requests and the server set.</summary>
/// <param name="database">Makes a snapshot of the tables; each query has one of its own.</param>
/// <param name="commands">Runs management commands.</param>
/// <param name="gate">Where queries wait.</param>
/// <param name="metrics">Told how long queries took.</param>
/// <param name="log">Told of faults of the engine.</param>
internal sealed class KustoQueries(Func<Database> database, CommandRunner commands, QueryGate gate, QueryMetrics metrics, ILogger<KustoQueries> log)
{
    /// <summary>The name of the database.</summary>
    public const string DatabaseName = "snowplow";

    /// <summary>The name that Kusto's SDKs send where their user names none.</summary>
    private const string DefaultDatabaseName = "NetDefaultDB";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MostTimeout = TimeSpan.FromHours(1);

    /// <summary>Runs a query or management commands.</summary>
    /// <param name="request">The text.</param>
    /// <param name="mayChange">Whether commands may change the database; looking they always may.</param>
    /// <param name="aborted">The client has gone.</param>
    /// <exception cref="KustoException">It has no answer.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async Task<KustoAnswer> RunAsync(KustoRequest request, bool mayChange, CancellationToken aborted)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var answer = await AnswerAsync(request, mayChange, started, aborted).ConfigureAwait(false);
            metrics.Ended(answer.Took, answer.Error);
            return answer;
        }
        catch (KustoException exception)
        {
            metrics.Ended(Stopwatch.GetElapsedTime(started), exception.Error);
            throw;
        }
    }

    private async Task<KustoAnswer> AnswerAsync(KustoRequest request, bool mayChange, long started, CancellationToken aborted)
    {
        if (request.Database.Length > 0 && !Is(request.Database, DatabaseName) && !Is(request.Database, DefaultDatabaseName))
            throw KustoError.NotFound("Database", request.Database, $"The database here is '{DatabaseName}'").Exception();
        var isCommand = CommandEngine.IsCommand(request.Text);
        if (mayChange && !isCommand) throw KustoError.BadRequest("A management command begins with a dot; queries go to /v2/rest/query or /v1/rest/query").Exception();
        var timeout = Timeout(request.Options) ?? (isCommand ? CommandTimeout : DefaultTimeout);
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        timer.CancelAfter(timeout);
        try
        {
            var results = await gate.PassAsync(() => isCommand ? RunCommands(request, mayChange, timer.Token) : new KqlEngine(database()).Run(request.Text, Options(request), timer.Token), timer.Token)
                .ConfigureAwait(false);
            return new KustoAnswer(results, null, Stopwatch.GetElapsedTime(started));
        }
        catch (KqlException exception)
        {
            if (exception.InnerException is { } fault) log.LogWarning(fault, "The query of activity {ActivityId} failed while it ran.", request.Ids.ActivityId);
            var error = KustoError.Of(exception, request.Text);
            return error.IsPartial ? new KustoAnswer([], error, Stopwatch.GetElapsedTime(started)) : throw error.Exception(exception);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            throw KustoError.TimedOut(timeout).Exception();
        }
    }

    private IReadOnlyList<ResultTable> RunCommands(KustoRequest request, bool mayChange, CancellationToken stop) =>
        mayChange && request.Options.GetValueOrDefault("request_readonly") is not true
            ? commands(request.Text, Options(request), stop).Results
            : ReadOnlyCommands.Run(database(), request.Text, Options(request), stop).Results;

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static QueryOptions Options(KustoRequest request)
    {
        var settings = new Dictionary<string, object?>(request.Options, StringComparer.Ordinal);
        // Clients have no literal of time in JSON.
        if (settings.TryGetValue("query_now", out var now) && now is string text && TryTime(text, out var time)) settings["query_now"] = time;
        return new QueryOptions { Parameters = request.Parameters, Settings = settings, MaxMemoryBytes = QueryGate.MostMemoryBytes };
    }

    private static TimeSpan? Timeout(IReadOnlyDictionary<string, object?> options)
    {
        if (options.GetValueOrDefault("norequesttimeout") is true) return MostTimeout;
        if (!options.TryGetValue("servertimeout", out var value)) return null;
        return value is string text && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var timeout) && timeout > TimeSpan.Zero
            ? TimeSpan.FromTicks(Math.Min(timeout.Ticks, MostTimeout.Ticks))
            : throw KustoError.BadRequest($"The request property servertimeout must be a timespan such as \"00:04:00\", not '{value}'").Exception();
    }

    private static bool TryTime(string text, out DateTime time) => DateTime.TryParse(
        text.StartsWith("datetime(", StringComparison.Ordinal) && text.EndsWith(')') ? text["datetime(".Length..^1] : text,
        CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out time);
}

/// <summary>What a query gave.</summary>
/// <param name="Results">The results.</param>
/// <param name="Error">What ended it before its results; null where nothing did.</param>
/// <param name="Took">How long it ran and waited.</param>
internal sealed record KustoAnswer(IReadOnlyList<ResultTable> Results, KustoError? Error, TimeSpan Took);
