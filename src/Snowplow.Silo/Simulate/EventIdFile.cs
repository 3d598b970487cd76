namespace Snowplow.Silo.Simulate;

/// <summary>
/// A file of event ids, one a line. Each write goes to the operating system before it returns, so the file is right
/// at any moment as long as the machine stays up. Safe from several threads.
/// </summary>
internal sealed class EventIdFile(string path) : IDisposable
{
    private const int LineLength = 37;

    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
    private readonly Lock _turn = new();
    private byte[] _lines = [];

    /// <summary>Appends the ids.</summary>
    public void Append(IReadOnlyList<Guid> ids)
    {
        lock (_turn)
        {
            var size = ids.Count * LineLength;
            if (_lines.Length < size)
                _lines = new byte[size];
            for (var i = 0; i < ids.Count; i++)
            {
                ids[i].TryFormat(_lines.AsSpan(i * LineLength), out _);
                _lines[(i * LineLength) + LineLength - 1] = (byte)'\n';
            }

            _file.Write(_lines, 0, size);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
