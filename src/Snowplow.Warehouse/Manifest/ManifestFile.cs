using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Kql.Data;
using Snowplow.Storage.Blobs;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Manifest;

/// <summary>
/// Everything that the store holds, as one small file that is swapped whole: after a crash at any moment, what the last one names is what
/// there is, and files that it does not name are of nothing.
/// </summary>
internal sealed record ManifestFile
{
    /// <summary>The layout that this version writes.</summary>
    public const int CurrentLayout = 1;

    /// <summary>What the file is called.</summary>
    public const string Name = "manifest.json";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        WriteIndented = true,
    };

    /// <summary>The layout.</summary>
    public required int Layout { get; init; }

    /// <summary>The number that the next new file gets.</summary>
    public required long NextFile { get; init; }

    /// <summary>What whoever changes tables of users knows their state by; null where nobody said.</summary>
    public string? Mark { get; init; }

    /// <summary>Up to where the files of each partition have been loaded: by its name, then by table.</summary>
    public Dictionary<string, Dictionary<string, long>> Partitions { get; init; } = [];

    /// <summary>The tables by name.</summary>
    public Dictionary<string, TableManifest> Tables { get; init; } = [];

    /// <summary>The manifest of a folder; null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="NewerWarehouseException">It is of a newer version.</exception>
    public static ManifestFile? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path)) return null;
        try
        {
            using var file = File.OpenRead(path);
            var manifest = JsonSerializer.Deserialize<ManifestFile>(file, Options) ?? throw new JsonException("it is null");
            if (manifest.Layout > CurrentLayout) throw new NewerWarehouseException($"The warehouse in '{folder}' has layout {manifest.Layout}, of a newer version of this software, which knows layouts up to {CurrentLayout}.");
            return manifest;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The warehouse's file '{path}' is damaged: {exception.Message} 'snowplow rebuild' makes it anew.", exception);
        }
    }

    /// <summary>Puts it in the place of the folder's manifest; it is durable afterwards.</summary>
    /// <exception cref="IOException">It cannot be written; the former one is as it was.</exception>
    public void Write(string folder) => WholeFile.Write(Path.Combine(folder, Name), stream => JsonSerializer.Serialize(stream, this, Options));
}

/// <summary>A table in the manifest.</summary>
/// <param name="Columns">Names and types of its columns, as <c>name:type</c>.</param>
/// <param name="Extents">Its extents, in order.</param>
/// <param name="IsOwn">Whether a user made it, so that it cannot be made anew from the files that landed.</param>
internal sealed record TableManifest(IReadOnlyList<string> Columns, IReadOnlyList<ExtentManifest> Extents, bool IsOwn = false)
{
    /// <summary>How the columns of a table stand in a manifest.</summary>
    public static IReadOnlyList<string> ColumnsOf(WarehouseTable table) => [.. table.Columns.Select(column => $"{column.Name}:{column.Type.Name()}")];

    /// <summary>The columns.</summary>
    /// <exception cref="InvalidDataException">A type is not known.</exception>
    public ImmutableArray<(string Name, KqlType Type)> ReadColumns() => [.. Columns.Select(column =>
    {
        // Names may hold colons, types do not.
        var colon = column.LastIndexOf(':');
        return colon > 0 && KqlTypes.TryParse(column[(colon + 1)..], out var type) ? (column[..colon], type) : throw new InvalidDataException($"'{column}' in the warehouse's manifest is no column.");
    })];
}

/// <summary>An extent in the manifest.</summary>
/// <param name="File">The number of its files.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Marks">The number of the file of its dead and hidden rows; 0 where there are none.</param>
internal sealed record ExtentManifest(long File, int Rows, long Marks = 0);

/// <summary>A warehouse that a newer version of this software has written.</summary>
internal sealed class NewerWarehouseException(string message) : IOException(message);
