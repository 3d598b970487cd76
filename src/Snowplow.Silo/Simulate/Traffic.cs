using System.Text;

namespace Snowplow.Silo.Simulate;

/// <summary>
/// The requests of all visitors in the order of simulated time. It depends on the configuration and nothing else: the
/// same seed gives the same requests however fast they are sent. Not safe for concurrent use.
/// </summary>
internal sealed class Traffic
{
    /// <summary>Mean number of events of a visit; measured, see the tests.</summary>
    private const double EventsPerVisit = 14;

    /// <summary>Events per second that a run without a rate is expected to reach.</summary>
    private const double UnpacedRate = 20_000;

    /// <summary>Mean time from one visit of a returning visitor to the next.</summary>
    private static readonly TimeSpan VisitCycle = TimeSpan.FromHours(2.6);

    private readonly SimulateConfig _config;
    private readonly VisitorContext _shared;
    private readonly PriorityQueue<Visitor, (long Time, int Number)> _visitors = new();
    private readonly Queue<TrackerRequest> _last = new();
    private readonly double _arrivalInterval;
    private readonly long _limit;
    private long _events;
    private int _arrived;

    public Traffic(SimulateConfig config, TimeProvider clock)
    {
        _config = config;
        _limit = config.EventLimit;
        var span = SimulatedSpan(config);
        var start = clock.GetUtcNow() + (config.Duration ?? TimeSpan.Zero) - span;
        _shared = new VisitorContext(
            Encoding.UTF8.GetBytes(config.AppId), config.Batch, new Timeline(start, clock), new EntityWriter(), new EventWriter());
        var expectedVisitors = Math.Min(config.Users, Math.Max(1, ExpectedEvents(config) / EventsPerVisit));
        _arrivalInterval = span.TotalMilliseconds / expectedVisitors;
    }

    /// <summary>The next request; null when the run's number of events is reached.</summary>
    public TrackerRequest? Next()
    {
        while (_events < _limit)
        {
            Arrive();
            if (!_visitors.TryDequeue(out var visitor, out var turn))
                break;
            visitor.Act(turn.Time);
            _events++;
            if (visitor.NextAct is { } next)
                _visitors.Enqueue(visitor, (next, turn.Number));
            if (visitor.TakeComplete() is { } request)
                return request;
        }

        FlushAll();
        return _last.TryDequeue(out var rest) ? rest : null;
    }

    /// <summary>
    /// How much simulated time the run plays: as long as the visitors need for that many events at their natural
    /// pace, at least half an hour, and no less than the run itself takes.
    /// </summary>
    internal static TimeSpan SimulatedSpan(SimulateConfig config)
    {
        var visits = ExpectedEvents(config) / EventsPerVisit;
        var furtherVisitsPerVisitor = Math.Max(0, (visits / config.Users) - 1);
        // About 0.4 of the visitors return, for half of the span on average.
        var natural = VisitCycle * (furtherVisitsPerVisitor * 2 / 0.4);
        var floor = config.Duration is { } duration && duration > TimeSpan.FromMinutes(30) ? duration : TimeSpan.FromMinutes(30);
        return natural > floor ? natural : floor;
    }

    private static double ExpectedEvents(SimulateConfig config) =>
        config.EventLimit < long.MaxValue ? config.EventLimit : UnpacedRate * (config.Duration ?? TimeSpan.FromMinutes(1)).TotalSeconds;

    /// <summary>Lets those in whose time has come; when the last has left for good, the next newcomer comes at once.</summary>
    private void Arrive()
    {
        while (_arrived < _config.Users || _visitors.Count == 0)
        {
            var arrival = (long)(_arrived * _arrivalInterval);
            if (_visitors.TryPeek(out _, out var first) && first.Time <= arrival)
                return;
            _visitors.Enqueue(CreateVisitor(_arrived), (arrival, _arrived));
            _arrived++;
        }
    }

    private Visitor CreateVisitor(int number)
    {
        var random = SeededRandom.For(_config.Seed, number);
        var kind = random.NextDouble();
        var isGet = _config.Method == RequestMethods.Get;
        if (kind < 0.10)
            return AppVisitor.Create(_shared, isGet, random);
        if (kind < 0.14)
            return ServerVisitor.Create(_shared, number, isGet, random);
        if (kind < 0.22 && _config.Method != RequestMethods.Post)
            return PixelVisitor.Create(_shared, random);
        isGet |= _config.Method == RequestMethods.Mixed && random.Chance(0.1);
        return new WebVisitor(_shared, WebIdentity.Random(number, ref random), isGet, random);
    }

    private void FlushAll()
    {
        while (_visitors.TryDequeue(out var visitor, out _))
        {
            visitor.Flush();
            if (visitor.TakeComplete() is { } request)
                _last.Enqueue(request);
        }
    }
}
