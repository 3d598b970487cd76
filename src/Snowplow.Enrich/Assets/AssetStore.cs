namespace Snowplow.Enrich.Assets;

/// <summary>
/// Loads the files that enrichments need, from this machine or from an address, and loads them again when they change, without
/// anyone waiting. A file that cannot be had or read at the start is an error of the configuration; one that fails later is counted
/// (<c>snowplow.enrich.asset.failures</c>), the old content goes on, and it is tried again. Thread-safe.
/// </summary>
internal sealed class AssetStore : IDisposable
{
    private readonly AssetOptions _options;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private readonly List<WatchedAsset> _watched = [];
    private int _isChecking;

    /// <summary>Starts without files.</summary>
    public AssetStore(AssetOptions options, HttpClient http, TimeProvider time)
    {
        _options = options;
        _http = http;
        _time = time;
        _timer = time.CreateTimer(_ => Check(), null, options.CheckInterval, options.CheckInterval);
    }

    /// <summary>Loads a file and keeps it current.</summary>
    /// <param name="location">An http or https address, a <c>file:</c> address, or a path, absolute or relative to <paramref name="folder"/>.</param>
    /// <param name="folder">The folder of the configuration that names it.</param>
    /// <param name="read">Makes something of the file at a path; called again for each new content, on any thread.</param>
    /// <exception cref="AssetException">It could not be had, or reading it threw; the message says why.</exception>
    public Asset<T> Load<T>(string location, string folder, Func<string, T> read)
        where T : class
    {
        var download = IsAddress(location, out var address) ? new AssetDownload(address, _options, _http) : null;
        var path = download?.FilePath ?? LocalPath(location, folder);
        try
        {
            void Check(string file) => read(file);
            var isCurrent = download is null || TryDownloadFirst(download, Check);
            if (!File.Exists(path)) throw new AssetException($"the file {path} is not there");
            var stamp = FileStamp.Of(path);
            var asset = new Asset<T>(read(path));
            lock (_lock) _watched.Add(new WatchedAsset(path, download, Check, () => asset.Replace(read(path)), stamp, _time.GetTimestamp()) { IsOverdue = !isCurrent });
            return asset;
        }
        catch (Exception e) when (e is not AssetException)
        {
            throw new AssetException($"{(download is null ? location : AssetDownload.Shown(address))} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Joins the <c>uri</c> and <c>database</c> of Snowplow's configurations.</summary>
    public static string Location(string uri, string database) => $"{uri.TrimEnd('/')}/{database}";

    /// <summary>Looks at all files once.</summary>
    internal void Check()
    {
        if (Interlocked.Exchange(ref _isChecking, 1) == 1) return;
        try
        {
            WatchedAsset[] watched;
            lock (_lock) watched = [.. _watched];
            foreach (var asset in watched)
            {
                try
                {
                    asset.Refresh(_time, _options.UpdatePeriod);
                }
                catch (Exception e)
                {
                    // Whatever a reader throws at a damaged file: the old content serves on, and the next check tries again.
                    EnrichMetrics.AssetFailed(asset.Path, e);
                }
            }
        }
        finally
        {
            Volatile.Write(ref _isChecking, 0);
        }
    }

    /// <summary>Ends looking for changes.</summary>
    public void Dispose() => _timer.Dispose();

    // A copy from an earlier run will do where the server cannot be reached now, or gives what cannot be read; then the result is false.
    private static bool TryDownloadFirst(AssetDownload download, Action<string> read)
    {
        try
        {
            download.Update(read);
            return true;
        }
        catch (Exception e) when (File.Exists(download.FilePath))
        {
            EnrichMetrics.AssetFailed(download.FilePath, e);
            return false;
        }
    }

    private static bool IsAddress(string location, out Uri address) =>
        Uri.TryCreate(location, UriKind.Absolute, out address!) && address.Scheme is "http" or "https";

    private static string LocalPath(string location, string folder)
    {
        if (Uri.TryCreate(location, UriKind.Absolute, out var uri) && !uri.IsFile)
            throw new AssetException($"{location} cannot be loaded; use an http or https address or a path of this machine");
        return Path.GetFullPath(uri?.LocalPath ?? location, Path.GetFullPath(folder));
    }
}
