using System.Globalization;
using Microsoft.AspNetCore.Routing;

namespace Snowplow.Silo.Api;

/// <summary>
/// What is asked of grains while theirs cannot be reached (its silo has just been lost, or does not answer in time) is answered by 503 and
/// when to ask again: by then another silo has the grain.
/// </summary>
internal static class UnreachableGrains
{
    private const int RetryAfterSeconds = 2;

    /// <summary>Has all of a group answer so.</summary>
    public static RouteGroupBuilder AnswerUnreachableGrains(this RouteGroupBuilder api)
    {
        api.AddEndpointFilter(async (call, next) =>
        {
            try
            {
                return await next(call);
            }
            catch (Exception failure) when (failure is OrleansException or TimeoutException && !call.HttpContext.Response.HasStarted)
            {
                call.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
                return TypedResults.Json(new ApiError("The silo that knows of it cannot be reached at this moment. Ask again in some seconds."), statusCode: StatusCodes.Status503ServiceUnavailable);
            }
        });
        return api.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(ApiError), ["application/json"]));
    }
}
