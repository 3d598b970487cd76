using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Snowplow.Enrich.Assets;

/// <summary>
/// A file with an address, kept in a folder. It is asked for anew with its entity tag, so an unchanged one costs nothing, and
/// written aside first, so a broken download never stands in for a whole one.
/// </summary>
internal sealed class AssetDownload(Uri address, AssetOptions options, HttpClient http)
{
    private readonly string _path = Path.Combine(options.Folder, Name(address));

    /// <summary>Where the file lies once <see cref="Update"/> has succeeded.</summary>
    public string FilePath => _path;

    /// <summary>Downloads the file if it changed.</summary>
    /// <returns>Whether there is a new one.</returns>
    /// <exception cref="AssetException">It could not be had, and there is none from before.</exception>
    public bool Update()
    {
        var etagFile = _path + ".etag";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (File.Exists(_path) && File.Exists(etagFile)) request.Headers.TryAddWithoutValidation("If-None-Match", File.ReadAllText(etagFile));
        using var timeout = new CancellationTokenSource(options.DownloadTimeout);
        using var response = http.Send(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
        if (response.StatusCode == HttpStatusCode.NotModified) return false;
        if (!response.IsSuccessStatusCode) throw new AssetException($"{address} answered {(int)response.StatusCode} {response.ReasonPhrase}");
        Directory.CreateDirectory(options.Folder);
        var partial = _path + ".partial";
        using (var file = File.Create(partial))
        using (var body = response.Content.ReadAsStream(timeout.Token))
            body.CopyTo(file);
        File.Delete(etagFile);
        File.Move(partial, _path, overwrite: true);
        if (response.Headers.ETag is { } etag) File.WriteAllText(etagFile, etag.ToString());
        return true;
    }

    // Two databases of one name may come from two places.
    private static string Name(Uri address) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..16]}-{System.IO.Path.GetFileName(address.AbsolutePath)}";
}
