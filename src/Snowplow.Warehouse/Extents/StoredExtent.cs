using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Columns;

namespace Snowplow.Warehouse.Extents;

/// <summary>
/// An extent in a file that is mapped into memory. Any number of threads may read at once. The file may be deleted meanwhile; the mapping ends with
/// <see cref="Dispose"/>, or when nobody has the extent any more: whoever replaces an extent that queries may be reading lets go of it instead.
/// </summary>
public sealed unsafe class StoredExtent : Extent, IDisposable
{
    private const int MostFooterBytes = 1 << 30;

    private readonly MemoryMappedViewAccessor _view;
    private readonly SafeMemoryMappedViewHandle _handle;
    private readonly ExtentFooter _footer;
    private readonly StoredColumn?[] _columns;
    private readonly ExtentDamagedException?[] _damage;

    private StoredExtent(string path, MemoryMappedViewAccessor view, long sizeBytes, DateTime writtenOn)
    {
        Path = path;
        WrittenOn = writtenOn;
        SizeBytes = sizeBytes;
        _view = view;
        _handle = view.SafeMemoryMappedViewHandle;
        var isHeld = false;
        try
        {
            _handle.DangerousAddRef(ref isHeld);
            var end = (int)Math.Min(sizeBytes, MostFooterBytes);
            _footer = ExtentFooter.Read(new ReadOnlySpan<byte>(Start, end), new ReadOnlySpan<byte>(Start + sizeBytes - end, end), sizeBytes);
        }
        finally
        {
            if (isHeld) _handle.DangerousRelease();
        }

        _columns = new StoredColumn?[_footer.Columns.Count];
        _damage = new ExtentDamagedException?[_columns.Length];
        Columns = [.. _footer.Columns.Select(column => (column.Name, column.Type))];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Bytes of the file.</summary>
    public long SizeBytes { get; }

    /// <summary>When the file was written, in UTC.</summary>
    public DateTime WrittenOn { get; }

    /// <summary>Names and types of the columns.</summary>
    public IReadOnlyList<(string Name, KqlType Type)> Columns { get; }

    /// <inheritdoc/>
    public override int RowCount => _footer.RowCount;

    private byte* Start => (byte*)_handle.DangerousGetHandle();

    /// <summary>Opens a file. Its footer is checked now, each column when it is first read.</summary>
    /// <exception cref="ExtentDamagedException">It is no whole extent.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StoredExtent Open(string path)
    {
        var written = new FileInfo(path);
        var size = written.Length;
        if (size == 0) throw new ExtentDamagedException(path, null, "it is empty");
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        try
        {
            return new StoredExtent(path, view, size, written.LastWriteTimeUtc);
        }
        catch (InvalidDataException exception)
        {
            view.Dispose();
            throw new ExtentDamagedException(path, null, exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ExtentDamagedException">The column is not what was written.</exception>
    public override Column Read(int column, int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + count, RowCount);
        var (name, type) = Columns[column];
        if (count == 0) return Kql.Data.Columns.Nulls(type, 0);
        return Within(column, (stored, region) =>
        {
            var parts = new List<Column>();
            for (var row = start; row < start + count;)
            {
                var (block, first) = (row / Batch.Size, row / Batch.Size * Batch.Size);
                var rows = Math.Min(Batch.Size, RowCount - first);
                var end = Math.Min(start + count, first + rows);
                var whole = stored.Read(region, block, rows);
                parts.Add(end - row == rows ? whole : whole.Slice(row - first, end - row));
                row = end;
            }

            return parts.Count == 1 ? parts[0] : Kql.Data.Columns.Concatenate(type, parts);
        });
    }

    /// <inheritdoc/>
    /// <exception cref="ExtentDamagedException">The column is not what was written.</exception>
    public override Column? ReadRows(int column, int start, int count, int[] rows)
    {
        if (start % Batch.Size != 0 || rows.Length == 0) return null;
        return Within(column, (stored, region) => stored.ReadRows(region, start / Batch.Size, RowsOf(start / Batch.Size), rows));
    }

    /// <inheritdoc/>
    public override bool MayHold(IReadOnlyList<RowTest> tests, int start, int count)
    {
        for (var block = start / Batch.Size; block <= (start + count - 1) / Batch.Size; block++)
            if (tests.All(test => MayHold(test, block))) return true;
        return false;
    }

    /// <summary>Whether some row may pass all tests; false is certain.</summary>
    public bool MayHold(IReadOnlyList<RowTest> tests) => RowCount > 0 && MayHold(tests, 0, RowCount);

    /// <inheritdoc/>
    public override int[]? Passing(IReadOnlyList<RowTest> tests, int start, int count)
    {
        if (start % Batch.Size != 0) return null;
        var passing = Passing(new AllTests(tests), start / Batch.Size);
        return passing is null ? null : PassingRows.Places(passing, count);
    }

    /// <summary>The least and greatest value of a column, as <see cref="Column.Box"/> gives them; null where it is not known, or there is none.</summary>
    public (object Least, object Greatest)? Range(int column) => Within(column, (stored, _) => stored.Range);

    /// <summary>The value of a bool (0 or 1), int, long, datetime or timespan (ticks); null where the row has none, or the column is of another type.</summary>
    public long? Int64At(int column, int row) => Within(column, (stored, region) => stored.Int64At(region, row));

    /// <summary>The uuid of a string or guid, its first digits in the highest bits; null where the row has none, or the column is not stored as uuids.</summary>
    public UInt128? UuidAt(int column, int row) => Within(column, (stored, region) => stored.UuidAt(region, row));

    /// <summary>Holds all bytes of a column to its checksum, unless that was done when it was read.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="ExtentDamagedException">The column is not what was written.</exception>
    internal long Verify(int column)
    {
        Within(column, (_, _) => true);
        return Describe(column).SizeBytes;
    }

    /// <summary>Bytes of a column in the file, and how they are laid out.</summary>
    internal (ColumnForm Form, long SizeBytes) Describe(int column) => (_footer.Columns[column].Form, _footer.Columns[column].Length + _footer.Columns[column].Directory.Length);

    /// <summary>Ends the mapping once no read is under way; reads afterwards fail.</summary>
    public void Dispose() => _view.Dispose();

    private int RowsOf(int block) => Math.Min(Batch.Size, RowCount - (block * Batch.Size));

    private bool MayHold(RowTest test, int block) => test switch
    {
        AllTests all => all.Tests.All(one => MayHold(one, block)),
        AnyTest any => any.Tests.Any(one => MayHold(one, block)),
        ColumnRange range => Within(range.Column, (stored, region) => stored.MayHold(region, range, block)),
        TextTest text => Within(text.Column, (stored, region) => stored.MayHold(region, text, block, RowsOf(block))),
        _ => true,
    };

    private ulong[]? Passing(RowTest test, int block) => test switch
    {
        AllTests all => all.Tests.Aggregate((ulong[]?)null, (passing, one) => passing is [] ? passing : PassingRows.Both(passing, Passing(one, block))),
        AnyTest any => any.Tests.Aggregate((ulong[]?)[], (passing, one) => passing is null ? null : PassingRows.Either(passing, Passing(one, block))),
        TextTest text => Within(text.Column, (stored, region) => stored.Passing(region, text, block, RowsOf(block))),
        _ => MayHold(test, block) ? null : [],
    };

    private delegate T Reading<T>(StoredColumn column, byte* region);

    private T Within<T>(int column, Reading<T> read)
    {
        var isHeld = false;
        try
        {
            // The mapping stays for as long as it is read.
            _handle.DangerousAddRef(ref isHeld);
            var region = Start + _footer.Columns[column].Offset;
            return read(_columns[column] ?? Check(column, region), region);
        }
        catch (InvalidDataException exception)
        {
            throw Damage(column, exception.Message, exception);
        }
        finally
        {
            if (isHeld) _handle.DangerousRelease();
        }
    }

    private StoredColumn Check(int column, byte* region)
    {
        if (_damage[column] is { } known) throw known;
        var entry = _footer.Columns[column];
        if (Checksum(region, entry.Length) != entry.Checksum) throw Damage(column, "its bytes do not match their checksum", null);
        var stored = ColumnForms.Read(entry.Type, entry.Form, entry.Directory);
        return Interlocked.CompareExchange(ref _columns[column], stored, null) ?? stored;
    }

    private ExtentDamagedException Damage(int column, string reason, Exception? inner) => _damage[column] = new ExtentDamagedException(Path, Columns[column].Name, reason, inner);

    private static ulong Checksum(byte* region, long length)
    {
        var hash = new XxHash3();
        for (var done = 0L; done < length; done += 1 << 30) hash.Append(new ReadOnlySpan<byte>(region + done, (int)Math.Min(1 << 30, length - done)));
        return hash.GetCurrentHashAsUInt64();
    }
}
