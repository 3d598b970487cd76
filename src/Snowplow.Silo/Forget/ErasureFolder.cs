using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Snowplow.Model;
using Snowplow.Storage.Blobs;

namespace Snowplow.Silo.Forget;

/// <summary>
/// The erasures: a file of JSON each, <c>erasures/{receipt}.json</c>, written whole or not at all. Any server of a cluster may add one; of two
/// who would go on with one, the slower is told.
/// </summary>
/// <param name="blobs">Where they are, with all else that has landed.</param>
internal sealed class ErasureFolder(IBlobStore blobs)
{
    /// <summary>The folder's name.</summary>
    public const string Name = "erasures";

    private const string Ending = ".json";

    private readonly Channel<Guid> _accepted = Channel.CreateUnbounded<Guid>();

    /// <summary>How they are written.</summary>
    public static JsonTypeInfo<Erasure> Json { get; } =
        new ErasureJson(new JsonSerializerOptions(ErasureJson.Default.Options) { Encoder = ModelJson.Options.Encoder }).Erasure;

    /// <summary>All erasures, the oldest first.</summary>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="exceptFor">Receipts that are of no interest.</param>
    /// <exception cref="InvalidDataException">A file is none.</exception>
    public async Task<IReadOnlyList<Erasure>> AllAsync(CancellationToken stop, IReadOnlySet<Guid>? exceptFor = null)
    {
        var erasures = new List<Erasure>();
        await foreach (var entry in blobs.ListAsync(Name + "/", stop).ConfigureAwait(false))
        {
            if (!entry.Name.EndsWith(Ending, StringComparison.Ordinal)
                || !Guid.TryParse(entry.Name.AsSpan()[(Name.Length + 1)..^Ending.Length], out var receipt) || exceptFor?.Contains(receipt) == true) continue;
            if (await FindAsync(receipt, stop).ConfigureAwait(false) is { } erasure) erasures.Add(erasure);
        }

        return [.. erasures.OrderBy(erasure => erasure.RequestedAt).ThenBy(erasure => erasure.Receipt)];
    }

    /// <summary>An erasure, or null where there is none of that receipt.</summary>
    /// <exception cref="InvalidDataException">The file is none.</exception>
    public async Task<Erasure?> FindAsync(Guid receipt, CancellationToken stop)
    {
        var content = await blobs.ReadWholeAsync(NameOf(receipt), stop).ConfigureAwait(false);
        try
        {
            return content.Length == 0 ? null : JsonSerializer.Deserialize(content, Json)! with { Kept = content };
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"{NameOf(receipt)} cannot be read: {damaged.Message}", damaged);
        }
    }

    /// <summary>Keeps an erasure as it is now; it is durable afterwards.</summary>
    /// <returns>The erasure, with which to go on.</returns>
    /// <exception cref="IOException">It cannot be written, or somebody else has kept it meanwhile.</exception>
    public async Task<Erasure> KeepAsync(Erasure erasure, CancellationToken stop)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(erasure, Json);
        return await blobs.TryReplaceAsync(NameOf(erasure.Receipt), erasure.Kept, content, stop).ConfigureAwait(false)
            ? erasure with { Kept = content }
            : throw new IOException($"Somebody else goes on with the erasure {erasure.Receipt}.");
    }

    /// <summary>Accepts an erasure, which is durable afterwards.</summary>
    /// <exception cref="IOException">It cannot be kept, and will not be done.</exception>
    public async Task<Erasure> AcceptAsync(string id, DateTimeOffset now, CancellationToken stop)
    {
        var erasure = await KeepAsync(new Erasure { Receipt = Guid.NewGuid(), RequestedAt = now, Person = new ErasurePerson { Id = id } }, stop).ConfigureAwait(false);
        _accepted.Writer.TryWrite(erasure.Receipt);
        return erasure;
    }

    /// <summary>Waits until this process has accepted one, at most for so long: others may have, too.</summary>
    public async Task UntilAcceptedAsync(TimeSpan most, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(most);
        try
        {
            await _accepted.Reader.ReadAsync(enough.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }

    private static string NameOf(Guid receipt) => $"{Name}/{receipt}{Ending}";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Erasure))]
internal sealed partial class ErasureJson : JsonSerializerContext;
