using Microsoft.AspNetCore.Routing;

namespace Snowplow.Silo.Kusto;

/// <summary>
/// Kusto's REST protocol, versions 1 and 2, for the clients that ask Azure Data Explorer: Microsoft's SDKs, Grafana's plug-in, the page <c>/query</c>.
/// </summary>
internal static class KustoEndpoints
{
    private const string JsonContentType = "application/json; charset=UTF-8";

    private static readonly string[] GetAndPost = [HttpMethods.Get, HttpMethods.Post];

    private delegate Task AnswerWriter(KustoJson json, KustoAnswer answer, KustoIds ids);

    /// <summary>
    /// Adds what the endpoints need but the database: a <c>Func&lt;Database&gt;</c> that makes a snapshot, and a <see cref="CommandRunner"/>.
    /// </summary>
    public static void AddKusto(this IServiceCollection services)
    {
        services.AddSingleton<QueryGate>();
        services.AddSingleton<QueryMetrics>();
        services.AddSingleton<KustoQueries>();
    }

    /// <summary>Maps <c>/v1/rest/query</c>, <c>/v2/rest/query</c>, <c>/v1/rest/mgmt</c> and <c>/v1/rest/auth/metadata</c>.</summary>
    public static void MapKusto(this IEndpointRouteBuilder app)
    {
        Map("/v1/rest/query", GetAndPost, mayChange: false, TablesV1.WriteQueryAsync);
        Map("/v2/rest/query", GetAndPost, mayChange: false, FramesV2.WriteAsync);
        Map("/v1/rest/mgmt", [HttpMethods.Post], mayChange: true, (json, answer, _) => TablesV1.WriteCommandAsync(json, answer));
        app.MapKustoExport();
        // Clients ask for it before they know that they need a key.
        app.MapGet("/v1/rest/auth/metadata", () => TypedResults.Json(AuthMetadata.Default)).AllowAnonymous().ExcludeFromDescription();

        void Map(string path, string[] methods, bool mayChange, AnswerWriter write) => app
            .MapMethods(path, methods, (HttpContext context, KustoQueries queries, ILogger<KustoQueries> log) => AnswerAsync(context, queries, log, mayChange, write))
            .ExcludeFromDescription();
    }

    private static async Task AnswerAsync(HttpContext context, KustoQueries queries, ILogger log, bool mayChange, AnswerWriter write)
    {
        var ids = KustoIds.Of(context);
        try
        {
            var request = await KustoRequest.ReadAsync(context.Request, ids, context.RequestAborted).ConfigureAwait(false);
            var answer = await queries.RunAsync(request, mayChange, context.RequestAborted).ConfigureAwait(false);
            context.Response.ContentType = JsonContentType;
            var json = new KustoJson(context);
            await using (json.ConfigureAwait(false)) await write(json, answer, ids).ConfigureAwait(false);
        }
        catch (KustoException exception)
        {
            await RefuseAsync(context, exception.Error, ids).ConfigureAwait(false);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The client has gone, and its query with it.
        }
        catch (Exception exception) when (!context.Response.HasStarted && exception is not BadHttpRequestException)
        {
            log.LogError(exception, "The request of activity {ActivityId} failed.", ids.ActivityId);
            await RefuseAsync(context, KustoError.Internal(), ids).ConfigureAwait(false);
        }
    }

    internal static async Task RefuseAsync(HttpContext context, KustoError error, KustoIds ids)
    {
        context.Response.StatusCode = error.Status;
        context.Response.ContentType = JsonContentType;
        var json = new KustoJson(context);
        await using (json.ConfigureAwait(false)) error.Write(json.Writer, ids);
    }
}
