using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Snowplow.Azure.Tests.Emulators;

/// <summary>Microsoft's emulator of Azure Storage, as a process of its own that ends with the tests. Keeps everything in memory.</summary>
public sealed class Azurite : IAsyncLifetime
{
    // The account and key that the emulator is documented to have.
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "azurite");
    private static readonly SemaphoreSlim Installing = new(1);

    private Process? _process;
    private int _blobPort;
    private int _tablePort;

    public string BlobConnection => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{_blobPort}/{Account}";

    public string TableConnection => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};TableEndpoint=http://127.0.0.1:{_tablePort}/{Account}";

    public async Task InitializeAsync()
    {
        await InstallAsync();
        (_blobPort, _tablePort) = (FreePort(), FreePort());
        _process = Start(
            "node", Path.Combine("node_modules", "azurite", "dist", "src", "azurite.js"), "--silent", "--inMemoryPersistence", "--skipApiVersionCheck",
            "--disableTelemetry", "--disableProductStyleUrl", "--blobPort", $"{_blobPort}", "--queuePort", $"{FreePort()}", "--tablePort", $"{_tablePort}");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        foreach (var port in new[] { _blobPort, _tablePort }) await UntilOpenAsync(port);
    }

    public Task DisposeAsync()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        return Task.CompletedTask;
    }

    // Once for the lock file, beside the test assembly, so that the sources stay clean.
    private static async Task InstallAsync()
    {
        await Installing.WaitAsync();
        try
        {
            var installed = Path.Combine(Folder, "node_modules", ".installed-lock");
            var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
            if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted) return;
            using var npm = Start("npm", "ci", "--ignore-scripts");
            var (output, errors) = (npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0) throw new InvalidOperationException($"npm ci of Azurite failed: {await output}{await errors}");
            await File.WriteAllTextAsync(installed, wanted);
        }
        finally
        {
            Installing.Release();
        }
    }

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true,
    })!;

    private async Task UntilOpenAsync(int port)
    {
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (patience.Elapsed < TimeSpan.FromMinutes(2) && !_process!.HasExited)
            {
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Tests that share one emulator.</summary>
[CollectionDefinition(nameof(Azurite))]
public sealed class AzuriteCollection : ICollectionFixture<Azurite>;
