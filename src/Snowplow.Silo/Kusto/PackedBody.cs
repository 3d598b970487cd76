using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace Snowplow.Silo.Kusto;

/// <summary>
/// The body of an answer, packed by gzip where the client takes it. It is done here and not in the way of all requests, of which the collector's are the most.
/// Nothing of an answer is a secret of another user, whose length could be guessed from.
/// </summary>
internal static class PackedBody
{
    // Less goes in a packet or three, and is not worth the time.
    private const int LeastBytes = 4096;

    /// <summary>The body; what it is written to begins the answer. Disposing of it ends the packing and leaves the answer open.</summary>
    /// <param name="context">The request and its answer.</param>
    /// <param name="bytes">How many bytes come at least.</param>
    public static Stream Of(HttpContext context, long bytes)
    {
        // The stream of the writer may be written to by a thread that waits.
        var body = context.Response.BodyWriter.AsStream(leaveOpen: true);
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (bytes < LeastBytes || !Accepts(context.Request, "gzip")) return body;
        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.ContentLength = null;
        return new GZipStream(body, CompressionLevel.Fastest);
    }

    /// <summary>Whether a client takes a packing, by name.</summary>
    public static bool Accepts(HttpRequest request, string packing)
    {
        if (request.Headers.AcceptEncoding.Count == 0 || !StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptEncoding.OfType<string>()], out var accepted)) return false;
        var named = accepted.FirstOrDefault(one => one.Value.Equals(packing, StringComparison.OrdinalIgnoreCase)) ?? accepted.FirstOrDefault(one => one.Value == "*");
        return named is not null && named.Quality is not 0;
    }
}
