namespace Snowplow.Kql.Tests.Properties;

/// <summary>Rows as a naive evaluator has them: one at a time, as objects.</summary>
/// <param name="Names">The columns.</param>
/// <param name="Rows">The rows.</param>
internal sealed record ReferenceRows(string[] Names, List<object?[]> Rows)
{
    public int this[string name] => Array.IndexOf(Names, name);

    public ReferenceRows Where(Func<object?[], bool> condition) => this with { Rows = [.. Rows.Where(condition)] };

    public ReferenceRows Extend(string name, Func<object?[], object?> value) => new([.. Names, name], [.. Rows.Select(row => (object?[])[.. row, value(row)])]);

    public ReferenceRows Sort(string name, bool isAscending)
    {
        var place = this[name];
        var compared = Comparer<object?>.Create((a, b) => a is null || b is null ? (a is null ? 0 : 1) - (b is null ? 0 : 1) : a is string text ? string.CompareOrdinal(text, (string)b) : Comparer<object>.Default.Compare(a, b));
        return this with { Rows = [.. isAscending ? Rows.OrderBy(row => row[place], compared) : Rows.OrderByDescending(row => row[place], compared)] };
    }

    /// <summary>Groups in the order of first appearance, and for each what the aggregates make of its rows.</summary>
    public ReferenceRows Group(string[] keys, params (string Name, Func<List<object?[]>, object?> Make)[] aggregates)
    {
        var groups = new List<(object?[] Key, List<object?[]> Rows)>();
        foreach (var row in Rows)
        {
            object?[] key = [.. keys.Select(name => row[this[name]])];
            var place = groups.FindIndex(group => group.Key.SequenceEqual(key));
            if (place < 0) groups.Add((key, [row]));
            else groups[place].Rows.Add(row);
        }

        if (keys.Length == 0 && groups.Count == 0) groups.Add(([], []));
        return new([.. keys, .. aggregates.Select(aggregate => aggregate.Name)], [.. groups.Select(group => (object?[])[.. group.Key, .. aggregates.Select(aggregate => aggregate.Make(group.Rows))])]);
    }

    public ReferenceRows Join(ReferenceRows right, string key, bool isOuter)
    {
        var (left, other) = (this[key], right[key]);
        var rows = new List<object?[]>();
        foreach (var row in Rows)
        {
            var partners = right.Rows.Where(partner => Equals(partner[other], row[left])).ToList();
            rows.AddRange(partners.Select(partner => (object?[])[.. row, .. partner]));
            if (partners.Count == 0 && isOuter) rows.Add([.. row, .. right.Names.Select(name => name is "s" or "w" ? (object?)"" : null)]);
        }

        return new([.. Names, .. right.Names.Select(name => name + "1")], rows);
    }
}
