using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>A process that a test has started, and everything that it has written. Disposing kills it if it still runs.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigInt = 2;
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ChildProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Standard output and standard error so far.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program that is on the PATH or named by its path.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments, as they are.</param>
    /// <param name="folder">The folder it starts in.</param>
    /// <param name="environment">Variables added to the test's own; a null value takes one away.</param>
    public static ChildProcess Start(
        string program, IEnumerable<string> arguments, string folder, IEnumerable<KeyValuePair<string, string?>>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        return new ChildProcess(start);
    }

    /// <summary>Runs a program to its end and fails the test unless it ends well.</summary>
    /// <returns>What it has written.</returns>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string folder, TimeSpan within)
    {
        await using var process = Start(program, arguments, folder);
        (await process.ExitedAsync(within)).ShouldBe(0, $"{program} failed:\n{process.Output}");
        return process.Output;
    }

    /// <summary>Waits for the end of the process.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It still runs; the message holds its output.</exception>
    public async Task<int> ExitedAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{_process.StartInfo.FileName} did not end within {within}. Its output:\n{Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>SIGKILL: the process gets no chance to do anything.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGINT, as from Ctrl-C.</summary>
    public void Interrupt() => Signal(_process.Id, SigInt).ShouldBe(0, "SIGINT could not be sent");

    /// <summary>SIGTERM, as from a service manager or container platform.</summary>
    public void Terminate() => Signal(_process.Id, SigTerm).ShouldBe(0, "SIGTERM could not be sent");

    /// <summary>What the process holds in physical memory.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
