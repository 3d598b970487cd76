using System.Net;
using System.Text;
using Azure.Storage.Blobs;
using Microsoft.Azure.Amqp;
using Snowplow.Azure.Blobs;
using Snowplow.Azure.Tests.Emulators;
using Snowplow.Azure.Tests.EventHubs.Broker;
using Snowplow.Storage.Landing;

namespace Snowplow.Azure.Tests.Cluster;

/// <summary>How a silo starts where services are away, wrong or small, what it opens, and how it leaves: the executable, on Azurite and a hub.</summary>
[Collection(nameof(Azurite))]
public sealed class SiloStartTests(Azurite azurite) : IAsyncLifetime
{
    private readonly HubBroker _broker = new(4);
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(5));
    private readonly List<SiloProcess> _silos = [];
    private readonly string _name = $"t{Guid.NewGuid():N}";

    private CancellationToken Stop => _patience.Token;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var silo in _silos) silo.Dispose();
        await _broker.DisposeAsync();
        _patience.Dispose();
    }

    [Fact]
    public async Task Start_WhileTheHubDoesNotAnswer_LivesIsNotReadyAndSaysSo_AndGoesOnOnceItDoes()
    {
        _broker.Stop();
        var silo = Begin();
        await UntilAsync(async () => (await silo.GetAsync("ready", Stop)).Text.Contains("waiting for the hub 'raw'", StringComparison.Ordinal), silo);

        (await silo.GetAsync("health", Stop)).ShouldBe((HttpStatusCode.OK, "ok"));
        (await silo.GetAsync("ready", Stop)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await silo.GetAsync("i?e=pv", Stop)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        _broker.Start();

        await silo.UntilReadyAsync(Stop);
        (await silo.PostAsync(Guid.NewGuid().ToString(), "user", Guid.NewGuid().ToString(), Stop)).ShouldBeTrue();
    }

    [Fact]
    public async Task Start_WhileStorageDoesNotAnswer_WaitsAndEndsWhenAsked()
    {
        const string Nobody = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:9/a;TableEndpoint=http://127.0.0.1:9/a";
        var silo = Begin(("Azure__Blobs__ConnectionString", Nobody), ("Azure__Tables__ConnectionString", Nobody));
        await UntilAsync(async () => (await silo.GetAsync("ready", Stop)).Text.Contains($"waiting for the container '{_name}' of blobs, the tables of states", StringComparison.Ordinal), silo);
        silo.Output.ShouldContain(line => line.Contains("Connection refused", StringComparison.Ordinal));

        await silo.StopAsync(Stop);
    }

    [Fact]
    public async Task Start_WithAHubThatIsNotThere_EndsAndNamesIt()
    {
        var silo = Begin(("Azure__EventHubs__Hub", "nobody-made-this"));
        await UntilAsync(() => Task.FromResult(silo.HasExited), silo);
        silo.ExitCode.ShouldBe(1);
        string.Join(' ', silo.Output).ShouldContain("snowplow: The silo cannot use the hub 'nobody-made-this'");
    }

    [Fact]
    public async Task Start_WhereTheHubRefusesTheSilo_EndsAndSaysSo()
    {
        _broker.Refusal = address => address.StartsWith('$') ? new AmqpException(AmqpErrorCode.UnauthorizedAccess, "Unauthorized access. 'Manage,Listen' claim is required.") : null;
        var silo = Begin();
        await UntilAsync(() => Task.FromResult(silo.HasExited), silo);
        silo.ExitCode.ShouldBe(1);
        string.Join(' ', silo.Output).ShouldContain("claim is required");
    }

    [Fact]
    public async Task Start_WithALimitAboveTheHubs_EndsAndNamesTheSetting()
    {
        _broker.MaxMessageBytes = 256 << 10;
        var silo = Begin();
        await UntilAsync(() => Task.FromResult(silo.HasExited), silo);
        silo.ExitCode.ShouldBe(1);
        string.Join(' ', silo.Output).ShouldContain("Collector:MaxPayloadBytes is 1000000, and the raw stream takes payloads of at most 261120 bytes");
    }

    [Fact]
    public async Task Post_OfAnEventThatIsLargerThanAMessage_IsAcknowledgedAndBecomesASizeViolation()
    {
        _broker.MaxMessageBytes = 256 << 10;
        var silo = Begin(("Collector__MaxPayloadBytes", "250000"));
        await silo.UntilReadyAsync(Stop);

        (await silo.PostAsync(Guid.NewGuid().ToString(), "user", Guid.NewGuid().ToString(), Stop, new string('p', 400_000))).ShouldBeTrue();

        await UntilAsync(async () => await silo.LagAsync(Stop) == 0 && _broker.Hub.Partitions.Any(partition => partition.End > 0), silo);
        await silo.StopAsync(Stop);
        var blobs = new AzureBlobStore(new BlobContainerClient(azurite.BlobConnection, _name));
        var bad = new StringBuilder();
        await foreach (var batch in LandedFiles.ReadAllAsync(blobs, Stop)) bad.Append(Encoding.UTF8.GetString((await LandedFiles.ReadBadRowsAsync(blobs, batch, Stop)).Span));
        bad.ToString().ShouldContain("/size_violation/");
        bad.ToString().ShouldContain("its end is left out");
        bad.ToString().ShouldContain("\"actualSizeBytes\":40");
    }

    [Fact]
    public async Task Silo_ThatIsReady_ListensToRequestsAndSilosAlone()
    {
        var silo = Begin();
        await silo.UntilReadyAsync(Stop);
        silo.ListeningPorts.ShouldBe([silo.Url.Port, silo.SiloPort], ignoreOrder: true);
    }

    [Fact]
    public async Task Silo_ThatLeaves_TellsTheOthersBeforeItLetsGo()
    {
        var (first, second) = (Begin(), Begin());
        foreach (var silo in _silos) await silo.UntilReadyAsync(Stop);
        await UntilAsync(async () => await first.LagAsync(Stop) == 0 && await second.LagAsync(Stop) == 0, first);

        await first.StopAsync(Stop);

        second.Output.ShouldContain(line => line.Contains($":{first.SiloPort}", StringComparison.Ordinal) && line.Contains("leaves: no partition is placed there any more", StringComparison.Ordinal));
    }

    private SiloProcess Begin(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["Azure__AdvertisedAddress"] = "127.0.0.1",
            ["Azure__ClusterId"] = _name,
            ["Azure__ServiceId"] = _name,
            ["Azure__EventHubs__Hub"] = _broker.Options.Hub,
            ["Azure__EventHubs__ConnectionString"] = _broker.Options.ConnectionString!,
            ["Azure__Blobs__ConnectionString"] = azurite.BlobConnection,
            ["Azure__Blobs__Container"] = _name,
            ["Azure__Tables__ConnectionString"] = azurite.TableConnection,
            ["Pipeline__BatchInterval"] = "00:00:00.2",
            ["Pipeline__CheckpointInterval"] = "00:00:01",
        };
        foreach (var (name, value) in settings) all[name] = value;
        var silo = new SiloProcess(all);
        _silos.Add(silo);
        return silo;
    }

    private async Task UntilAsync(Func<Task<bool>> condition, SiloProcess silo)
    {
        try
        {
            while (!await condition()) await Task.Delay(100, Stop);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It did not happen. The silo wrote:\n{string.Join('\n', silo.Output)}");
        }
    }
}
