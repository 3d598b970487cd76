using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Enriched;

namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>The real executable, serving: <c>snowplow serve</c> as a child process.</summary>
internal sealed class SnowplowProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private SnowplowProcess(ChildProcess process, Uri url, DataFolder data)
    {
        _process = process;
        Url = url;
        Data = data;
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = url, Timeout = Eventually.Patience };
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Its data, read from outside.</summary>
    public DataFolder Data { get; }

    /// <summary>A client with <see cref="Url"/> as its base address, without cookies.</summary>
    public HttpClient Http { get; }

    /// <summary>What it has written to the console.</summary>
    public string Output => _process.Output;

    /// <summary>
    /// An address of this machine where nothing listens. Its port is below those that the system gives to outgoing connections:
    /// while the product is down, a client that keeps trying must not take its place.
    /// </summary>
    public static Uri FreeAddress()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000));
            try
            {
                listener.Start();
                return new Uri($"http://{listener.LocalEndpoint}");
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }

    /// <summary>Starts the executable and waits until it is ready.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="url">Where it should listen.</param>
    /// <param name="settings">Its configuration.</param>
    public static Task<SnowplowProcess> StartAsync(DataFolder data, Uri url, Settings settings) => ReadyAsync(Launch(data, url, settings));

    /// <summary>Starts the product by any command and waits until it is ready.</summary>
    /// <param name="arguments">Those of <c>dotnet</c>.</param>
    /// <param name="folder">The folder it starts in.</param>
    /// <param name="data">Where its data should go.</param>
    /// <param name="url">Where it should listen.</param>
    public static Task<SnowplowProcess> StartAsync(IEnumerable<string> arguments, string folder, DataFolder data, Uri url) =>
        ReadyAsync(new(ChildProcess.Start("dotnet", arguments, folder), url, data));

    /// <summary>Starts the executable and waits for nothing.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="url">Where it should listen.</param>
    /// <param name="settings">Its configuration.</param>
    public static SnowplowProcess Launch(DataFolder data, Uri url, Settings settings)
    {
        string[] arguments = [Built.Executable, "serve", "--data", data.Path, "--urls", url.GetLeftPart(UriPartial.Authority)];
        return new(ChildProcess.Start("dotnet", arguments, Path.GetTempPath(), settings.ToEnvironment()), url, data);
    }

    /// <summary>SIGKILL. Nothing is flushed, drained or closed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.ExitedAsync(Eventually.Patience);
    }

    /// <summary>SIGINT, as from Ctrl-C: the process must drain and end with exit code 0.</summary>
    public async Task StopAsync()
    {
        _process.Interrupt();
        (await _process.ExitedAsync(Eventually.Patience)).ShouldBe(0, $"the exit code after SIGINT. Output:\n{Output}");
    }

    /// <summary>SIGTERM; waits for nothing.</summary>
    public void Terminate() => _process.Terminate();

    /// <summary>Waits for the end of the process.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> ExitedAsync() => _process.ExitedAsync(Eventually.Patience);

    /// <summary>What it holds in physical memory.</summary>
    public double ResidentMiB => _process.ResidentBytes / (double)(1 << 20);

    /// <summary>Waits until as many enriched events as expected are in the files.</summary>
    /// <param name="what">What they are, for the message when they do not come.</param>
    /// <param name="which">Which events count.</param>
    /// <param name="count">How many there should be at least.</param>
    public async Task<IReadOnlyList<TsvEvent>> EnrichedEventsAsync(string what, Func<TsvEvent, bool> which, int count)
    {
        IReadOnlyList<TsvEvent> found = [];
        return await Eventually.HappensAsync(
            $"{count} enriched events: {what}",
            () =>
            {
                ShouldRun();
                found = [.. Data.EnrichedEvents().Where(which)];
                return Task.FromResult(found.Count >= count ? found : null);
            },
            () => $"There were {found.Count}:\n{string.Join('\n', found)}\n{Data.DescribeBadRows()}\nOutput:\n{Output}");
    }

    /// <summary>Waits until the live API gives a document with which nothing is wrong.</summary>
    /// <param name="path">Such as <c>api/users/x</c>.</param>
    /// <param name="whatIsWrong">Says what is wrong with a document, or null.</param>
    public async Task LiveAsync(string path, Func<JsonNode, string?> whatIsWrong)
    {
        var last = "";
        await Eventually.HappensAsync(
            $"GET /{path} answers as expected",
            async () =>
            {
                ShouldRun();
                using var response = await Http.GetAsync(new Uri(path, UriKind.Relative));
                var body = await response.Content.ReadAsStringAsync();
                var wrong = response.StatusCode == HttpStatusCode.OK ? whatIsWrong(JsonNode.Parse(body)!) : $"status {(int)response.StatusCode}";
                last = $"{wrong}: {body}";
                return wrong is null ? response : null;
            },
            () => $"The last answer: {last}\n{Data.DescribeBadRows()}\nOutput:\n{Output}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.DisposeAsync();
    }

    private static async Task<SnowplowProcess> ReadyAsync(SnowplowProcess snowplow)
    {
        try
        {
            await snowplow.WaitUntilReadyAsync();
            return snowplow;
        }
        catch
        {
            await snowplow.DisposeAsync();
            throw;
        }
    }

    private void ShouldRun() => _process.HasExited.ShouldBeFalse($"The process has ended by itself. Output:\n{Output}");

    private async Task WaitUntilReadyAsync()
    {
        var last = "no answer";
        await Eventually.HappensAsync(
            "GET /ready answers 200",
            async () =>
            {
                ShouldRun();
                try
                {
                    using var response = await Http.GetAsync(new Uri("ready", UriKind.Relative));
                    last = $"{(int)response.StatusCode}";
                    return response.StatusCode == HttpStatusCode.OK ? response : null;
                }
                catch (HttpRequestException refused)
                {
                    last = refused.Message;
                    return null;
                }
            },
            () => $"The last answer was: {last}. Output:\n{Output}",
            StartPatience);
    }
}
