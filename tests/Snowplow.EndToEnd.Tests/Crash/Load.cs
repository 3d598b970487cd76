using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>
/// <c>snowplow simulate</c> as a child process. It goes on through every crash of the collector and never sends a request
/// again, so each event that was acknowledged must be there once, and each that was not at most once.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly string _folder;

    /// <param name="collector">Where to send.</param>
    /// <param name="seed">Seed of the traffic.</param>
    /// <param name="rate">Events per second.</param>
    /// <param name="duration">How long to send. The visitors' lives are laid out over it.</param>
    public Load(Uri collector, int seed, int rate, TimeSpan duration)
    {
        _folder = Directory.CreateTempSubdirectory("snowplow-load-").FullName;
        _process = ChildProcess.Start(
            "dotnet",
            [
                Built.Executable, "simulate", "--collector", collector.GetLeftPart(UriPartial.Authority), "--seed", $"{seed}", "--rate", $"{rate}",
                "--users", "300", "--batch", "5", "--duration", $"{(int)duration.TotalSeconds}s", "--retries", "0", "--acknowledged", AcknowledgedFile,
            ],
            _folder);
    }

    private string AcknowledgedFile => Path.Combine(_folder, "acknowledged");

    /// <summary>Waits for the end.</summary>
    /// <returns>The ids of all events; the collector has acknowledged each.</returns>
    public async Task<IReadOnlyCollection<string>> EndAsync()
    {
        (await _process.ExitedAsync(Eventually.Patience)).ShouldBe(0, $"not all was acknowledged:\n{_process.Output}");
        return await File.ReadAllLinesAsync(AcknowledgedFile);
    }

    /// <summary>Ends the load early, as Ctrl-C does, and waits for the requests in flight.</summary>
    /// <returns>The ids of all events that the collector has acknowledged.</returns>
    public async Task<IReadOnlyCollection<string>> StopAsync()
    {
        _process.HasExited.ShouldBeFalse($"The load ended by itself:\n{_process.Output}");
        _process.Interrupt();
        await _process.ExitedAsync(Eventually.Patience);
        return await File.ReadAllLinesAsync(AcknowledgedFile);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
