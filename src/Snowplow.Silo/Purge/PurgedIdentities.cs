using Snowplow.Silo.Forget;

namespace Snowplow.Silo.Purge;

/// <summary>
/// Which rows of <c>identities</c> and <c>identity_merges</c> are to go: all of an identity that was a forgotten person's alone, and older
/// ones of others that name such a person or identity. The newest row of an identity that is somebody's stays, as its state has it.
/// </summary>
internal sealed class PurgedIdentities(IReadOnlyList<PurgedPerson> people)
{
    private readonly Dictionary<string, ((long Generation, long Revision) Version, bool IsNobodys)> _newest = new(StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly HashSet<string> _related = new(StringComparer.Ordinal);

    /// <summary>The identities whose states may name a forgotten person or identity.</summary>
    public IEnumerable<string> Touched => _named.Concat(_related).Distinct(StringComparer.Ordinal);

    /// <summary>Learns from all rows of <c>identities</c>; before <see cref="LearnMerges"/>.</summary>
    public void Learn(ReadOnlySpan<byte> lines)
    {
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (lines[range].IsEmpty) continue;
            var row = RowKeys.Read(lines[range]);
            var identity = row.Identity!;
            if (!_newest.TryGetValue(identity, out var newest) || row.Version.CompareTo(newest.Version) > 0) _newest[identity] = (row.Version, row.Users == 0);
            if (NamesPerson(row)) _named.Add(identity);
        }
    }

    /// <summary>Learns from all rows of <c>identity_merges</c>.</summary>
    public void LearnMerges(ReadOnlySpan<byte> lines)
    {
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (lines[range].IsEmpty) continue;
            var row = RowKeys.Read(lines[range]);
            if (IsGone(row.BelongsTo) || IsGone(row.FormerBelongsTo)) _related.Add(row.Identity!);
        }
    }

    /// <summary>Whether an identity was a forgotten person's and now is nobody's.</summary>
    public bool IsGone(string? identity) => identity is not null && _named.Contains(identity) && _newest[identity].IsNobodys;

    /// <summary>Whether a row of <c>identities</c> is to go.</summary>
    public bool IsPurged(RowKeys row) =>
        IsGone(row.Identity) || ((NamesPerson(row) || IsGone(row.BelongsTo)) && row.Version.CompareTo(_newest[row.Identity!].Version) < 0);

    /// <summary>Whether a row of <c>identity_merges</c> is to go.</summary>
    public bool IsPurgedMerge(RowKeys row) => IsGone(row.Identity) || IsGone(row.BelongsTo) || IsGone(row.FormerBelongsTo);

    private bool NamesPerson(RowKeys row) => row.UserKeys.Any(user => people.Any(person => person.Has(user)));
}
