using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace Snowplow.Azure.Tests.Cluster;

/// <summary><c>snowplow serve</c> of the build for Azure, as one silo of a cluster on this machine.</summary>
internal sealed class SiloProcess : IDisposable
{
    private static readonly string Executable = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(SiloProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "SnowplowExecutable").Value!));

    private readonly string _folder = Directory.CreateTempSubdirectory("snowplow-silo-").FullName;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly HttpClient _http;
    private Process _process;

    public SiloProcess(IReadOnlyDictionary<string, string> settings)
    {
        _settings = settings;
        Url = new Uri($"http://127.0.0.1:{FreePort()}");
        _http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(20) };
        _process = Start();
    }

    public Uri Url { get; }

    public HttpClient Http => _http;

    /// <summary>Where other silos reach it since its last start.</summary>
    public int SiloPort { get; private set; }

    /// <summary>What the process wrote, newest last.</summary>
    public ConcurrentQueue<string> Output { get; } = new();

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The TCP ports on which it listens, as Linux tells.</summary>
    public IReadOnlyCollection<int> ListeningPorts
    {
        get
        {
            var files = Directory.GetFiles($"/proc/{_process.Id}/fd").Select(file => new FileInfo(file).LinkTarget).ToHashSet();
            return
            [
                .. new[] { "tcp", "tcp6" }.SelectMany(kind => File.ReadLines($"/proc/{_process.Id}/net/{kind}").Skip(1))
                    .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    .Where(socket => socket[3] == "0A" && files.Contains($"socket:[{socket[9]}]")).Select(socket => Convert.ToInt32(socket[1].Split(':')[^1], 16)).Distinct(),
            ];
        }
    }

    public async Task UntilReadyAsync(CancellationToken stop)
    {
        for (; (await GetAsync("ready", stop)).Status != HttpStatusCode.OK; await Task.Delay(100, stop))
            if (HasExited) throw new InvalidOperationException($"The silo ended with {_process.ExitCode}:\n{string.Join('\n', Output)}");
    }

    /// <summary>What it answers; no status where it does not.</summary>
    public async Task<(HttpStatusCode? Status, string Text)> GetAsync(string path, CancellationToken stop)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), stop);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(stop));
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return (null, failure.Message);
        }
    }

    /// <summary>Raw records that have not landed; null where it does not answer.</summary>
    public async Task<long?> LagAsync(CancellationToken stop)
    {
        try
        {
            using var lag = System.Text.Json.JsonDocument.Parse(await _http.GetStringAsync(new Uri("api/lag", UriKind.Relative), stop));
            return lag.RootElement.GetProperty("events").GetInt64();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Posts a page view; whether it was acknowledged.</summary>
    public async Task<bool> PostAsync(string eventId, string user, string session, CancellationToken stop, string page = "A \\\"quoted\\\", page")
    {
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{"e":"pv","p":"web","tv":"js-4.6.0","aid":"shop","eid":"{{{eventId}}}","duid":"{{{user}}}","sid":"{{{session}}}","vid":"1","url":"https://shop.example/a","page":"{{{page}}}"}]}""");
        try
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(new Uri("com.snowplowanalytics.snowplow/tp2", UriKind.Relative), content, stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>SIGSTOP or SIGCONT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>SIGTERM, as a platform asks for the end.</summary>
    public async Task StopAsync(CancellationToken stop)
    {
        Signal("TERM");
        await _process.WaitForExitAsync(stop);
    }

    public async Task StartAgainAsync(CancellationToken stop)
    {
        _process.Dispose();
        _process = Start();
        await UntilReadyAsync(stop);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Signal("CONT");
            Kill();
        }

        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyDictionary<string, string> settings, string[] command, CancellationToken stop)
    {
        using var process = Begin(settings, command);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Begins a command of the program.</summary>
    public static Process Begin(IReadOnlyDictionary<string, string> settings, string[] command) => Process.Start(Program(settings, command))!;

    private static ProcessStartInfo Program(IReadOnlyDictionary<string, string> settings, params string[] command)
    {
        var start = new ProcessStartInfo("dotnet", [Executable, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return start;
    }

    private Process Start()
    {
        var start = Program(_settings, "serve", "--data", _folder, "--urls", Url.GetLeftPart(UriPartial.Authority));
        SiloPort = FreePort();
        start.Environment["Azure__SiloPort"] = SiloPort.ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        Output.Enqueue(line);
        while (Output.Count > 400) Output.TryDequeue(out _);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
