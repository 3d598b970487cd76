using Snowplow.Model.Identity;
using Snowplow.Silo.Forget;

namespace Snowplow.Silo.Purge;

/// <summary>
/// Which identities are to go: those that only forgotten people had. All of such a one goes, and of others the older rows that name such a
/// person or identity; the newest row of an identity that is somebody's stays, as its state has it.
/// </summary>
/// <remarks>Whom to look for is told by the states, which are purged last, so that a purge that was broken off finds the same again.</remarks>
internal sealed class PurgedIdentities(IReadOnlyList<PurgedPerson> people)
{
    private readonly Dictionary<string, (long Generation, long Revision)> _newest = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    /// <summary>The identities that rows have, and those that a purge which was broken off has found.</summary>
    public IEnumerable<string> Known => _newest.Keys.Concat(people.SelectMany(person => person.Erasure.Person!.Identities));

    /// <summary>The identities whose states name a forgotten person or identity.</summary>
    public IEnumerable<string> Touched => _touched;

    /// <summary>Learns from a state whether its identity was forgotten people's alone; from all, before <see cref="LearnRelated"/>.</summary>
    public void Learn(string identity, IdentityState state)
    {
        // One that is shared knows nobody any more; it is a person's if the person was asked for by it.
        var isNamed = state.Knows(user => people.Any(person => person.Has(user)));
        if (state.IsShared ? people.Any(person => person.IsAskedFor(IdentityKey.ValueOf(identity))) : isNamed && state.IsNobodys) _gone.Add(identity);
        if (isNamed || _gone.Contains(identity)) _touched.Add(identity);
    }

    /// <summary>Learns from all states, once more, which of them name an identity that goes.</summary>
    public void LearnRelated(string identity, IdentityState state)
    {
        if (state.Names(IsGone)) _touched.Add(identity);
    }

    /// <summary>Learns from all rows of <c>identities</c> which are the newest.</summary>
    public void Learn(ReadOnlySpan<byte> lines)
    {
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (lines[range].IsEmpty) continue;
            var row = RowKeys.Read(lines[range]);
            if (!_newest.TryGetValue(row.Identity!, out var newest) || row.Version.CompareTo(newest) > 0) _newest[row.Identity!] = row.Version;
        }
    }

    /// <summary>Whether an identity was forgotten people's alone.</summary>
    public bool IsGone(string? identity) => identity is not null && _gone.Contains(identity);

    /// <summary>Whether a row of <c>identities</c> is to go.</summary>
    public bool IsPurged(RowKeys row) =>
        IsGone(row.Identity) || ((NamesPerson(row) || IsGone(row.BelongsTo)) && row.Version.CompareTo(_newest[row.Identity!]) < 0);

    /// <summary>Whether a row of <c>identity_merges</c> is to go.</summary>
    public bool IsPurgedMerge(RowKeys row) => IsGone(row.Identity) || IsGone(row.BelongsTo) || IsGone(row.FormerBelongsTo);

    private bool NamesPerson(RowKeys row) => row.UserKeys.Any(user => people.Any(person => person.Has(user)));
}
