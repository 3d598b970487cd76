using System.Runtime.InteropServices;

namespace Snowplow.Silo.Filters;

/// <summary>
/// Standard output or error, unbuffered. .NET's own stream passes over a reader that is gone (<c>EPIPE</c>) in silence, so that a
/// filter before <c>head</c> would go on for ever; this one ends it by a <see cref="ReaderGoneException"/>.
/// </summary>
internal sealed partial class StandardStream : Stream
{
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;

    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Standard output.</summary>
    public static Stream Output() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardStream(1);

    /// <summary>Standard error.</summary>
    public static Stream Error() => OperatingSystem.IsWindows() ? Console.OpenStandardError() : new StandardStream(2);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = Write(_descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == Interrupted) continue;
            if (error == BrokenPipe) throw new ReaderGoneException();
            throw new IOException($"The output cannot be written: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is kept back.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, ref byte bytes, nint count);
}
