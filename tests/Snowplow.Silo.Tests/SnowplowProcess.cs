using System.Diagnostics;

namespace Snowplow.Silo.Tests;

/// <summary>The real program in a process of its own, started in a folder of the test's choosing.</summary>
internal sealed class SnowplowProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SnowplowProcess(Process process) => _process = process;

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Standard output.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>Standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Runs a filter over an input to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> FilterAsync(string folder, ReadOnlyMemory<byte> input, params string[] arguments)
    {
        await using var process = Start(folder, arguments);
        var end = process.EndAsync();
        try
        {
            await process.Input.WriteAsync(input);
            process.Input.Close();
        }
        catch (IOException)
        {
            // It ended without reading: the exit code tells.
        }

        return await end;
    }

    /// <summary>Starts <c>snowplow</c> with these arguments.</summary>
    public static SnowplowProcess Start(string folder, params string[] arguments) => Start(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Starts <c>snowplow</c> with these arguments and, beside what it inherits, this environment.</summary>
    public static SnowplowProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "snowplow.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new SnowplowProcess(Process.Start(start)!);
    }

    /// <summary>The address in the line of a server's banner that says where to send events; the banner comes once it listens.</summary>
    public async Task<string> AddressAsync()
    {
        const string Label = "Send events to";
        while (await Output.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Label, StringComparison.Ordinal))
                return line[Label.Length..].Trim();
        }

        throw new InvalidOperationException("The server ended before it said where to send events.");
    }

    /// <summary>Waits for its end and returns the exit code with all that it wrote.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        var output = _process.StandardOutput.ReadToEndAsync();
        var error = _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, await output, await error);
    }

    /// <summary>Waits for its end when standard output is closed already.</summary>
    public async Task<(int ExitCode, string Error)> ErrorAtEndAsync()
    {
        var error = await _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, error);
    }

    /// <summary>Asks it to stop, as Ctrl-C does.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
