using System.Diagnostics;

namespace Snowplow.Streams.Tests.Local;

/// <summary>
/// An ext4 file system in a file of this machine's disk. What that file holds at some moment is what a power loss at that moment
/// would leave: what has not been flushed is in the memory of the operating system alone.
/// </summary>
internal sealed class PowerLossDisk : IDisposable
{
    private const long SizeBytes = 96 << 20;

    private readonly TemporaryFolder _folder = new();
    private readonly string _image;
    private int _losses;

    public PowerLossDisk()
    {
        _image = System.IO.Path.Combine(_folder.Path, "disk");
        using (var image = File.Create(_image)) image.SetLength(SizeBytes);
        Run("mkfs.ext4", "-q", "-F", _image);
        Path = Mount(_image, "now");
    }

    /// <summary>Where it is mounted.</summary>
    public string Path { get; }

    /// <summary>Has a power loss now, and gives what is mounted after it. This disk goes on meanwhile.</summary>
    public MountedCopy LosePower()
    {
        var copy = $"{_image}-{++_losses}";
        // Taken twice: if nothing changed from each block's first reading to its second, all of the first are of one moment.
        do File.Copy(_image, copy, overwrite: true);
        while (!IsSame(copy, _image));
        return new MountedCopy(Mount(copy, $"after-{_losses}"), copy);
    }

    public void Dispose()
    {
        Unmount(Path);
        _folder.Dispose();
    }

    private static bool IsSame(string left, string right)
    {
        using var a = File.OpenRead(left);
        using var b = File.OpenRead(right);
        var (x, y) = (new byte[1 << 20], new byte[1 << 20]);
        while (a.Read(x) is > 0 and var length)
        {
            b.ReadExactly(y, 0, length);
            if (!x.AsSpan(0, length).SequenceEqual(y.AsSpan(0, length))) return false;
        }

        return true;
    }

    private string Mount(string image, string name)
    {
        var path = Directory.CreateDirectory(System.IO.Path.Combine(_folder.Path, name)).FullName;
        Run("mount", "-o", "loop", image, path);
        return path;
    }

    private static void Unmount(string path) => Run("umount", path);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new IOException($"{program} {string.Join(' ', arguments)}: {error.Trim()}");
    }

    /// <summary>What a power loss left, mounted until it is disposed of.</summary>
    internal sealed class MountedCopy(string path, string image) : IDisposable
    {
        public string Path => path;

        public void Dispose()
        {
            Unmount(path);
            File.Delete(image);
        }
    }
}
