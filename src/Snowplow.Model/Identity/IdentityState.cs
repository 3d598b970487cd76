using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Snowplow.Model.Rows;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Identity;

/// <summary>
/// The state of an identity grain: which users have the identity, and which identity above it they have. Made of what users
/// told last, so it depends on them alone, not on the order in which they did. At most as many users as the rules allow.
/// </summary>
/// <remarks>
/// Use: set <see cref="Key"/> and <see cref="Use"/> on activation. At a checkpoint <see cref="Take"/>; if <see cref="HasChanges"/>:
/// <see cref="BeforeWrite"/>, write the state, <see cref="AfterWrite"/>; then <see cref="Rows"/>. Not thread-safe.
/// </remarks>
public sealed class IdentityState
{
    private const int MaxGone = 64;
    private const int MaxMerges = 16;

    /// <summary>The grain's key; see <see cref="IdentityKey"/>. Not part of the written state.</summary>
    [JsonIgnore]
    public string Key { get; set; } = "";

    [JsonInclude, JsonPropertyName("r")]
    internal StateRevision Writes;

    /// <summary>The version of the rules by which the state goes on.</summary>
    [JsonInclude, JsonPropertyName("v")]
    public int RulesVersion { get; internal set; }

    /// <summary>By key. Those who are gone are among them.</summary>
    [JsonInclude, JsonPropertyName("u")]
    internal List<IdentityUser> Users { get; set; } = [];

    /// <summary>Whether there once were more users, holding it or not, than the rules allow: nobody in particular is meant by the identity, and it lists none.</summary>
    [JsonInclude, JsonPropertyName("s")]
    public bool IsShared { get; internal set; }

    /// <summary>By time of their writes; the last 16 with different identities.</summary>
    [JsonInclude, JsonPropertyName("m")]
    internal List<IdentityMerge> Merges { get; set; } = [];

    /// <summary>What the identity belonged to at the last write.</summary>
    [JsonInclude, JsonPropertyName("b")]
    internal string? WrittenInto { get; set; }

    /// <summary>What the rows have as model_generation.</summary>
    [JsonIgnore]
    internal int Generation { get; private set; } = ModelRules.Default.Generation;

    /// <summary>Whether memory is ahead of the written state.</summary>
    [JsonIgnore]
    public bool HasChanges => Writes.HasChanges;

    // Whether a user ever told anything.
    private bool IsKnown => Users.Count > 0 || IsShared;

    [JsonIgnore]
    internal IEnumerable<IdentityUser> Holders => Users.Where(user => user.Holds);

    /// <summary>The number of writes begun so far.</summary>
    [JsonIgnore]
    public long Revision => Writes.Number;

    /// <summary>Whether nobody has or was seen with the identity any more.</summary>
    [JsonIgnore]
    public bool IsNobodys => !IsShared && Users.TrueForAll(user => user.IsGone);

    /// <summary>Whether the state knows such a user, also one who has gone.</summary>
    public bool Knows(Func<string, bool> isUser) => Users.Exists(user => isUser(user.Key));

    /// <summary>Whether the state names such another identity.</summary>
    public bool Names(Func<string, bool> isIdentity) =>
        Merges.Exists(merge => isIdentity(merge.Into) || (merge.Before is { } before && isIdentity(before)));

    /// <summary>Leaves out what the state still knows of users that have gone and of identities that are no more; no row shows it.</summary>
    public void LeaveOut(Func<string, bool> isForgottenUser, Func<string, bool> isGone)
    {
        Users.RemoveAll(user => !user.Holds && isForgottenUser(user.Key));
        Merges.RemoveAll(merge => isGone(merge.Into) || (merge.Before is { } before && isGone(before)));
    }

    /// <summary>Goes on by these rules; where they are others than before, the row gets a version of its own.</summary>
    /// <param name="rules">The rules of all later calls.</param>
    public void Use(ModelRules rules)
    {
        Generation = rules.Generation;
        Writes.BeginAt(rules.FirstRevision);
        if (RulesVersion == rules.Version) return;
        RulesVersion = rules.Version;
        if (IsKnown) Writes.MarkChanged();
    }

