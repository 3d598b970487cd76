using System.Collections.Concurrent;

namespace Snowplow.Silo.Replay;

/// <summary>Replays units side by side, one a core. Each has files of its own, so the results do not depend on their order.</summary>
/// <param name="create">Makes a replayer; as many as work at a time. They are owned from then on.</param>
internal sealed class ReplayRun(Func<Replayer> create) : IDisposable
{
    private readonly ConcurrentBag<Replayer> _all = [];
    private readonly ConcurrentBag<Replayer> _idle = [];
    private readonly ConcurrentBag<string> _damages = [];

    /// <summary>The replayers, with what they counted.</summary>
    public IReadOnlyCollection<Replayer> Replayers => _all;

    /// <summary>The sources that cannot be read to their end, a sentence each, in the order of their names.</summary>
    public IEnumerable<string> Damages => _damages.Order(StringComparer.Ordinal);

    /// <summary>Runs all units.</summary>
    /// <param name="units">The units.</param>
    /// <param name="done">Told of each that is done, from any thread.</param>
    /// <param name="stop">Ends the run; units under way leave nothing.</param>
    public Task RunAsync(IReadOnlyList<ReplayUnit> units, Action<ReplayUnit> done, CancellationToken stop)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop };
        return Parallel.ForEachAsync(units, options, async (unit, end) =>
        {
            if (!_idle.TryTake(out var replayer)) _all.Add(replayer = create());
            try
            {
                await replayer.RunAsync(unit, end).ConfigureAwait(false);
            }
            catch (InvalidDataException damaged)
            {
                _damages.Add($"{unit.Source} cannot be read to its end: {damaged.Message}");
            }

            _idle.Add(replayer);
            done(unit);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var replayer in _all) replayer.Dispose();
    }
}
