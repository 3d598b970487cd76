using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Enriched;

namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>The data folder of a <see cref="SnowplowProcess"/>, read from outside. Disposing deletes it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly Dictionary<string, (long Length, IReadOnlyList<string> Lines)> _read = [];

    /// <summary>A new folder under the system's one for temporary files. The product creates it.</summary>
    public DataFolder()
        : this(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"snowplow-e2e-{Guid.NewGuid():N}"))
    {
    }

    /// <param name="path">The folder's full path.</param>
    public DataFolder(string path) => Path = path;

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>All enriched events that can be read by now.</summary>
    public IReadOnlyList<TsvEvent> EnrichedEvents() => [.. Lines("enriched").Select(line => new TsvEvent(line))];

    /// <summary>All bad rows that can be read by now.</summary>
    public IReadOnlyList<JsonNode> BadRows() => [.. Lines("bad").Select(line => JsonNode.Parse(line)!)];

    /// <summary>All failed events that can be read by now.</summary>
    public IReadOnlyList<TsvEvent> FailedEvents() => [.. Lines("failed").Select(line => new TsvEvent(line))];

    /// <summary>All session rows that can be read by now, in every version.</summary>
    public IReadOnlyList<JsonNode> SessionRows() => Rows("sessions");

    /// <summary>All user rows that can be read by now, in every version.</summary>
    public IReadOnlyList<JsonNode> UserRows() => Rows("users");

    /// <summary>All rows of a table that can be read by now, in every version.</summary>
    public IReadOnlyList<JsonNode> Rows(string table) => [.. Lines(table).Select(line => JsonNode.Parse(line)!)];

    /// <summary>The bad rows for a message, shortened.</summary>
    public string DescribeBadRows()
    {
        var rows = BadRows();
        return rows.Count == 0
            ? "There are no bad rows."
            : $"{rows.Count} bad rows, the last:\n" + string.Join('\n', rows.TakeLast(5).Select(Describe));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
    }

    private static string Describe(JsonNode row) =>
        $"{row["schema"]} {row["data"]?["failure"]?.ToJsonString(new JsonSerializerOptions { WriteIndented = false })}";

    private IEnumerable<string> Lines(string kind)
    {
        var folder = System.IO.Path.Combine(Path, kind);
        if (!Directory.Exists(folder)) return [];
        return new DirectoryInfo(folder).EnumerateFiles("*.gz", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal).SelectMany(Lines);
    }

    private IReadOnlyList<string> Lines(FileInfo file)
    {
        // A file that has not grown is not read again: tests poll.
        var length = file.Length;
        if (!_read.TryGetValue(file.FullName, out var known) || known.Length != length)
            _read[file.FullName] = known = (length, GzipLines.Read(file.FullName, length));
        return known.Lines;
    }
}
