namespace Snowplow.Azure.DataExplorer;

/// <summary>What a range of a partition brought, as files that wait to be loaded.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">The first position of the range.</param>
/// <param name="UpTo">The first position behind it.</param>
/// <param name="Files">Its files, one for each table that it has rows of.</param>
internal sealed record LoadUnit(string Partition, long From, long UpTo, IReadOnlyList<LoadFile> Files);

/// <summary>A file of rows of one table.</summary>
/// <param name="Table">The table of Data Explorer.</param>
/// <param name="Name">The blob.</param>
/// <param name="Bytes">The bytes of its content, uncompressed.</param>
internal sealed record LoadFile(string Table, string Name, long Bytes);
