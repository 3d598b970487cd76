using System.Diagnostics;
using System.Globalization;
using Snowplow.Kql;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;
using Snowplow.Silo.Query;

namespace Snowplow.Silo.Kusto;

/// <summary>Runs what clients ask, within the limits that requests and the server set.</summary>
/// <param name="database">Makes a snapshot of the tables; each query has one of its own.</param>
/// <param name="commands">Runs management commands.</param>
/// <param name="files">The files that queries may name.</param>
/// <param name="gate">Where queries wait.</param>
/// <param name="metrics">Told how long queries took.</param>
/// <param name="log">Told of faults of the engine.</param>
internal sealed class KustoQueries(Func<Database> database, CommandRunner commands, LocalFiles files, QueryGate gate, QueryMetrics metrics, ILogger<KustoQueries> log)
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
        RequireDatabase(request);
        var isCommand = CommandEngine.IsCommand(request.Text);
        if (mayChange && !isCommand) throw KustoError.BadRequest("A management command begins with a dot; queries go to /v2/rest/query or /v1/rest/query").Exception();
        var started = Stopwatch.GetTimestamp();
        try
        {
            var results = await InTurnAsync(
                request, isCommand ? CommandTimeout : DefaultTimeout,
                stop => isCommand ? RunCommands(request, mayChange, stop) : new KqlEngine(database()).Run(request.Text, Options(request), stop), aborted).ConfigureAwait(false);
            return new KustoAnswer(results, null, Stopwatch.GetElapsedTime(started));
        }
        catch (KustoException exception) when (exception.Error.IsPartial && isCommand)
        {
            throw exception.Error.OfCommand().Exception(exception);
        }
        catch (KustoException exception) when (exception.Error.IsPartial)
        {
            return new KustoAnswer([], exception.Error, Stopwatch.GetElapsedTime(started));
        }
    }

    /// <summary>Writes the rows of a query while they come; they are not kept, and no limit of results holds.</summary>
    /// <param name="request">The query.</param>
    /// <param name="writer">Takes the rows.</param>
    /// <param name="aborted">The client has gone.</param>
    /// <exception cref="KustoException">It has no answer; what was written is of no use.</exception>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async Task WriteAsync(KustoRequest request, RowWriter writer, CancellationToken aborted)
    {
        RequireDatabase(request);
        await InTurnAsync(
            request, MostTimeout,
            stop =>
            {
                new KqlEngine(database()).Write(request.Text, Options(request), writer, stop);
                return writer.RowCount;
            },
            aborted).ConfigureAwait(false);
    }

    private static void RequireDatabase(KustoRequest request)
    {
        if (request.Database.Length > 0 && !Is(request.Database, DatabaseName) && !Is(request.Database, DefaultDatabaseName))
            throw KustoError.NotFound("Database", request.Database, $"The database here is '{DatabaseName}'").Exception();
    }

    // Runs something once it has its turn, within the time that it may take.
    private async Task<T> InTurnAsync<T>(KustoRequest request, TimeSpan usualTimeout, Func<CancellationToken, T> run, CancellationToken aborted)
    {
        var started = Stopwatch.GetTimestamp();
        var timeout = Timeout(request.Options) ?? usualTimeout;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        timer.CancelAfter(timeout);
        try
        {
            var result = await gate.PassAsync(() => run(timer.Token), timer.Token).ConfigureAwait(false);
            metrics.Ended(Stopwatch.GetElapsedTime(started), null);
            return result;
        }
        catch (KqlException exception)
        {
            if (exception.InnerException is { } fault) log.LogWarning(fault, "The query of activity {ActivityId} failed while it ran.", request.Ids.ActivityId);
            throw Ended(KustoError.Of(exception, request.Text)).Exception(exception);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            throw Ended(KustoError.TimedOut(timeout)).Exception();
        }
        catch (KustoException exception)
        {
            if (exception.InnerException is { } fault) log.LogWarning(fault, "What activity {ActivityId} asked for failed.", request.Ids.ActivityId);
            Ended(exception.Error);
            throw;
        }

        KustoError Ended(KustoError error)
        {
            metrics.Ended(Stopwatch.GetElapsedTime(started), error);
            return error;
        }
    }

    private IReadOnlyList<ResultTable> RunCommands(KustoRequest request, bool mayChange, CancellationToken stop) =>
        mayChange && request.Options.GetValueOrDefault("request_readonly") is not true
            ? commands(request.Text, Options(request) with { WriteFile = files.Write }, stop).Results
            : ReadOnlyCommands.Run(database(), request.Text, Options(request), stop).Results;

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private QueryOptions Options(KustoRequest request)
    {
        var settings = new Dictionary<string, object?>(request.Options, StringComparer.Ordinal);
        // Clients have no literal of time in JSON.
        if (settings.TryGetValue("query_now", out var now) && now is string text && TryTime(text, out var time)) settings["query_now"] = time;
        return new QueryOptions
        {
            Parameters = request.Parameters, Settings = settings, MaxMemoryBytes = QueryGate.MostMemoryBytes, OpenFile = files.Open, ReadUserAgent = UserAgentBags.Read,
        };
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
