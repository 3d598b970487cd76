using System.Diagnostics;

namespace Snowplow.Streams.Tests.Local;

/// <summary>A file system of a few bytes, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallDisk(int sizeBytes)
    {
        if (Run("mount", "-t", "tmpfs", "-o", $"size={sizeBytes}", "tmpfs", _folder.Path)) return;
        _folder.Dispose();
        throw new IOException("cannot mount a tmpfs");
    }

    public string Path => _folder.Path;

    public void Dispose()
    {
        Run("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
