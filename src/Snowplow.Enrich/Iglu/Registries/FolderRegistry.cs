using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>A static registry in a folder: <c>{folder}/schemas/{vendor}/{name}/{format}/{version}</c>.</summary>
internal sealed class FolderRegistry(RegistryOptions options, string folder) : IgluRegistry(options)
{
    private readonly string _schemas = Path.Combine(folder, "schemas");

    /// <inheritdoc/>
    public override async ValueTask<RegistryAnswer> FetchAsync(SchemaKey key, CancellationToken cancellation)
    {
        if (!IsPathSafe(key))
            return RegistryAnswer.NotFound;

        try
        {
            var file = new FileInfo(Path.Combine(_schemas, key.Path));
            if (!file.Exists)
                return Directory.Exists(_schemas)
                    ? RegistryAnswer.NotFound
                    : RegistryAnswer.Of(RegistryError.ClientFailure($"The folder {_schemas} does not exist."));
            return file.Length > MaxDocumentBytes
                ? RegistryAnswer.Of(RegistryError.RepoFailure($"The schema is larger than {MaxDocumentBytes} bytes."))
                : RegistryAnswer.Of(await File.ReadAllBytesAsync(file.FullName, cancellation));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return RegistryAnswer.Of(RegistryError.ClientFailure(failure.Message));
        }
    }

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyList<SchemaKey>> ListAsync(SchemaKey key, CancellationToken cancellation)
    {
        if (!IsPathSafe(key))
            return new([]);

        try
        {
            var folder = new DirectoryInfo(Path.Combine(_schemas, key.Vendor, key.Name, key.Format));
            return new(folder.Exists
                ? [.. folder.EnumerateFiles().Select(file => SchemaDescription.WithVersion(key, file.Name)).OfType<SchemaKey>().Where(other => IsSameModel(key, other))]
                : []);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new([]);
        }
    }
}
