using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Snowplow.Model;
using Snowplow.Storage.Blobs;

namespace Snowplow.Silo.Forget;

/// <summary>The erasures of a data folder: a file of JSON each, <c>erasures/{receipt}.json</c>, written whole or not at all.</summary>
/// <param name="dataFolder">The data folder.</param>
internal sealed class ErasureFolder(string dataFolder)
{
    /// <summary>The folder's name.</summary>
    public const string Name = "erasures";

    private readonly string _folder = Path.Combine(dataFolder, Name);

    /// <summary>How they are written.</summary>
    public static JsonTypeInfo<Erasure> Json { get; } =
        new ErasureJson(new JsonSerializerOptions(ErasureJson.Default.Options) { Encoder = ModelJson.Options.Encoder }).Erasure;

    /// <summary>All erasures, the oldest first.</summary>
    /// <exception cref="InvalidDataException">A file is none.</exception>
    public IReadOnlyList<Erasure> All() => Directory.Exists(_folder)
        ? [.. Directory.EnumerateFiles(_folder, "*.json").Select(Read).OrderBy(erasure => erasure.RequestedAt).ThenBy(erasure => erasure.Receipt)]
        : [];

    /// <summary>An erasure, or null where there is none of that receipt.</summary>
    public Erasure? Find(Guid receipt) => File.Exists(PathOf(receipt)) ? Read(PathOf(receipt)) : null;

    /// <summary>Keeps an erasure as it is now; it is durable afterwards.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Keep(Erasure erasure)
    {
        WholeFile.Write(PathOf(erasure.Receipt), file => JsonSerializer.Serialize(file, erasure, Json), ownerOnly: true);
    }

    private static Erasure Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Erasure>(File.ReadAllBytes(path), Json) ?? throw new InvalidDataException($"{path} holds no erasure.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    private string PathOf(Guid receipt) => Path.Combine(_folder, $"{receipt}.json");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Erasure))]
internal sealed partial class ErasureJson : JsonSerializerContext;
