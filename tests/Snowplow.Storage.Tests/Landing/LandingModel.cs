using Snowplow.Storage.Landing;
using Snowplow.Storage.Tests.Blobs;
using static Snowplow.Storage.Tests.Landing.LandingFixture;

namespace Snowplow.Storage.Tests.Landing;

/// <summary>
/// Activations of one partition over one store, in an order that a seed decides: before and after every effect of the
/// store each of them may be held up, overtaken by others, killed or told that the store failed. What each attempt would
/// land differs from every other attempt, as enrichment may.
/// </summary>
internal sealed class LandingModel
{
    private const int MaxActivations = 3;

    private readonly Random _random;
    private readonly int _lives;
    private readonly MemoryBlobStore _store;
    private readonly List<Activation> _activations = [];
    private readonly AsyncLocal<Activation?> _current = new();

    // All that was ever tried, by (first position, label of the attempt), and what was once seen to have landed.
    private readonly Dictionary<string, Attempt> _attempts = [];
    private readonly Dictionary<long, (long UpTo, string Rows)> _landed = [];
    private long _finished;
    private int _attemptNumber;

    /// <summary>Prepares a run.</summary>
    /// <param name="seed">Decides everything.</param>
    /// <param name="canTruncate">Whether the store can cut.</param>
    /// <param name="maxActivations">How many activations may live at a time.</param>
    public LandingModel(int seed, bool canTruncate, int maxActivations = MaxActivations)
    {
        _random = new Random(seed);
        _lives = maxActivations;
        _store = new MemoryBlobStore(canTruncate)
        {
            Gate = () => _current.Value is { } activation ? activation.WaitAsync() : ValueTask.CompletedTask,
            Fate = (_, data) => DecideFate(data.Length),
        };
    }

    public MemoryBlobStore Store => _store;

    public int Conflicts { get; private set; }

    public int Adopted { get; private set; }

    /// <summary>Runs a number of steps, then stops all activations where they stand.</summary>
    public void Run(int steps)
    {
        // Everything happens on this thread, within Step; xunit's context would have it elsewhere.
        SynchronizationContext.SetSynchronizationContext(null);
        for (var step = 0; step < steps; step++)
        {
            foreach (var ended in _activations.Where(a => a.Run.IsCompleted)) ended.Run.GetAwaiter().GetResult();
            _activations.RemoveAll(a => a.Run.IsCompleted);
            if (_activations.Count == 0 || (_activations.Count < _lives && _random.Next(40) == 0)) Start();
            else if (_random.Next(60) == 0) _activations.RemoveAt(_random.Next(_activations.Count));
            else _activations[PreferOne()].Step();
        }

        _activations.Clear();
    }

    /// <summary>One more activation that nothing disturbs recovers, and lands a last batch. Then the files must hold what was landed.</summary>
    public async Task<List<LandedBatch>> CheckAsync()
    {
        _store.Fate = (_, _) => AppendFate.Succeeds;
        var (log, batches) = await RecoverAsync(_store, _finished);
        var end = batches.Count == 0 ? _finished : batches[^1].UpTo;
        await LandingFixture.LandAsync(log, end, end + 1, ["last"], hour: HourAt(end));

        var all = await ReadAllAsync(_store);
        long position = 0;
        foreach (var batch in all)
        {
            batch.From.ShouldBe(position);
            position = batch.UpTo;
            var rows = await RowsAsync(batch);
            if (_landed.TryGetValue(batch.From, out var landed)) (batch.UpTo, rows).ShouldBe(landed);
            if (batch.From != end) _attempts.ShouldContainKey($"{batch.From}-{batch.UpTo}:{rows}");
        }

        position.ShouldBe(end + 1);
        _landed.Keys.Except(all.Select(b => b.From)).ShouldBeEmpty();
        return all;
    }

    private static DateTimeOffset HourAt(long position) => Hour.AddHours((position / 20) - (position % 20 == 3 ? 1 : 0));

    private void Start()
    {
        var activation = new Activation();
        _activations.Add(activation);
        _current.Value = activation;
        activation.Run = LiveAsync(activation);
        _current.Value = null;
    }

    private async Task LiveAsync(Activation activation)
    {
        try
        {
            await activation.WaitAsync();
            var x = _finished;

            // As activations may be configured.
            var withFailed = _random.Next(3) > 0;
            var log = await OpenAsync(_store, x, Options with { RollBytes = _random.Next(1, 4) * 700 });
            while (true)
            {
                if (await log.ReadAsync(x, CancellationToken.None) is { } batch)
                {
                    Adopted++;
                    Landed(batch.From, batch.UpTo, await RowsAsync(batch));
                    x = batch.UpTo;
                }
                else
                {
                    x = await LandAsync(log, x, withFailed);
                }

                if (_random.Next(8) == 0) _finished = Math.Max(_finished, x);
            }
        }
        catch (LandingConflictException)
        {
            Conflicts++;
        }
        catch (IOException)
        {
            // The store failed; the activation ends, and another one finds out what happened.
        }
    }

    private async Task<long> LandAsync(LandedLog log, long x, bool withFailed)
    {
        var attempt = new Attempt(++_attemptNumber);
        var d = x + _random.Next(1, 5);
        for (var position = x; position < d; position++)
            (_random.Next(3) == 0 ? attempt.Bad : attempt.Good).Add($"{position}/{attempt.Number}");
        if (withFailed) attempt.Failed.AddRange(attempt.Bad.Where(_ => _random.Next(4) > 0));
        var rows = $"{string.Join(',', attempt.Good)}|{Text(Json([.. attempt.Bad]))}|{Text(Tsv([.. attempt.Failed]))}";
        _attempts.Add($"{x}-{d}:{rows}", attempt);
        await LandingFixture.LandAsync(log, x, d, [.. attempt.Good], [.. attempt.Bad], HourAt(x), [.. attempt.Failed]);
        Landed(x, d, rows);
        return d;
    }

    private void Landed(long from, long upTo, string rows)
    {
        if (!_landed.TryAdd(from, (upTo, rows))) _landed[from].ShouldBe((upTo, rows), "a landed batch never changes");
    }

    private async Task<string> RowsAsync(LandedBatch batch) =>
        $"{string.Join(',', Labels(batch))}|{await BadRowsAsync(_store, batch)}|{await FailedEventsAsync(_store, batch)}";

    private AppendFate DecideFate(int length) => _random.Next(25) switch
    {
        0 => new AppendFate(0),
        1 => new AppendFate(length),
        2 when _store.CanTruncate => new AppendFate(_random.Next(length)),
        _ => AppendFate.Succeeds,
    };

    // The youngest steps as often as all others together, so that the others are far behind when they wake.
    private int PreferOne() => _random.Next(2) == 0 ? _activations.Count - 1 : _random.Next(_activations.Count);

    private sealed record Attempt(int Number)
    {
        public List<string> Good { get; } = [];

        public List<string> Bad { get; } = [];

        public List<string> Failed { get; } = [];
    }

    private sealed class Activation
    {
        private TaskCompletionSource? _gate;

        public Task Run { get; set; } = Task.CompletedTask;

        public ValueTask WaitAsync()
        {
            _gate = new TaskCompletionSource();
            return new ValueTask(_gate.Task);
        }

        // Runs the activation on this thread until it waits again.
        public void Step()
        {
            var gate = _gate;
            _gate = null;
            gate?.SetResult();
        }
    }
}
