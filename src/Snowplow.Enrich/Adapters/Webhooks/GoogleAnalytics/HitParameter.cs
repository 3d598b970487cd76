using System.Globalization;
using System.Text;

namespace Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics;

/// <summary>A parameter's name taken apart: <c>il1pi2cd3</c> to <c>il{}pi{}cd{}</c> and 1, 2, 3.</summary>
/// <param name="Pattern">The name with <c>{}</c> for each number.</param>
/// <param name="Indexes">The numbers; one that is out of any index's range is 0.</param>
internal sealed record HitParameter(string Pattern, IReadOnlyList<int> Indexes)
{
    /// <summary>Takes a name apart.</summary>
    public static HitParameter Parse(string name)
    {
        var pattern = new StringBuilder();
        var indexes = new List<int>();
        for (var at = 0; at < name.Length;)
        {
            var end = at;
            while (end < name.Length && char.IsAsciiDigit(name[end])) end++;
            if (end == at)
            {
                pattern.Append(name[at++]);
                continue;
            }

            pattern.Append("{}");
            indexes.Add(ushort.TryParse(name.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0);
            at = end;
        }

        return new HitParameter(pattern.ToString(), indexes);
    }

    /// <summary>Whether the indexes are as many and as large as a schema wants.</summary>
    public bool Fits(HitSchema schema) =>
        Indexes.Count == schema.Indexes.Length && Indexes.All(index => index >= 1 && index <= schema.MaxIndex);
}
