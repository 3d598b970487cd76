using System.Text.Json.Serialization;

namespace Snowplow.Model.Conversions;

/// <summary>
/// The conversions of one name in a session. The last 64 by order are kept one by one; earlier ones only in sums, from which
/// a copy that turns out to belong elsewhere is no more taken back.
/// </summary>
internal sealed class ConversionTally
{
    internal const int Capacity = 64;

    /// <summary>By order.</summary>
    [JsonPropertyName("l")]
    public List<Conversion> Kept { get; set; } = [];

    [JsonPropertyName("n")]
    public long EarlierVolume { get; set; }

    [JsonPropertyName("t")]
    public decimal EarlierTotal { get; set; }

    [JsonPropertyName("s")]
    public long? EarlierFirstMs { get; set; }

    [JsonIgnore]
    public bool IsExact => EarlierVolume == 0;

    [JsonIgnore]
    public long Volume => EarlierVolume + Kept.Count;

    [JsonIgnore]
    public decimal Total => EarlierTotal + Kept.Sum(conversion => conversion.Value ?? 0);

    /// <summary>The first one's derived_tstamp in milliseconds since 1970; null where there is none.</summary>
    [JsonIgnore]
    public long? FirstMs => EarlierFirstMs ?? (Kept is [var first, ..] ? first.Order.DerivedMs : null);

    public void Add(Conversion conversion)
    {
        var at = Kept.FindIndex(kept => conversion.Order.CompareTo(kept.Order) < 0);
        Kept.Insert(at < 0 ? Kept.Count : at, conversion);
        while (Kept.Count > Capacity)
        {
            EarlierVolume++;
            EarlierTotal += Kept[0].Value ?? 0;
            EarlierFirstMs = Math.Min(EarlierFirstMs ?? long.MaxValue, Kept[0].Order.DerivedMs);
            Kept.RemoveAt(0);
        }
    }

    public void Remove(ulong identity) => Kept.RemoveAll(conversion => conversion.Identity == identity);

    public void Merge(ConversionTally other)
    {
        EarlierVolume += other.EarlierVolume;
        EarlierTotal += other.EarlierTotal;
        if (other.EarlierFirstMs is { } first) EarlierFirstMs = Math.Min(EarlierFirstMs ?? long.MaxValue, first);
        foreach (var conversion in other.Kept) Add(conversion);
    }
}
