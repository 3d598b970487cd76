using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Grains.Identity;
using Snowplow.Grains.Sessions;
using Snowplow.Grains.Users;
using Snowplow.Model;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;
using Snowplow.Silo.CommandLine;

namespace Snowplow.Silo.Api;

/// <summary>What is known of users, sessions and profiles at this moment, from their grains. It may be ahead of files and tables.</summary>
internal static class LiveApi
{
    /// <summary>The longest id that is looked up, in characters.</summary>
    internal const int MostIdChars = 1024;
    private const string JsonContentType = "application/json; charset=utf-8";

    /// <summary>Adds what the interface needs: JSON as in the tables, the live feed, the description.</summary>
    public static void AddLiveApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Encoder = ModelJson.Options.Encoder;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ModelJson.Options.TypeInfoResolver!);
        });
        services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "Snowplow live API", Version = VersionCommand.ShortVersion };
                return Task.CompletedTask;
            });
            options.AddSchemaTransformer((schema, context, _) =>
            {
                ColumnDescriptions.Add(schema, context);
                return Task.CompletedTask;
            });
        });
        services.AddSingleton<LiveStats>();
        services.AddSingleton<LiveHub>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveHub>());
        services.AddInterventions();
    }

    /// <summary>
    /// Maps <c>/api/users/{id}</c>, <c>/api/sessions/{id}</c>, <c>/api/persons/{id}</c>, <c>/api/identities/{id}</c>, <c>/api/profiles</c>
    /// and <c>/api/interventions</c> with what is below, <c>/api/live</c>, and their description at <c>/api/openapi.json</c>.
    /// </summary>
    public static void MapLiveApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").AnswerUnreachableGrains();
        api.MapGet("/users/{id}", FindUser).Produces<UserRow>().Produces<ApiError>(StatusCodes.Status404NotFound);
        api.MapGet("/sessions/{id}", FindSession).Produces<SessionRow>().Produces<ApiError>(StatusCodes.Status404NotFound);
        api.MapGet("/persons/{id}", PersonApi.Find).Produces<Person>().Produces<ApiError>(StatusCodes.Status404NotFound);
        api.MapGet("/identities/{id}", FindIdentity).Produces<string>(contentType: "application/json").Produces<ApiError>(StatusCodes.Status404NotFound);
        api.MapProfiles();
        api.MapInterventions();
        api.MapGet("/live", Watch)
            .WithSummary("Server-sent events for as long as the connection lasts: first recent, if anything was; then batch, session, user and, each second, stats.")
            .Produces<string>(contentType: "text/event-stream");
        api.MapGet("/{**path}", () => TypedResults.NotFound(new ApiError("There is nothing at this path; /api/openapi.json describes what there is.")))
            .ExcludeFromDescription();
        app.MapOpenApi("/api/openapi.json");
    }

    /// <summary>A user: identity, first and last seen, first touch, counts. The members are the columns of the table of users.</summary>
    internal static async Task<IResult> FindUser(
        [Description("domain_userid, network_userid or user_id as the tracker sent it, tried in this order; or a key with its kind, such as d:…")] string id,
        IClusterClient client)
    {
        if (id.Length <= MostIdChars)
        {
            foreach (var key in UserKey.Candidates(id))
            {
                if (await client.GetGrain<IUserGrain>(key).Find() is { } row)
                    return TypedResults.Bytes(row.Utf8, JsonContentType);
            }
        }

        return TypedResults.NotFound(new ApiError("No event of a user with this id has arrived."));
    }

    /// <summary>A session: start, end, entry and exit, views, engagement, source. The members are the columns of the table of sessions.</summary>
    internal static async Task<IResult> FindSession(
        [Description("The session's id as the tracker sent it; of a session that the server cut, its session_identifier, or its user's key for the latest one.")] string id,
        IClusterClient client)
    {
        if (id.Length <= MostIdChars)
        {
            var row = UserKey.IsKey(id) && !id.Contains('~', StringComparison.Ordinal)
                ? await client.GetGrain<ISessionGrain>(id).FindLatest()
                : await client.GetGrain<ISessionGrain>(SessionKey.OfSession(id)).Find(id);
            if (row is not null)
                return TypedResults.Bytes(row.Utf8, JsonContentType);
        }

        return TypedResults.NotFound(new ApiError("No event of a session with this id has arrived."));
    }

    /// <summary>An identity: the users who have it and the identity that it belongs to. The members are the columns of the table of identities.</summary>
    internal static async Task<IResult> FindIdentity([Description("The identifier's name, a colon and the value, such as user_id:jo.")] string id, IClusterClient client) =>
        id.Length <= MostIdChars && await client.GetGrain<IIdentityGrain>(id).Find() is { } row
            ? TypedResults.Bytes(row.Utf8, JsonContentType)
            : TypedResults.NotFound(new ApiError("No event with this identity has arrived."));

    private static async Task Watch(HttpContext context, LiveHub hub, IHostApplicationLifetime lifetime)
    {
        var messages = hub.Watch();
        try
        {
            await ServerSentEvents.WriteAsync(context, messages.Reader, lifetime.ApplicationStopping);
        }
        finally
        {
            hub.Leave(messages);
        }
    }
}

/// <summary>Why a request has no answer.</summary>
/// <param name="Error">A sentence for people.</param>
internal sealed record ApiError(string Error);
