using System.Security.Cryptography;
using System.Text.Json;

namespace Snowplow.Streams.Local;

/// <summary>What is fixed when a log is created: the file <c>manifest.json</c> in its folder.</summary>
/// <param name="Format">The version of the folder's layout, 2; 1 has no journal.</param>
/// <param name="Identity">Names this log and no other one: 16 random hexadecimal digits.</param>
/// <param name="Partitions">The number of partitions.</param>
internal sealed record LogManifest(int Format, string Identity, int Partitions)
{
    private const string FileName = "manifest.json";
    private const int CurrentFormat = 2;
    private const int DefaultPartitions = 8;

    /// <summary>Whether a folder holds a log.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>Reads a folder's manifest, or writes one where the folder holds no log yet.</summary>
    /// <exception cref="InvalidDataException">The manifest is missing from a log, unreadable, of another format, or of another number of partitions.</exception>
    public static LogManifest ReadOrCreate(string folder, int? partitions)
    {
        var path = Path.Combine(folder, FileName);
        if (File.Exists(path)) return Read(path, partitions);
        if (Directory.EnumerateDirectories(folder).Any())
            throw new InvalidDataException($"{folder} holds partitions but no {FileName}: restore that file, or choose an empty folder");
        var manifest = new LogManifest(CurrentFormat, RandomNumberGenerator.GetHexString(16, lowercase: true), partitions ?? DefaultPartitions);
        manifest.Write(folder, path);
        return manifest;
    }

    /// <summary>Says that a log has a journal from now on, so that versions that know of none refuse it.</summary>
    /// <returns>The manifest as it is now.</returns>
    public LogManifest Upgrade(string folder)
    {
        if (Format == CurrentFormat) return this;
        var upgraded = this with { Format = CurrentFormat };
        upgraded.Write(folder, Path.Combine(folder, FileName));
        return upgraded;
    }

    private static LogManifest Read(string path, int? partitions)
    {
        LogManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<LogManifest>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is not a log's manifest: {e.Message}", e);
        }

        if (manifest is not { Format: 1 or CurrentFormat, Identity.Length: > 0, Partitions: > 0 })
            throw new InvalidDataException($"{path} is not a manifest of format 1 or {CurrentFormat} with identity and partitions: it reads {manifest}");
        if (partitions is { } wanted && wanted != manifest.Partitions)
        {
            throw new InvalidDataException(
                $"the raw stream in {Path.GetDirectoryName(path)} was made with {manifest.Partitions} partitions and keeps them, but RawStream:Partitions is {wanted}: set it to {manifest.Partitions}, leave it out, or choose another folder");
        }

        return manifest;
    }

    // Written aside and renamed, so that a crash leaves either no manifest or a whole one.
    private void Write(string folder, string path)
    {
        var temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, this, JsonSerializerOptions.Web);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        FolderSync.Flush(folder);
    }
}
