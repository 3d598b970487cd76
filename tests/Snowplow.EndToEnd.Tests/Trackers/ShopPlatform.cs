using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>One running product for all tracker tests, with the shop's schemas in a folder registry. Tests keep apart by app_id.</summary>
public sealed class ShopPlatform : IAsyncLifetime, IDisposable
{
    private readonly DataFolder _data = new();

    private SnowplowProcess? _snowplow;

    internal SnowplowProcess Snowplow => _snowplow ?? throw new InvalidOperationException("The platform has not been started.");

    /// <inheritdoc/>
    public async Task InitializeAsync() =>
        _snowplow = await SnowplowProcess.StartAsync(_data, SnowplowProcess.FreeAddress(), new Settings { IgluFolders = [Built.IgluFolder] });

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_snowplow is not null) await _snowplow.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();
}
