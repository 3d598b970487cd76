using System.ComponentModel;
using Snowplow.Silo.Api;
using Snowplow.Streams;

namespace Snowplow.Silo.Forget;

/// <summary>Erasure over HTTP: <c>DELETE /api/users/{id}</c>, and <c>GET /api/erasures/{receipt}</c> for how far it has come.</summary>
internal static class ErasureApi
{
    private const int MostIdChars = 1024;

    /// <summary>Maps the routes. What changes something is no GET and no form: no page elsewhere can make a browser send it.</summary>
    public static void MapErasureApi(this WebApplication app)
    {
        var api = app.MapGroup("/api");
        api.MapDelete("/users/{id}", Forget)
            .Produces<ErasureMessage>(StatusCodes.Status202Accepted).Produces<ApiError>(StatusCodes.Status400BadRequest).Produces<ApiError>(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/erasures/{receipt:guid}", FindErasure).Produces<ErasureMessage>().Produces<ApiError>(StatusCodes.Status404NotFound);
    }

    /// <summary>Forgets a person: all user keys that the id means, and all under which the id came as user_id. Answers once that is durable.</summary>
    internal static async Task<IResult> Forget(
        [Description("domain_userid, network_userid or user_id as the tracker sent it; or a key with its kind, such as d:…")] string id,
        ErasureFolder erasures, IRawStream stream, TimeProvider time, CancellationToken stop)
    {
        // The one character that routes leave as it was sent.
        id = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (id.Length > MostIdChars || string.IsNullOrWhiteSpace(id))
            return TypedResults.BadRequest(new ApiError($"An id has 1 to {MostIdChars} characters."));
        if (stream.Problem is { } problem)
            return TypedResults.Json(new ApiError($"Nothing can be stored at this moment: {problem}"), statusCode: StatusCodes.Status503ServiceUnavailable);
        try
        {
            var erasure = await erasures.AcceptAsync(id, time.GetUtcNow(), stop).ConfigureAwait(false);
            return TypedResults.Accepted($"/api/erasures/{erasure.Receipt}", ErasureMessage.Of(erasure));
        }
        catch (IOException failure)
        {
            return TypedResults.Json(new ApiError($"The erasure cannot be stored: {failure.Message}"), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>How far an erasure has come.</summary>
    internal static async Task<IResult> FindErasure([Description("The receipt of the erasure.")] Guid receipt, ErasureFolder erasures, CancellationToken stop) =>
        await erasures.FindAsync(receipt, stop).ConfigureAwait(false) is { } erasure
            ? TypedResults.Ok(ErasureMessage.Of(erasure))
            : TypedResults.NotFound(new ApiError("There is no erasure of this receipt."));
}

/// <summary>An erasure as the API tells it: nothing of the person.</summary>
/// <param name="Receipt">Its id.</param>
/// <param name="State">accepted; forgotten (states and tables have nothing any more, files wait for <c>snowplow purge</c>); purged; not_found; refused.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="ForgottenAt">What was collected by then is forgotten.</param>
/// <param name="PurgedAt">When the files were purged.</param>
/// <param name="Users">User keys found.</param>
/// <param name="Sessions">Sessions of clients found.</param>
/// <param name="Reason">Why it was refused.</param>
internal sealed record ErasureMessage(
    Guid Receipt, string State, DateTimeOffset RequestedAt, DateTimeOffset? ForgottenAt, DateTimeOffset? PurgedAt, int Users, int Sessions, string? Reason)
{
    /// <summary>What may be told.</summary>
    public static ErasureMessage Of(Erasure erasure) => new(
        erasure.Receipt, erasure.State switch
        {
            ErasureState.Accepted => "accepted",
            ErasureState.Forgotten => "forgotten",
            ErasureState.Purged => "purged",
            ErasureState.NotFound => "not_found",
            _ => "refused",
        },
        erasure.RequestedAt, erasure.ForgottenAt, erasure.PurgedAt, erasure.Users, erasure.Sessions, erasure.Reason);
}
