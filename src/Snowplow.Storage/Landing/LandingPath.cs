using System.Collections.Immutable;
using System.Globalization;

namespace Snowplow.Storage.Landing;

/// <summary>
/// The name of a file of landed data:
/// <c>{area}/yyyy-MM-dd/HH/{stream}-{p:D3}-{first:D20}[-attempt].{tsv|jsonl}.gz</c>. It follows from the raw record at the
/// first position and never from the clock, so whoever lands a position gives it the same name.
/// </summary>
/// <param name="Area">Where the file belongs: one of the constants here.</param>
/// <param name="Hour">The collector hour, UTC, of the raw record at the first position.</param>
/// <param name="Partition">The partition.</param>
/// <param name="First">The first position in the file.</param>
/// <param name="Attempt">0 (not written) or a number that tells files of the same first position apart.</param>
public readonly record struct LandingPath(string Area, DateTimeOffset Hour, PartitionName Partition, long First, long Attempt = 0)
{
    /// <summary>Enriched events, lines of TSV.</summary>
    public const string Enriched = "enriched";

    /// <summary>Bad rows, lines of JSON.</summary>
    public const string Bad = "bad";

    /// <summary>Failed events: what was valid of events that became bad rows. Lines of enriched TSV.</summary>
    public const string Failed = "failed";

    /// <summary>Rows of sessions, lines of JSON.</summary>
    public const string Sessions = "sessions";

    /// <summary>Rows of users, lines of JSON.</summary>
    public const string Users = "users";

    /// <summary>Rows of views, lines of JSON.</summary>
    public const string Views = "views";

    /// <summary>Rows of the user mapping, lines of JSON.</summary>
    public const string UserMapping = "user_mapping";

    /// <summary>Rows of users' consent, lines of JSON.</summary>
    public const string ConsentUsers = "consent_users";

    /// <summary>Rows of identities, lines of JSON.</summary>
    public const string Identities = "identities";

    /// <summary>Rows of identities that came to belong to another, lines of JSON.</summary>
    public const string IdentityMerges = "identity_merges";

    /// <summary>Rows that say what was forgotten, lines of JSON.</summary>
    public const string Forgotten = "forgotten";

    /// <summary>Rows of consent events, lines of JSON.</summary>
    public const string ConsentLog = "consent_log";

    /// <summary>Rows of conversions, lines of JSON.</summary>
    public const string Conversions = "conversions";

    /// <summary>Rows of web vitals, lines of JSON.</summary>
    public const string WebVitals = "web_vitals";

    /// <summary>Rows of application errors, lines of JSON.</summary>
    public const string AppErrors = "app_errors";

    private const string HourFormat = "yyyy-MM-dd/HH";

    /// <summary>The areas of rows: the tables of the models.</summary>
    public static readonly ImmutableArray<string> Tables =
        [Sessions, Views, Users, UserMapping, ConsentUsers, Identities, IdentityMerges, Forgotten, ConsentLog, Conversions, WebVitals, AppErrors];

    /// <summary>The start of an hour.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcDateTime.Date.AddHours(time.UtcDateTime.Hour), TimeSpan.Zero);

    /// <summary>What the names of a partition's files in one area and hour begin with.</summary>
    public static string Prefix(string area, DateTimeOffset hour, PartitionName partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{area}/{hour.UtcDateTime:yyyy-MM-dd/HH}/{partition}-");

    /// <summary>The file's name.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix(Area, Hour, Partition)}{First:D20}{(Attempt == 0 ? "" : "-")}{(Attempt == 0 ? "" : Attempt)}.{Extension(Area)}");

    /// <summary>Reads a name back. Names that <see cref="ToString"/> would write otherwise are refused.</summary>
    public static bool TryParse(string name, out LandingPath path)
    {
        path = default;
        var parts = name.Split('/');
        if (parts.Length != 4 || !(parts[0] is Enriched or Bad or Failed || Tables.Contains(parts[0]))) return false;
        if (!DateTimeOffset.TryParseExact(
                $"{parts[1]}/{parts[2]}", HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var hour)) return false;

        var dot = parts[3].IndexOf('.', StringComparison.Ordinal);
        var fields = dot < 0 ? [] : parts[3][..dot].Split('-');
        if (fields.Length is not (3 or 4)
            || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var first)) return false;
        var attempt = 0L;
        if (fields.Length == 4 && !long.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out attempt)) return false;

        var parsed = new LandingPath(parts[0], hour, new PartitionName(fields[0], number), first, attempt);
        if (!parsed.Partition.IsValid || parsed.ToString() != name) return false;
        path = parsed;
        return true;
    }

    private static string Extension(string area) => area is Enriched or Failed ? "tsv.gz" : "jsonl.gz";
}
