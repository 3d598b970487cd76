namespace Snowplow.Enrich.Assets;

/// <summary>What tells that a file changed.</summary>
internal readonly record struct FileStamp(DateTime WrittenAt, long SizeBytes)
{
    /// <summary>Reads it off a file that is there.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return new FileStamp(file.LastWriteTimeUtc, file.Length);
    }
}
