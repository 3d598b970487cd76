using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Snowplow.Model.Forgetting;

namespace Snowplow.Silo.Forget;

/// <summary>An erasure of a person: what was asked, how far it has come, and, until the files are purged, whom it is about.</summary>
internal sealed record Erasure
{
    /// <summary>The id by which to ask for it; says nothing of the person.</summary>
    public required Guid Receipt { get; init; }

    /// <summary>How far it has come.</summary>
    public ErasureState State { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>What was collected by then is forgotten; null before anything was found.</summary>
    public DateTimeOffset? ForgottenAt { get; init; }

    /// <summary>When the files were purged.</summary>
    public DateTimeOffset? PurgedAt { get; init; }

    /// <summary>
    /// The <c>model_generation</c> of the tables that have forgotten; where they are made anew since, they have to come as far again before
    /// the files, which say so, may be purged.
    /// </summary>
    public int ModelGeneration { get; init; }

    /// <summary>How many user keys were found.</summary>
    public int Users { get; init; }

    /// <summary>How many sessions of clients were found.</summary>
    public int Sessions { get; init; }

    /// <summary>Why it was refused, for people.</summary>
    public string? Reason { get; init; }

    /// <summary>Whom it is about; null once the files are purged, or where nothing is to be purged.</summary>
    public ErasurePerson? Person { get; init; }

    /// <summary>The file's bytes as they were read or kept last, by which it is noticed when somebody else has kept it since; empty before the first time.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Kept { get; init; }
}

/// <summary>Whom an erasure is about.</summary>
internal sealed record ErasurePerson
{
    /// <summary>The id as it was asked for.</summary>
    public required string Id { get; init; }

    /// <summary>The user keys.</summary>
    public ImmutableSortedSet<string> Users { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The keys of the clients' sessions that an event of these users is in.</summary>
    public ImmutableSortedSet<string> Sessions { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>
    /// Where each partition's raw records end that may have been collected before the person was forgotten; of other partitions, all may.
    /// </summary>
    public ImmutableDictionary<string, long> Ends { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>The keys of the profiles that have events of the person alone, as their grains have them.</summary>
    public ImmutableSortedSet<string> Profiles { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The keys of identities that a purge has found to name the person, before it took anything away.</summary>
    public ImmutableSortedSet<string> Identities { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The keys of users and sessions.</summary>
    [JsonIgnore]
    public IEnumerable<string> Grains => Users.Concat(Sessions);

    /// <summary>All keys, as the event that forgets names them.</summary>
    [JsonIgnore]
    public IEnumerable<string> Keys => Grains.Concat(Profiles.Select(ForgetKey.OfProfile));
}

/// <summary>How far an erasure has come.</summary>
internal enum ErasureState
{
    /// <summary>It is durable and will be done.</summary>
    [JsonStringEnumMemberName("accepted")]
    Accepted,

    /// <summary>States and tables have nothing of the person any more; files wait for <c>snowplow purge</c>.</summary>
    [JsonStringEnumMemberName("forgotten")]
    Forgotten,

    /// <summary>The files have nothing of the person any more.</summary>
    [JsonStringEnumMemberName("purged")]
    Purged,

    /// <summary>Nothing of such a person was found.</summary>
    [JsonStringEnumMemberName("not_found")]
    NotFound,

    /// <summary>It is not done; the reason says why.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,
}
