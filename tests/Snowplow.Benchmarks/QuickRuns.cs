using Snowplow.Benchmarks.Events;
using Snowplow.Benchmarks.GrainCalls;
using Snowplow.Benchmarks.GrainState;
using Snowplow.Benchmarks.Kql;
using Snowplow.Benchmarks.Platform;
using Snowplow.Benchmarks.Warehouse;

namespace Snowplow.Benchmarks;

/// <summary>Plain runs that print their figures, by the name they are called with.</summary>
internal static class QuickRuns
{
    public static IReadOnlyDictionary<string, Func<Task>> All { get; } = new Dictionary<string, Func<Task>>(StringComparer.Ordinal)
    {
        ["collector"] = CollectorRun.RunAsync,
        ["extents"] = ExtentRun.RunAsync,
        ["grain-calls"] = GrainCallRun.RunAsync,
        ["kql"] = QueryRun.RunAsync,
        ["kql-load"] = QueryRun.LoadAsync,
        ["load"] = LoadRun.RunAsync,
        ["model"] = ModelRun.RunAsync,
        ["moving-cuts"] = MovingCutsRun.RunAsync,
        ["profiles"] = ProfilesRun.RunAsync,
        ["state-writes"] = StateWriteRun.RunAsync,
        ["users"] = UsersRun.RunAsync,
    };
}
