using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Serialization;
using Snowplow.Model.Events;
using Snowplow.Model.Rules;
using Snowplow.Model.Rules.Fields;
using Snowplow.Model.Sessions;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Identity;

/// <summary>
/// The identities that a user was seen with: of each identifier the 16 seen last by event time, of equal times the first in
/// ordinal order. Depends on the set of events alone; only the first sight of one that was left out and came back is inexact.
/// </summary>
internal sealed class UserIdentities
{
    internal const int Capacity = 16;

    // All of one who is forgotten, and as many of before.
    private const int MaxFormer = 2 * Identifier.MaxCount * Capacity;

    [JsonPropertyName("s")]
    public List<SeenIdentity> Seen { get; set; } = [];

    /// <summary>Whether none was left out.</summary>
    [JsonPropertyName("x")]
    public bool IsExact { get; set; } = true;

    /// <summary>The identities that were seen when the state was last written.</summary>
    [JsonPropertyName("w")]
    public List<string> Written { get; set; } = [];

    /// <summary>Those of earlier writes that are not seen any more: they have to be told. The 256 that went last.</summary>
    [JsonPropertyName("o")]
    public List<string> Former { get; set; } = [];

    /// <summary>The version of the rules by which the identities were told last, or are to be.</summary>
    [JsonPropertyName("v")]
    public int RulesVersion { get; set; }

    /// <summary>Of what the identities are told.</summary>
    [JsonInclude, JsonPropertyName("k")]
    public RowMark Mark;

    /// <summary>Takes an event; null is a user who was never seen with any.</summary>
    public static UserIdentities? Fold(UserIdentities? known, in EventFacts e, ModelRules rules, string partition, long upTo)
    {
        foreach (var identifier in rules.Identifiers)
        {
            var value = identifier.Field.Read(new RuleEvent(e.Line));
            if (value.IsMissing || value.Utf8.IsEmpty) continue;
            known ??= new UserIdentities { RulesVersion = rules.Version };
            if (known.See(identifier, value.Utf8, e.Order.DerivedMs)) known.Mark.Change(partition, upTo);
        }

        if (known is null || known.RulesVersion == rules.Version) return known;
        // By other rules other identities may hold: the next event, whichever it is, has all of it told.
        known.RulesVersion = rules.Version;
        known.Mark.Change(partition, upTo);
        return known;
    }

    /// <summary>Nothing, but for what has to be told.</summary>
    public static UserIdentities? Forget(UserIdentities? known, string partition, long upTo)
    {
        if (known is null) return null;
        var nothing = new UserIdentities { Written = known.Written, Former = known.Former, Mark = known.Mark, RulesVersion = known.RulesVersion };
        nothing.Mark.Change(partition, upTo);
        return nothing;
    }

    /// <summary>The identities that hold, by the order of the rules, then by key. Of a unique identifier that is the last one.</summary>
    public ImmutableArray<SeenIdentity> Held(ModelRules rules)
    {
        var held = ImmutableArray.CreateBuilder<SeenIdentity>();
        foreach (var identifier in rules.Identifiers)
        {
            var from = held.Count;
            foreach (var seen in Seen)
            {
                if (!IsOf(seen, identifier)) continue;
                if (!identifier.IsUnique || held.Count == from) held.Add(seen);
                else if (IsLater(seen, held[from])) held[from] = seen;
            }

            held.Sort(from, held.Count - from, Comparer<SeenIdentity>.Create(static (a, b) => string.CompareOrdinal(a.Key, b.Key)));
        }

        return held.DrainToImmutable();
    }

    /// <summary>Before a write: gives what has changed its version, and notes who has to be told that it is no more.</summary>
    public void Arrange(long revision, Positions positions)
    {
        if (!Mark.IsChanged)
        {
            if (Mark.Settle(positions)) Former.Clear();
            return;
        }

        List<string> seen = [.. Seen.Select(identity => identity.Key)];
        foreach (var before in Written)
        {
            if (seen.Contains(before) || Former.Contains(before)) continue;
            if (Former.Count == MaxFormer) Former.RemoveAt(0);
            Former.Add(before);
        }

        Former.RemoveAll(seen.Contains);
        Written = seen;
        Mark.Stamp(revision);
    }

    /// <summary>What the identities are told.</summary>
    public UserIdentitySummary Tell(string userKey, ModelRules rules)
    {
        var held = Held(rules);
        return new UserIdentitySummary
        {
            UserKey = userKey,
            Revision = Mark.Revision,
            Held = held,
            Others = [.. Seen.Where(seen => !held.Contains(seen)).Select(seen => seen.Key)],
            Former = [.. Former],
        };
    }

    // Says whether that changes what the identities are told.
    private bool See(Identifier identifier, ReadOnlySpan<byte> value, long timeMs)
    {
        for (var i = 0; i < Seen.Count; i++)
            if (IsOf(Seen[i], identifier) && HasValue(Seen[i], identifier, value)) return Extend(i, identifier, timeMs);

        var text = Utf8Text.Cut(Encoding.UTF8.GetString(value), IdentityKey.MaxValueLength);
        var key = IdentityKey.Of(identifier.Name, text);
        var known = Seen.FindIndex(seen => seen.Key == key);
        if (known >= 0) return Extend(known, identifier, timeMs);

        var fresh = new SeenIdentity(key, timeMs, timeMs);
        Seen.Add(fresh);
        var all = Seen.FindAll(seen => IsOf(seen, identifier));
        if (all.Count <= Capacity) return true;
        IsExact = false;
        var oldest = all.Aggregate((a, b) => IsLater(a, b) ? b : a);
        Seen.Remove(oldest);
        return oldest != fresh;
    }

    private bool Extend(int at, Identifier identifier, long timeMs)
    {
        var before = Seen[at];
        var after = before with { FirstMs = Math.Min(before.FirstMs, timeMs), LastMs = Math.Max(before.LastMs, timeMs) };
        if (after == before) return false;
        var wasLast = identifier.IsUnique && IsLast(before, identifier);
        Seen[at] = after;
        return after.FirstMs != before.FirstMs || (identifier.IsUnique && !wasLast && IsLast(after, identifier));
    }

    private bool IsLast(SeenIdentity identity, Identifier identifier) =>
        Seen.TrueForAll(seen => !IsOf(seen, identifier) || seen.Key == identity.Key || IsLater(identity, seen));

    private static bool IsLater(SeenIdentity a, SeenIdentity b) =>
        a.LastMs != b.LastMs ? a.LastMs > b.LastMs : string.CompareOrdinal(a.Key, b.Key) < 0;

    private static bool IsOf(SeenIdentity seen, Identifier identifier) =>
        seen.Key.Length > identifier.Name.Length && seen.Key[identifier.Name.Length] == ':' && seen.Key.StartsWith(identifier.Name, StringComparison.Ordinal);

    private static bool HasValue(SeenIdentity seen, Identifier identifier, ReadOnlySpan<byte> value)
    {
        var text = seen.Key.AsSpan(identifier.Name.Length + 1);
        return text.Length == value.Length && Ascii.Equals(value, text);
    }
}
