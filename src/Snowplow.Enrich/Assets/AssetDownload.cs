using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Snowplow.Enrich.Assets;

/// <summary>
/// A file with an address, kept in a folder. It is asked for anew with its entity tag, so an unchanged one costs nothing, and
/// written aside first, so a broken download never stands in for a whole one, nor one that cannot be read for one that can.
/// </summary>
internal sealed class AssetDownload(Uri address, AssetOptions options, HttpClient http)
{
    private readonly string _path = Path.Combine(options.Folder, Name(address));

    /// <summary>Where the file lies once <see cref="Update"/> has succeeded.</summary>
    public string FilePath => _path;

    /// <summary>Downloads the file if it changed. Blocks: at the start, or on the thread of the timer that looks for changes.</summary>
    /// <param name="read">Reads the new file at a path; if it throws, the old one stays, and its exception goes to the caller.</param>
    /// <exception cref="AssetException">The server does not give it.</exception>
    /// <exception cref="TimeoutException">It did not arrive in time.</exception>
    public void Update(Action<string> read) => Task.Run(() => UpdateAsync(read)).GetAwaiter().GetResult();

    /// <summary>An address for messages: without user and query, which may hold a key.</summary>
    public static string Shown(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private async Task UpdateAsync(Action<string> read)
    {
        using var timeout = new CancellationTokenSource(options.DownloadTimeout);
        try
        {
            await UpdateAsync(read, timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"it did not arrive within {options.DownloadTimeout}");
        }
    }

    private async Task UpdateAsync(Action<string> read, CancellationToken cancellationToken)
    {
        var etagFile = _path + ".etag";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (File.Exists(_path) && File.Exists(etagFile)) request.Headers.TryAddWithoutValidation("If-None-Match", File.ReadAllText(etagFile));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified) return;
        if (!response.IsSuccessStatusCode) throw new AssetException($"{Shown(address)} answered {(int)response.StatusCode} {response.ReasonPhrase}");
        Directory.CreateDirectory(options.Folder);
        var partial = $"{_path}.{Environment.ProcessId}.partial";
        try
        {
            await using (var file = File.Create(partial))
                await response.Content.CopyToAsync(file, cancellationToken);
            read(partial);
            File.Delete(etagFile);
            File.Move(partial, _path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }

        if (response.Headers.ETag is { } etag) File.WriteAllText(etagFile, etag.ToString());
    }

    // Two databases of one name may come from two places.
    private static string Name(Uri address) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..16]}-{System.IO.Path.GetFileName(address.AbsolutePath)}";
}
