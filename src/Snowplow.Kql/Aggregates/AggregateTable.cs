using Snowplow.Kql.Aggregates.Core;

namespace Snowplow.Kql.Aggregates;

/// <summary>All aggregate functions.</summary>
internal static class AggregateTable
{
    /// <summary>The functions, in the order in which the documentation lists them.</summary>
    public static readonly AggregateFunction[] All =
    [
        Count.Function, CountIf.Function,
        CountDistinct.Function, CountDistinct.Function.If("count_distinctif", "count_distinctif"),
        DCount.Function, DCount.Function.If("dcountif", "dcountif"),
        DCount.Hll, DCount.Hll.If("hll_if", "hll_if"), HllMerge.Function,
        Sum.Function, Sum.Function.If("sumif", "sumif"),
        Avg.Function, Avg.Function.If("avgif", "avgif"),
        Extreme.Min, Extreme.Min.If("minif", "minif"),
        Extreme.Max, Extreme.Max.If("maxif", "maxif"),
        ArgExtreme.Max, ArgExtreme.Min,
        TakeAny.Function, TakeAny.Any, TakeAny.Function.If("take_anyif", ""),
        MakeList.List, MakeList.OldList, MakeList.List.If("make_list_if", "list"), MakeList.ListWithNulls,
        MakeList.Set, MakeList.OldSet, MakeList.Set.If("make_set_if", "set"),
        MakeBag.Function, MakeBag.Function.If("make_bag_if", "bag"),
        Percentile.Function, Percentile.Several, Percentile.Array, Percentile.Weighted, Percentile.SeveralWeighted, Percentile.ArrayWeighted,
        Tdigest.Function, Tdigest.Merging, Tdigest.OldMerge,
        Variance.Sample, Variance.Sample.If("varianceif", "varianceif"), Variance.Population, Variance.Population.If("variancepif", "variancepif"),
        Variance.SampleRoot, Variance.SampleRoot.If("stdevif", "stdevif"), Variance.PopulationRoot, Variance.PopulationRoot.If("stdevpif", "stdevpif"),
        Covariance.Sample, Covariance.Sample.If("covarianceif", "covarianceif", 2), Covariance.Population, Covariance.Population.If("covariancepif", "covariancepif", 2),
        BinaryAll.And, BinaryAll.Or, BinaryAll.Xor, BuildSchema.Function,
    ];

    private static readonly Dictionary<string, AggregateFunction> ByName = All.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>The aggregate of a name; null where there is none.</summary>
    public static AggregateFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
