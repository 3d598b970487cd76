using System.Text.Json;

namespace Snowplow.Model.Tests.History;

/// <summary>A table's rows by key, as a reader of the files keeps them.</summary>
internal sealed class TableRows(ModelTable table)
{
    private readonly Dictionary<string, JsonElement> _rows = [];

    /// <summary>The rows by their keys, whose columns are joined by a vertical bar.</summary>
    public IReadOnlyDictionary<string, JsonElement> Rows => _rows;

    /// <summary>Whether rows have versions; else they are of events.</summary>
    public bool IsVersioned => table.IsVersioned;

    /// <summary>Adds a row whose key must be new.</summary>
    public void Add(JsonElement row) => _rows.Add(KeyOf(row), row);

    /// <summary>
    /// Adds a row, or takes it in the place of the one it outdoes: by a greater version, or as an earlier copy of an event.
    /// </summary>
    public void Keep(JsonElement row)
    {
        var key = KeyOf(row);
        if (_rows.TryGetValue(key, out var kept) && !Outdoes(row, kept)) return;
        _rows[key] = row;
    }

    /// <summary>Leaves out rows.</summary>
    public void Remove(Func<JsonElement, bool> which)
    {
        foreach (var (key, row) in _rows)
            if (which(row)) _rows.Remove(key);
    }

    private bool Outdoes(JsonElement row, JsonElement kept)
    {
        if (!table.IsVersioned) return CopyOf(row).CompareTo(CopyOf(kept)) < 0;
        var (revision, keptRevision) = (row.GetProperty("revision").GetInt64(), kept.GetProperty("revision").GetInt64());
        if (revision == keptRevision) JsonElement.DeepEquals(row, kept).ShouldBeTrue($"Same version, same content: {row} and {kept}");
        return revision > keptRevision;
    }

    private string KeyOf(JsonElement row) =>
        string.Join('|', table.Key.Select(column => row.TryGetProperty(column, out var value) ? value.GetString() : null));

    private static (DateTimeOffset, DateTimeOffset) CopyOf(JsonElement row) =>
        (row.GetProperty("derived_tstamp").GetDateTimeOffset(), row.GetProperty("collector_tstamp").GetDateTimeOffset());
}