    /// <summary>Takes what users tell: the newest of each stays.</summary>
    /// <exception cref="ArgumentException"><see cref="Key"/> is not set.</exception>
    public void Take(ImmutableArray<UserIdentitySummary> users, ModelRules rules)
    {
        ArgumentException.ThrowIfNullOrEmpty(Key);
        if (IsShared) return;
        var max = rules.Identifiers.FirstOrDefault(identifier => identifier.Name == IdentityKey.IdentifierOf(Key))?.MaxUsers ?? int.MaxValue;
        foreach (var user in users)
        {
            var at = Users.FindIndex(known => string.CompareOrdinal(known.Key, user.UserKey) >= 0);
            var isKnown = at >= 0 && Users[at].Key == user.UserKey;
            if (isKnown && Users[at].Revision >= user.Revision) continue;
            if (isKnown) Users.RemoveAt(at);
            Users.Insert(at < 0 ? Users.Count : at, Read(user));
            Writes.MarkChanged();
        }

        if (Users.Count(user => !user.IsGone) > max) Share();
        while (Users.Count(user => user.IsGone) > MaxGone) Users.Remove(Users.Where(user => user.IsGone).MinBy(user => user.Revision)!);
    }

    /// <summary>Prepares a write: raises the revision, and notes where the identity has come to belong to another.</summary>
    public void BeforeWrite(ModelRules rules)
    {
        Writes.BeforeWrite();
        var (into, atMs) = BelongsTo(rules);
        if (into is not null) Note(into, atMs);
        WrittenInto = into;
    }

    /// <summary>Says that the write begun last is done.</summary>
    public void AfterWrite() => Writes.AfterWrite();

    /// <summary>The identity's row, and those of the merges that it knows. None where no user ever told anything.</summary>
    /// <param name="rules">The same rules in every call.</param>
    /// <exception cref="InvalidOperationException">There are changes that have not been written.</exception>
    public IdentityStateRows Rows(ModelRules rules)
    {
        Writes.ThrowIfChanged();
        if (!IsKnown) return new IdentityStateRows([], []);
        var lines = new RowLines();
        lines.Write(this, rules);
        var identity = lines.Take();
        foreach (var merge in Merges) lines.Write(merge, this);
        return new IdentityStateRows(identity, lines.Take());
    }

    /// <summary>The row as memory has it (UTF-8 JSON), or null where no user ever told anything.</summary>
    /// <param name="rules">The same rules in every call.</param>
    public byte[]? Current(ModelRules rules)
    {
        if (!IsKnown) return null;
        var lines = new RowLines();
        lines.Write(this, rules);
        return lines.Take()[..^1];
    }

    /// <summary>
    /// The identity that this one belongs to: of those that its users trust most, the first by the order of the rules, then the one
    /// that a user was first seen with, then the first in ordinal order. Null where the identity stands for a person itself.
    /// </summary>
    internal (string? Into, long AtMs) BelongsTo(ModelRules rules)
    {
        IdentityUser? best = null;
        foreach (var user in Holders)
        {
            if (user.Above is not null && (best is null || Rank(user, rules).CompareTo(Rank(best, rules)) is var order && (order < 0 || (order == 0 && string.CompareOrdinal(user.Above, best.Above) < 0))))
                best = user;
        }

        return (best?.Above, best?.AboveMs ?? 0);
    }

    private void Note(string into, long atMs)
    {
        var known = Merges.Find(merge => merge.Into == into);
        if (into == WrittenInto && known?.AtMs == atMs) return;
        if (known is not null) Merges.Remove(known);
        if (Merges.Count == MaxMerges) Merges.RemoveAt(0);
        var before = into == WrittenInto ? known?.Before : WrittenInto;
        Merges.Add(new IdentityMerge { Into = into, Before = before, AtMs = atMs, Revision = Writes.Number });
    }

    private static (int Place, long FirstMs) Rank(IdentityUser user, ModelRules rules)
    {
        var name = IdentityKey.IdentifierOf(user.Above!);
        for (var i = 0; i < rules.Identifiers.Length; i++)
            if (rules.Identifiers[i].Name == name) return (i, user.AboveMs);
        return (int.MaxValue, user.AboveMs);
    }

    private IdentityUser Read(UserIdentitySummary user)
    {
        var name = IdentityKey.IdentifierOf(Key);
        foreach (var seen in user.Held)
        {
            if (seen.Key != Key) continue;
            var most = user.Held[0];
            var isAbove = IdentityKey.IdentifierOf(most.Key) != name;
            return new IdentityUser
            {
                Key = user.UserKey, Revision = user.Revision, Holds = true, FirstMs = seen.FirstMs, Above = isAbove ? most.Key : null, AboveMs = isAbove ? most.FirstMs : 0,
            };
        }

        return new IdentityUser { Key = user.UserKey, Revision = user.Revision, IsGone = !user.Others.Contains(Key) };
    }

    private void Share()
    {
        IsShared = true;
        Users.Clear();
        Merges.Clear();
    }
}
