using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Snowplow.Streams.Local;

/// <summary>
/// Makes a file's bytes durable. On Linux by <c>fdatasync</c> itself: <see cref="RandomAccess.FlushToDisk"/> takes it for success
/// when a file system has become read-only after an error, and writes times that nobody needs.
/// </summary>
internal static partial class FileSync
{
    private const int Interrupted = 4;

    /// <summary>Returns once the file's bytes are on the disk.</summary>
    /// <exception cref="IOException">They may not be, and another flush that succeeds does not say that they are.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public static void Flush(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        while (FDataSync(file) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == Interrupted) continue;
            var cause = new Win32Exception(error);
            throw new IOException($"flush to the disk failed: {cause.Message}", cause);
        }
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);
}
