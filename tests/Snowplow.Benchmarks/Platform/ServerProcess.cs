using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Reflection;

namespace Snowplow.Benchmarks.Platform;

/// <summary><c>snowplow serve</c> as a child process, on data of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly string Executable = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(ServerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "SnowplowExecutable").Value!));

    private readonly string _folder = Directory.CreateTempSubdirectory("snowplow-load-").FullName;
    private readonly HttpClient _http;
    private readonly Process _process;

    private ServerProcess(string[] arguments)
    {
        using (var listener = new TcpListener(System.Net.IPAddress.Loopback, 0))
        {
            listener.Start();
            Url = new Uri($"http://{listener.LocalEndpoint}");
        }

        _http = new HttpClient { BaseAddress = Url };
        _process = Start(["serve", "--data", Path.Combine(_folder, "data"), "--urls", Url.GetLeftPart(UriPartial.Authority), .. arguments]);
        _process.BeginOutputReadLine();
    }

    public Uri Url { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double PeakMemoryMiB
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <param name="arguments">Further ones for <c>serve</c>.</param>
    public static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        var server = new ServerProcess(arguments);
        while (true)
        {
            try
            {
                using var ready = await server._http.GetAsync(new Uri("ready", UriKind.Relative));
                if (ready.IsSuccessStatusCode) return server;
            }
            catch (HttpRequestException) when (!server._process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Runs <c>snowplow simulate</c> against the server and returns its closing report.</summary>
    public async Task<string> SimulateAsync(int rate, int seconds, int seed)
    {
        using var simulate = Start(
        [
            "simulate", "--collector", Url.ToString(), "--users", "20000", "--batch", "10",
            "--rate", rate.ToString(CultureInfo.InvariantCulture), "--duration", $"{seconds}s", "--seed", seed.ToString(CultureInfo.InvariantCulture),
        ]);
        var output = await simulate.StandardOutput.ReadToEndAsync();
        await simulate.WaitForExitAsync();
        var report = output.LastIndexOf("sent  ", StringComparison.Ordinal);
        return report < 0 ? output : output[report..].TrimEnd();
    }

    public async Task<ServerMetrics> MetricsAsync() => ServerMetrics.Parse(await _http.GetStringAsync(new Uri("metrics", UriKind.Relative)));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Start(IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo("dotnet", [Executable, .. arguments])
    {
        WorkingDirectory = _folder,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;
}
