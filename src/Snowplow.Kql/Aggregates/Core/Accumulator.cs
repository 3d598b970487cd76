using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;

namespace Snowplow.Kql.Aggregates.Core;

/// <summary>What an aggregate knows of each group so far. Each thread has its own; they are merged in the order of the rows.</summary>
internal abstract class Accumulator
{
    /// <summary>Bytes that it holds beyond some for each group, about: lists and tables that grow with the rows.</summary>
    public virtual long SizeBytes => 0;

    /// <summary>Takes rows in.</summary>
    /// <param name="arguments">The arguments of the aggregate.</param>
    /// <param name="groups">The group of each row.</param>
    /// <param name="groupCount">Number of groups by now.</param>
    public abstract void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount);

    /// <summary>Takes in what others of the same kind know of later rows, one after the other.</summary>
    /// <param name="later">The others.</param>
    /// <param name="maps">For each group of each other, the group here.</param>
    /// <param name="groupCount">Number of groups here by now.</param>
    /// <param name="context">The run.</param>
    public virtual void Join(IReadOnlyList<Accumulator> later, IReadOnlyList<int[]> maps, int groupCount, QueryContext context)
    {
        for (var i = 0; i < later.Count; i++) Merge(later[i], maps[i], groupCount);
    }

    /// <summary>Takes in what another of the same kind knows of later rows.</summary>
    /// <param name="other">The other.</param>
    /// <param name="map">For each group of the other, the group here.</param>
    /// <param name="groupCount">Number of groups here by now.</param>
    public abstract void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount);

    /// <summary>The results: a row for each group.</summary>
    public abstract Column[] Finish(int groupCount);

    /// <summary>An array with room for so many groups.</summary>
    protected static void Grow<T>(ref T[] array, int count)
    {
        if (array.Length < count) Array.Resize(ref array, Math.Max(count, Math.Max(16, 2 * array.Length)));
    }
}
