using Snowplow.Kql.Data;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Loading;

/// <summary>Who was forgotten: which versions of rows, and events collected up to when, count no more. Used by one thread at a time.</summary>
internal sealed class ForgottenKeys
{
    private readonly Dictionary<string, long> _until = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Key), (long Generation, long Revision)> _versions = [];

    /// <summary>Whether there is nobody.</summary>
    public bool IsEmpty => _until.Count == 0;

    /// <summary>Those of the rows of the table <c>forgotten</c> that count.</summary>
    public static ForgottenKeys Of(StoredTable forgotten)
    {
        var people = new ForgottenKeys();
        var table = forgotten.Definition;
        int[] places = [table.PlaceOf("kind"), table.PlaceOf("key"), table.PlaceOf("forgotten_at"), table.Order.First, table.Order.Second];
        foreach (var segment in forgotten.Settled.Append(forgotten.Hot).Where(segment => segment.RowCount > 0))
        {
            for (var start = 0; start < segment.RowCount; start += Batch.Size)
            {
                var columns = places.Select(place => segment.Rows.Read(place, start, Math.Min(Batch.Size, segment.RowCount - start))).ToArray();
                for (var i = 0; i < columns[0].Length; i++)
                {
                    if (segment.Dead.Contains(start + i)) continue;
                    people.Add(new ForgottenRow(
                        (string)columns[0].Box(i)!, (string)columns[1].Box(i)!, ((DateTime?)columns[2].Box(i))?.Ticks ?? 0, ((long?)columns[3].Box(i) ?? 0, (long?)columns[4].Box(i) ?? 0)));
                }
            }
        }

        return people;
    }

    /// <summary>Adds a row of <c>forgotten</c>; whether it says anything new.</summary>
    public bool Add(ForgottenRow row)
    {
        var isNew = !_until.TryGetValue(row.Key, out var until) || row.UntilTicks > until;
        if (isNew) _until[row.Key] = row.UntilTicks;
        if (_versions.TryGetValue((row.Kind, row.Key), out var version) && row.Version.CompareTo(version) <= 0) return isNew;
        _versions[(row.Kind, row.Key)] = row.Version;
        return true;
    }

    /// <summary>Whether a row is of one of them, and of before.</summary>
    /// <param name="rule">The table's rule.</param>
    /// <param name="user">The user's key, empty where there is none.</param>
    /// <param name="session">The session's key.</param>
    /// <param name="version">The row's version, for rules of versions.</param>
    /// <param name="collectedTicks">When its event was collected, for rules of events.</param>
    public bool Include(ForgetRule rule, string user, string session, (long, long) version, long collectedTicks) => rule switch
    {
        ForgetRule.VersionsOfSession => IsBelow("session", session, version),
        ForgetRule.VersionsOfUser => IsBelow("user", user, version),
        ForgetRule.EventsOfHolder => IsBefore(user.Length > 0 ? user : session, collectedTicks),
        ForgetRule.EventsOfEither => IsBefore(user, collectedTicks) || IsBefore(session, collectedTicks),
        _ => false,
    };

    private bool IsBelow(string kind, string key, (long, long) version) => _versions.TryGetValue((kind, key), out var least) && version.CompareTo(least) < 0;

    private bool IsBefore(string key, long collectedTicks) => key.Length > 0 && _until.TryGetValue(key, out var until) && collectedTicks <= until;
}

/// <summary>A row of the table <c>forgotten</c>.</summary>
/// <param name="Kind"><c>user</c> or <c>session</c>.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="UntilTicks">Up to when what was collected is forgotten, in ticks of UTC.</param>
/// <param name="Version">From which version on rows count.</param>
internal readonly record struct ForgottenRow(string Kind, string Key, long UntilTicks, (long Generation, long Revision) Version);
