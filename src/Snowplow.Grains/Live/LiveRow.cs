namespace Snowplow.Grains.Live;

/// <summary>A row as a grain's memory has it, for those who ask: it may be ahead of files and tables.</summary>
/// <param name="Utf8">The JSON object of the row's table.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.LiveRow")]
public sealed record LiveRow([property: Id(0)] byte[] Utf8)
{
    /// <summary>The row, or null where there is none.</summary>
    public static LiveRow? Of(byte[]? utf8) => utf8 is null ? null : new LiveRow(utf8);
}
