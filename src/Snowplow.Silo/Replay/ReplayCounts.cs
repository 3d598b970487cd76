using System.Text.Json;

namespace Snowplow.Silo.Replay;

/// <summary>How many events were good, and bad by type.</summary>
internal sealed class ReplayCounts
{
    private readonly SortedDictionary<string, long> _bad = new(StringComparer.Ordinal);

    /// <summary>Good events.</summary>
    public long Good { get; set; }

    /// <summary>Bad rows by the names of their schemas.</summary>
    public IReadOnlyDictionary<string, long> Bad => _bad;

    /// <summary>Counts one bad row.</summary>
    public void AddBad(string type) => _bad[type] = _bad.GetValueOrDefault(type) + 1;

    /// <summary>Counts lines of bad rows.</summary>
    public void AddBadLines(ReadOnlySpan<byte> lines)
    {
        while (lines.IndexOf((byte)'\n') is var end and >= 0)
        {
            AddBad(TypeOf(lines[..end]));
            lines = lines[(end + 1)..];
        }
    }

    // Bad rows of ours begin with their schema.
    private static string TypeOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        reader.Read();
        reader.Read();
        return reader.GetString()!.Split('/')[1];
    }
}
