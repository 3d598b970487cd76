namespace Snowplow.Enrich.Mmdb;

/// <summary>What a database says of itself.</summary>
/// <param name="NodeCount">Nodes of the search tree.</param>
/// <param name="RecordBits">Bits of each of a node's two records: 24, 28 or 32.</param>
/// <param name="IpVersion">4 or 6.</param>
/// <param name="DatabaseType">What it holds, such as <c>GeoLite2-City</c>.</param>
/// <param name="BuiltAt">When it was built.</param>
internal sealed record MmdbMetadata(int NodeCount, int RecordBits, int IpVersion, string DatabaseType, DateTimeOffset BuiltAt)
{
    private const int MaxBytes = 128 * 1024;

    private static readonly MmdbFields Fields = new("node_count", "record_size", "ip_version", "database_type", "build_epoch", "binary_format_major_version");

    private static ReadOnlySpan<byte> Marker => [0xab, 0xcd, 0xef, (byte)'M', (byte)'a', (byte)'x', (byte)'M', (byte)'i', (byte)'n', (byte)'d', (byte)'.', (byte)'c', (byte)'o', (byte)'m'];

    /// <summary>Bytes of a node.</summary>
    public int NodeBytes => RecordBits / 4;

    /// <summary>Bytes of the search tree.</summary>
    public long TreeBytes => (long)NodeCount * NodeBytes;

    /// <summary>Reads the metadata at the end of a file.</summary>
    /// <exception cref="MmdbException">There is none, or it contradicts the file.</exception>
    public static MmdbMetadata Read(ReadOnlySpan<byte> file)
    {
        var tail = file[^Math.Min(file.Length, MaxBytes)..];
        var marker = tail.LastIndexOf(Marker);
        if (marker < 0) throw new MmdbException("it has no metadata: it is no MaxMind database");
        var data = new MmdbData(tail[(marker + Marker.Length)..]);
        Span<MmdbValue> values = stackalloc MmdbValue[Fields.Count];
        Fields.Read(data, 0, values);
        var section = data.Section;
        var metadata = new MmdbMetadata(
            Number(values[0], section, "node_count"),
            Number(values[1], section, "record_size"),
            Number(values[2], section, "ip_version"),
            System.Text.Encoding.UTF8.GetString(values[3].Text(section)),
            DateTimeOffset.FromUnixTimeSeconds((long)(values[4].Unsigned(section) ?? 0)));
        if (Number(values[5], section, "binary_format_major_version") != 2) throw new MmdbException("its format is not version 2");
        if (metadata.RecordBits is not (24 or 28 or 32)) throw new MmdbException($"its records have {metadata.RecordBits} bits, not 24, 28 or 32");
        if (metadata.IpVersion is not (4 or 6)) throw new MmdbException($"it is for IP version {metadata.IpVersion}");
        if (metadata.TreeBytes + MmdbDatabase.SeparatorBytes > file.Length)
            throw new MmdbException($"its {metadata.NodeCount} nodes do not fit into its {file.Length} bytes");
        return metadata;
    }

    private static int Number(MmdbValue value, ReadOnlySpan<byte> section, string name) =>
        value.Unsigned(section) is { } number and <= int.MaxValue ? (int)number : throw new MmdbException($"its metadata has no {name}");
}
