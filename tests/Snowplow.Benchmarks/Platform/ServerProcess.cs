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
    private readonly string[] _arguments;
    private Process _process;

    private ServerProcess(string[] arguments)
    {
        using (var listener = new TcpListener(System.Net.IPAddress.Loopback, 0))
        {
            listener.Start();
            Url = new Uri($"http://{listener.LocalEndpoint}");
        }

        _http = new HttpClient { BaseAddress = Url };
        _arguments = ["serve", "--data", DataFolder, "--urls", Url.GetLeftPart(UriPartial.Authority), .. arguments];
        _process = Serve();
    }

    public Uri Url { get; }

    public string DataFolder => Path.Combine(_folder, "data");

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

    public double MemoryMiB
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <param name="arguments">Further ones for <c>serve</c>.</param>
    public static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        var server = new ServerProcess(arguments);
        await server.UntilReadyAsync();
        return server;
    }

    /// <summary>SIGKILL, then the same server on the same data; completes once it takes events.</summary>
    public async Task KillAndStartAgainAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = Serve();
        await UntilReadyAsync();
    }

    /// <summary>Completes when nothing waits to be landed; returns the events landed since the start.</summary>
    public async Task<double> UntilLandedAsync()
    {
        while (true)
        {
            await Task.Delay(500);
            var metrics = await MetricsAsync();
            if (metrics.Lag == 0) return metrics.Good;
        }
    }

    /// <summary>The files and folders of the data folder, and their bytes.</summary>
    public IEnumerable<(string Name, long Bytes)> BytesOnDisk() => new DirectoryInfo(DataFolder).EnumerateFileSystemInfos().Select(entry => (
        entry.Name, entry is FileInfo file ? file.Length : ((DirectoryInfo)entry).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)));

    /// <summary>Runs <c>snowplow simulate</c> against the server and returns its closing report.</summary>
    /// <param name="rate">Events per second.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="seed">Which visitors come.</param>
    /// <param name="givesWay">Whether it takes the processors only while the server leaves them.</param>
    public async Task<string> SimulateAsync(int rate, int seconds, int seed, bool givesWay = false)
    {
        using var simulate = Start(
        [
            "simulate", "--collector", Url.ToString(), "--users", "20000", "--batch", "10",
            "--rate", rate.ToString(CultureInfo.InvariantCulture), "--duration", $"{seconds}s", "--seed", seed.ToString(CultureInfo.InvariantCulture),
        ]);
        if (givesWay) simulate.PriorityClass = ProcessPriorityClass.Idle;
        var output = await simulate.StandardOutput.ReadToEndAsync();
        await simulate.WaitForExitAsync();
        var report = output.LastIndexOf("sent          ", StringComparison.Ordinal);
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

    private Process Serve()
    {
        var process = Start(_arguments);
        process.BeginOutputReadLine();
        return process;
    }

    private async Task UntilReadyAsync()
    {
        while (true)
        {
            try
            {
                using var ready = await _http.GetAsync(new Uri("ready", UriKind.Relative));
                if (ready.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    private Process Start(IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo("dotnet", [Executable, .. arguments])
    {
        WorkingDirectory = _folder,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!;
}
