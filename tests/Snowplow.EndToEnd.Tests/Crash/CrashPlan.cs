using System.Globalization;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>What happens in a crash test, all of it decided by a seed.</summary>
internal sealed class CrashPlan
{
    private readonly Random _random;
    private readonly Uri _registry;

    /// <param name="seed">The seed.</param>
    /// <param name="registry">The registry that flaps.</param>
    public CrashPlan(int seed, Uri registry)
    {
        _random = new Random(seed);
        _registry = registry;
    }

    /// <summary>The seed: <c>SNOWPLOW_CRASH_SEED</c>, or 1.</summary>
    public static int Seed { get; } = Number("SNOWPLOW_CRASH_SEED") ?? 1;

    /// <summary>How often the product is ended: <c>SNOWPLOW_CRASH_ROUNDS</c>, or 20, at full scale 200.</summary>
    public static int Rounds { get; } =
        Number("SNOWPLOW_CRASH_ROUNDS") ?? (Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 200 : 20);

    /// <summary>How the run of a round ends. Every fifth is interrupted; of the others one in four is killed while it starts.</summary>
    public RunEnd NextEnd(int round)
    {
        var isKilledEarly = _random.Next(4) == 0;
        return round % 5 == 0 ? RunEnd.Interrupted : isKilledEarly ? RunEnd.KilledWhileStarting : RunEnd.KilledUnderLoad;
    }

    /// <summary>When the next run ends: up to two seconds after its start, or after it has become ready.</summary>
    public TimeSpan NextMoment() => TimeSpan.FromMilliseconds(_random.Next(2000));

    /// <summary>The configuration of the next run, seldom the same as the last. Bad rows tell by their version whether failed events are on.</summary>
    public Settings NextSettings()
    {
        var withFailed = _random.Next(3) > 0;
        return new()
        {
            IgluFolders = _random.Next(2) == 0 ? [] : [Built.IgluFolder],
            IgluRegistries = [_registry],
            IgluPatience = TimeSpan.FromMilliseconds(_random.Next(200, 1000)),
            RollBytes = _random.Next(3) == 0 ? 20_000 : null,
            FailedEvents = withFailed,
            EtlVersion = $"{(withFailed ? Outcomes.VersionsWithFailedEvents : "9.0.")}{_random.Next(5)}",
            CheckpointInterval = _random.Next(3) == 0 ? TimeSpan.FromMilliseconds(200) : null,
            WarehouseFlushRows = _random.Next(3) == 0 ? null : _random.Next(1, 200),
        };
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
