using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>new_guid</c>: a new guid.</summary>
internal static class NewGuid
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("new_guid", 1, "A new guid.")
        .With(FunctionTraits.NotDeterministic)
        .Vector(KqlType.Guid, [], (_, rows, _) => new ValueColumn<Guid>(KqlType.Guid, [.. Enumerable.Range(0, rows).Select(_ => Guid.NewGuid())]));
}
