using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using Snowplow.Grains.Identity;
using Snowplow.Grains.Users;
using Snowplow.Model;
using Snowplow.Model.Rules;

namespace Snowplow.Silo.Api;

/// <summary>Who is one person at this moment, by the rules of the table of identities, from the grains. It may be ahead of files and tables.</summary>
internal sealed class PersonApi(IGrainFactory grains)
{
    private const int MostUsers = 1000;

    private readonly Dictionary<string, Known?> _identities = [];
    private readonly Dictionary<string, ImmutableArray<string>?> _users = [];

    /// <summary>A person: everything by which he is known on all his devices.</summary>
    internal static async Task<IResult> Find(
        [Description("An identity, such as user_id:jo; or a user, as for /api/users.")] string id, IClusterClient client) =>
        id.Length <= LiveApi.MostIdChars && await new PersonApi(client).FindAsync(id) is { } person
            ? TypedResults.Ok(person)
            : TypedResults.NotFound(new ApiError("No event with this identity, or of a user with this id, has arrived."));

    private async Task<Person?> FindAsync(string id)
    {
        if (id.IndexOf(':', StringComparison.Ordinal) > 1 && await IdentityAsync(id) is { } known && (known.IsShared || known.Users.Length > 0))
            return known.IsShared ? new Person(id, [], [id], IsComplete: false) : await GatherAsync(await RootOfIdentityAsync(id));
        foreach (var key in UserKey.Candidates(id))
            if (await IdentitiesOfAsync(key) is not null) return await GatherAsync(await RootOfUserAsync(key));
        return null;
    }

    // From the person's identity to all who have it, to what else these are known by, and so on.
    private async Task<Person> GatherAsync(string root)
    {
        if (UserKey.IsKey(root)) return new Person(root, [root], [], IsComplete: true);
        var (users, identities) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal) { root });
        var waiting = new Queue<string>([root]);
        while (waiting.TryDequeue(out var identity) && users.Count < MostUsers)
        {
            foreach (var user in (await IdentityAsync(identity))?.Users ?? [])
            {
                if (users.Contains(user) || await RootOfUserAsync(user) != root) continue;
                users.Add(user);
                foreach (var other in await IdentitiesOfAsync(user) ?? [])
                    if (!identities.Contains(other) && await RootOfIdentityAsync(other) == root && identities.Add(other)) waiting.Enqueue(other);
            }
        }

        return new Person(root, [.. users], [.. identities], IsComplete: users.Count < MostUsers);
    }

    private async Task<string> RootOfUserAsync(string user)
    {
        foreach (var identity in await IdentitiesOfAsync(user) ?? [])
            if (await IdentityAsync(identity) is { IsShared: false }) return await RootOfIdentityAsync(identity);
        return user;
    }

    private async Task<string> RootOfIdentityAsync(string identity)
    {
        for (var step = 0; step < Identifier.MaxCount; step++)
        {
            if ((await IdentityAsync(identity))?.BelongsTo is not { } above || await IdentityAsync(above) is not { IsShared: false }) break;
            identity = above;
        }

        return identity;
    }

    private async Task<Known?> IdentityAsync(string key)
    {
        if (_identities.TryGetValue(key, out var known)) return known;
        if (await grains.GetGrain<IIdentityGrain>(key).Find() is not { } found) return _identities[key] = null;
        using var row = JsonDocument.Parse(found.Utf8);
        return _identities[key] = new Known(
            row.RootElement.GetProperty("is_shared").GetBoolean(),
            row.RootElement.TryGetProperty("belongs_to", out var above) ? above.GetString() : null,
            Texts(row.RootElement.GetProperty("user_keys")));
    }

    // Null where there is no such user.
    private async Task<ImmutableArray<string>?> IdentitiesOfAsync(string user)
    {
        if (_users.TryGetValue(user, out var known)) return known;
        if (await grains.GetGrain<IUserGrain>(user).Find() is not { } found) return _users[user] = null;
        using var row = JsonDocument.Parse(found.Utf8);
        return _users[user] = Texts(row.RootElement.GetProperty("identities"));
    }

    private static ImmutableArray<string> Texts(JsonElement array) => [.. array.EnumerateArray().Select(text => text.GetString()!)];

    private sealed record Known(bool IsShared, string? BelongsTo, ImmutableArray<string> Users);
}

/// <summary>A person as far as is known now.</summary>
/// <param name="PersonId">The identity that stands for the person; of somebody without any, the user's key.</param>
/// <param name="UserKeys">The users that are this person: devices, cookies, logins.</param>
/// <param name="Identities">What the person is known by.</param>
/// <param name="IsComplete">Whether these are all; else there are more than 1,000 users, or the identity is shared and means nobody in particular.</param>
internal sealed record Person(string PersonId, ImmutableArray<string> UserKeys, ImmutableArray<string> Identities, bool IsComplete);
