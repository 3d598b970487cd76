using System.Globalization;
using System.Text.Json.Nodes;

namespace Snowplow.EndToEnd.Tests.Enriched;

/// <summary>One line of an enriched file, split at its tabs and otherwise as it stands.</summary>
internal sealed class TsvEvent
{
    private readonly string[] _columns;

    /// <param name="line">A line without its line feed.</param>
    /// <exception cref="FormatException">The line has not 131 columns.</exception>
    public TsvEvent(string line)
    {
        _columns = line.Split('\t');
        if (_columns.Length != TsvColumns.Names.Count)
            throw new FormatException($"An enriched line has {_columns.Length} columns instead of {TsvColumns.Names.Count}: {line}");
    }

    /// <summary>The text of a column; empty where the event has no such value.</summary>
    public string this[string column] => _columns[TsvColumns.PositionOf(column)];

    /// <summary>The text of all columns, by position.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>The event's id.</summary>
    public string Id => this["event_id"];

    /// <summary>When the event happened: derived_tstamp.</summary>
    public DateTimeOffset Time => ParseTime(this["derived_tstamp"]);

    /// <summary>The data of each entity of a schema, such as <c>com.example/thing</c>, in the contexts column.</summary>
    public IEnumerable<JsonNode> Entities(string vendorAndName) =>
        from entity in this["contexts"] is { Length: > 0 } json ? JsonNode.Parse(json)!["data"]!.AsArray() : []
        where entity!["schema"]!.GetValue<string>().StartsWith($"iglu:{vendorAndName}/", StringComparison.Ordinal)
        select entity["data"]!;

    /// <summary>The data of the self-describing event if it is of a schema, such as <c>com.example/thing</c>; else null.</summary>
    public JsonNode? SelfDescribed(string vendorAndName)
    {
        var inner = this["unstruct_event"] is { Length: > 0 } json ? JsonNode.Parse(json)!["data"]! : null;
        return inner?["schema"]!.GetValue<string>().StartsWith($"iglu:{vendorAndName}/", StringComparison.Ordinal) == true ? inner["data"] : null;
    }

    /// <summary>Reads a timestamp column.</summary>
    public static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", TsvColumns.Names.Zip(_columns).Where(pair => pair.Second.Length > 0).Select(pair => $"{pair.First}={pair.Second}"));
}
