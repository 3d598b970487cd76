namespace Snowplow.Model.Rules.Reading;

/// <summary>Finds what a mistyped name was meant to be.</summary>
internal static class NearestName
{
    // Longer names are not typed by hand, and the distance takes the product of the lengths.
    private const int MaxLength = 100;

    /// <summary>The known name with the fewest changes of letters, or null where none is near: at most a third of the letters.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        if (name.Length > MaxLength) return null;
        var nearest = known.Select(other => (Name: other, Distance: Distance(name, other))).MinBy(pair => pair.Distance);
        return nearest.Name is not null && nearest.Distance * 3 <= Math.Max(name.Length, nearest.Name.Length) ? nearest.Name : null;
    }

    // Levenshtein's distance, without regard to case.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
