namespace Snowplow.Enrich.Assets;

/// <summary>A file that is loaded again when it changes. Used by one thread at a time.</summary>
/// <param name="path">Where it lies.</param>
/// <param name="download">Fetches it; null for a file of this machine.</param>
/// <param name="read">Reads a file at a path, to see whether it can be.</param>
/// <param name="reload">Puts the new content in place.</param>
/// <param name="loaded">What the file looked like when it was loaded.</param>
/// <param name="updated">When it was last asked for at its address.</param>
internal sealed class WatchedAsset(string path, AssetDownload? download, Action<string> read, Action reload, FileStamp loaded, long updated)
{
    // For one that could not be had when it was time to ask.
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromMinutes(10);

    private FileStamp _loaded = loaded;
    private long _updated = updated;

    /// <summary>Where it lies.</summary>
    public string Path => path;

    /// <summary>Whether it could not be had at its address the last time.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>Loads the file again if it changed, or if what it changed to could not be loaded before.</summary>
    public void Refresh(TimeProvider time, TimeSpan updatePeriod)
    {
        if (download is not null && time.GetElapsedTime(_updated) >= (IsOverdue && RetryPeriod < updatePeriod ? RetryPeriod : updatePeriod))
        {
            _updated = time.GetTimestamp();
            IsOverdue = true;
            download.Update(read);
            IsOverdue = false;
        }

        // A file that is gone for a moment is about to be replaced.
        if (!File.Exists(path)) return;
        var stamp = FileStamp.Of(path);
        if (stamp == _loaded) return;
        reload();
        _loaded = stamp;
    }
}
