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

    /// <summary>Adds others.</summary>
    public void Add(ReplayCounts others)
    {
        Good += others.Good;
        foreach (var (type, count) in others._bad) _bad[type] = _bad.GetValueOrDefault(type) + count;
    }

    /// <summary>Counts lines of bad rows.</summary>
    public void AddBadLines(ReadOnlySpan<byte> lines)
    {
        while (lines.IndexOf((byte)'\n') is var end and >= 0)
        {
            AddBad(TypeOf(lines[..end]));
            lines = lines[(end + 1)..];
        }
    }

    // Rows that stay as they are may come from elsewhere, with their members in any order.
    private static string TypeOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isSchema = reader.ValueTextEquals("schema");
            reader.Read();
            if (isSchema) return reader.GetString()!.Split('/')[1];
            reader.Skip();
        }

        throw new InvalidDataException("A bad row without a schema was written.");
    }
}
