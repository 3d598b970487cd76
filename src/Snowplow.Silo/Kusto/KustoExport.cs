using Microsoft.AspNetCore.Routing;
using Snowplow.Kql.Files;

namespace Snowplow.Silo.Kusto;

/// <summary>
/// <c>POST /api/export?format=csv|tsv|json</c>: the rows of a query as a file, sent while they come and not kept, without limits of results. The body is that of
/// <c>/v2/rest/query</c>. An answer that cannot be given to its end breaks off, so that nobody takes it for whole.
/// </summary>
internal static class KustoExport
{
    /// <summary>Where it is.</summary>
    public const string Path = "/api/export";

    /// <summary>Maps it.</summary>
    public static void MapKustoExport(this IEndpointRouteBuilder app) =>
        app.MapPost(Path, (HttpContext context, KustoQueries queries, ILogger<KustoQueries> log) => AnswerAsync(context, queries, log)).ExcludeFromDescription();

    private static async Task AnswerAsync(HttpContext context, KustoQueries queries, ILogger log)
    {
        var ids = KustoIds.Of(context);
        try
        {
            var format = context.Request.Query["format"].ToString();
            var type = ContentType(format);
            var request = await KustoRequest.ReadAsync(context.Request, ids, context.RequestAborted).ConfigureAwait(false);
            context.Response.ContentType = type;
            // A piece is sent by the thread of the query, which waits for a client that reads slowly.
            var output = PackedBody.Of(context, long.MaxValue);
            await queries.WriteAsync(request, RowWriter.Of(format.Length == 0 ? "csv" : format, output, hasHeader: true), context.RequestAborted).ConfigureAwait(false);
            // Not where it fails: an end of what was packed would make a whole answer of it.
            await output.DisposeAsync().ConfigureAwait(false);
        }
        catch (KustoException exception) when (!context.Response.HasStarted)
        {
            context.Response.Headers.ContentEncoding = default;
            await KustoEndpoints.RefuseAsync(context, exception.Error, ids).ConfigureAwait(false);
        }
        catch (KustoException exception)
        {
            log.LogWarning("The export of activity {ActivityId} broke off: {Reason}", ids.ActivityId, exception.Error.Detail);
            context.Abort();
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The client has gone, and its query with it.
        }
    }

    private static string ContentType(string format) => format switch
    {
        "" or "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "json" => "application/x-ndjson",
        _ => throw KustoError.BadRequest($"'{format}' is no format: expected ?format=csv, tsv or json").Exception(),
    };
}
