using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace Snowplow.Azure.Tests.Blobs;

/// <summary>Lets a commit of blocks through and loses its answer when told to, as a network does.</summary>
internal sealed class LosingTransport : HttpPipelineTransport
{
    private readonly HttpClientTransport _inner = new();

    public bool LoseNextCommit { get; set; }

    public int Lost { get; private set; }

    public BlobClientOptions Options() => new() { Transport = this, Retry = { Delay = TimeSpan.FromMilliseconds(1) } };

    public override global::Azure.Core.Request CreateRequest() => _inner.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        await _inner.ProcessAsync(message);
        if (!LoseNextCommit || !message.Request.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal)) return;
        LoseNextCommit = false;
        Lost++;
        throw new IOException("The connection was closed before the answer came.");
    }
}
