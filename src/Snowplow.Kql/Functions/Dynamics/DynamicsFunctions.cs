using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary>The functions of this folder.</summary>
internal static class DynamicsFunctions
{
    public static readonly ScalarFunction[] All =
    [
        ArrayLength.Function, BagKeys.Function, BagPack.Function, PackArray.Function, RangeArray.Function, ArrayConcat.Function,
        ArrayIff.Function, ArrayIndexOf.Function, ArrayReverse.Function, ArrayRotateLeft.Function, ArrayRotateRight.Function,
        ArrayShiftLeft.Function, ArrayShiftRight.Function, ArraySlice.Function, ArraySortAsc.Function, ArraySortDesc.Function,
        ArraySplit.Function, ArraySum.Function, BagMerge.Function, BagHasKey.Function, BagRemoveKeys.Function,
        BagSetKey.Function, BagZip.Function, SetUnion.Function, SetIntersect.Function, SetDifference.Function,
        SetHasElement.Function, JaccardIndex.Function, Zip.Function, Treepath.Function, DynamicToJson.Function,
        DcountHll.Function, PercentileTdigest.Function, TdigestMerge.Function, HllMergeScalar.Function, Repeat.Function,
        RankTdigest.Function, PercentrankTdigest.Function, PercentilesArrayTdigest.Function, SetEquals.Function,
    ];
}
