using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>tdigest</c>, <c>tdigest_merge</c>: see <see cref="ValueDigest"/>.</summary>
internal sealed class Tdigest(bool isMerge) : Accumulator
{
    public static readonly AggregateFunction Function = new("tdigest", 2, "The state of percentile, to be merged by tdigest_merge and read by percentile_tdigest.", call => Bind(call, "tdigest", false));

    public static readonly AggregateFunction Merging = new("tdigest_merge", 2, "States of tdigest made one.", call => Bind(call, "merge_tdigests", true));

    public static readonly AggregateFunction OldMerge = new("merge_tdigest", 2, "The same as tdigest_merge.", call => Bind(call, "merge_tdigests", true));

    private ValueDigest?[] _digests = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _digests, groupCount);
        for (var i = 0; i < groups.Length; i++)
        {
            if (arguments[0].IsNull(i)) continue;
            var digest = _digests[groups[i]] ??= new ValueDigest();
            if (isMerge) digest.Merge(ValueDigest.Parse(arguments[0].Box(i)));
            else digest.Add(((ValueColumn<double>)arguments[0])[i], arguments.Length > 1 ? ((ValueColumn<double>)arguments[1])[i] : 1);
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _digests, groupCount);
        var from = (Tdigest)other;
        for (var i = 0; i < Math.Min(map.Length, from._digests.Length); i++)
            if (from._digests[i] is { } digest) (_digests[map[i]] ??= new ValueDigest()).Merge(digest);
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _digests, groupCount);
        return [new DynamicColumn([.. _digests.Select(digest => (object?)digest?.ToBag())])];
    }

    private static BoundAggregate? Bind(AggregateCall call, string prefix, bool isMerge)
    {
        if (isMerge ? call.Arguments is not [{ Type: KqlType.Dynamic }] : call.Arguments.Count is not (1 or 2)) return null;
        if (!isMerge && !call.Arguments.All(argument => argument.Type.IsNumeric() || argument.Type == KqlType.Dynamic)) return null;
        return new BoundAggregate(
            isMerge ? call.Arguments : [.. call.Arguments.Select(argument => Conversions.To(argument, KqlType.Real))],
            [(call.Named(prefix), KqlType.Dynamic)],
            () => new Tdigest(isMerge));
    }
}
