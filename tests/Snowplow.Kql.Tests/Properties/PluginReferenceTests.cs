using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests.Properties;

/// <summary>The plugins of user analytics over random users, against what their definitions say, looked up event by event.</summary>
public sealed class PluginReferenceTests
{
    private const long Start = 100;

    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 20_000 : 300;

    private static readonly (string Name, KqlType Type)[] Columns = [("u", KqlType.Long), ("t", KqlType.Long), ("s", KqlType.String)];

    [Fact]
    public void ActivityPlugins_GiveWhatTheirDefinitionsSay()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var events = Events(random);
            var (end, size, more) = (Start + random.Next(40), random.Next(1, 12), random.Next(0, 20));
            var starts = Enumerable.Range(0, (int)((end - Start) / size) + 1).Select(k => Start + (k * (long)size)).ToArray();

            Check(seed, events, $"activity_metrics(u, t, {Start}, {end}, {size})", Metrics(events, starts, size));
            Check(seed, events, $"activity_engagement(u, t, {Start}, {end}, {size}, {size + more})", Engagement(events, starts, size, size + more));
            Check(seed, events, $"new_activity_metrics(u, t, {Start}, {end}, {size})", Cohorts(events, starts, size));
            Check(seed, events, $"sliding_window_counts(u, t, {Start}, {end}, {size + more}, {size})", Sliding(events, starts, size, (size + more) / size * size));
            var (period, least) = (random.Next(1, 6), random.Next(1, 4));
            Check(seed, events, $"active_users_count(u, t, {Start}, {end}, {more + 1}, {period}, {least}, {size})", Active(events, starts, size, more + 1, period, least));
        }
    }

    [Fact]
    public void FunnelPlugins_GiveWhatTheirDefinitionsSay()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            // Times differ, so that what comes first is plain.
            var events = Events(random).DistinctBy(item => item.Time).ToList();
            var (size, step, span) = (random.Next(1, 30), random.Next(1, 12), random.Next(1, 20));
            var end = Start + random.Next(40);
            var names = Enumerable.Range(0, random.Next(1, 4)).Select(_ => "xyz"[random.Next(3)].ToString()).ToArray();
            var sequence = $"dynamic(['{string.Join("', '", names)}'])";
            var starts = Enumerable.Range(0, (int)((end - Start) / size) + 1).Select(k => Start + (k * (long)size)).ToArray();

            Check(seed, events, $"funnel_sequence_completion(u, t, {Start}, {end}, {size}, s, {sequence}, dynamic([{step}, {span}]))", Completion(events, starts, size, names, [step, span]));
            var conditions = string.Join(", ", names.Select((name, i) => $"e{i} = (s == '{name}')"));
            Check(seed, events, $"sequence_detect(t, {step}, {span}, {conditions}, u)", Detected(events, names, step, span));
        }
    }

    private static List<(long User, long Time, string State)> Events(Random random)
    {
        var users = random.Next(1, 6);
        return [.. Enumerable.Range(0, random.Next(0, 40)).Select(_ => ((long)random.Next(users), Start + random.Next(-20, 60), "xyz"[random.Next(3)].ToString()))];
    }

    private static void Check(int seed, List<(long User, long Time, string State)> events, string plugin, IEnumerable<object?[]> expected)
    {
        var table = new SplitTable("A", Columns, [.. events.Select(item => new object?[] { item.User, item.Time, item.State })], new Random(seed));
        var rows = new KqlEngine(new Database([table])).Run($"A | evaluate {plugin}", new QueryOptions { Workers = 2 })[0].Rows();

        // Dimensions come in the order of rows; the reference does not know it.
        rows.Select(Text).Order(StringComparer.Ordinal).ShouldBe(expected.Select(Text).Order(StringComparer.Ordinal), $"seed {seed}: {plugin}");
    }

    private static HashSet<long> Users(List<(long User, long Time, string State)> events, long from, long to) =>
        [.. events.Where(item => item.Time >= from && item.Time < to).Select(item => item.User)];

    private static IEnumerable<object?[]> Metrics(List<(long User, long Time, string State)> events, long[] starts, int size)
    {
        foreach (var start in starts)
        {
            var users = Users(events, start, start + size);
            var before = start == Start ? [] : Users(events, start - size, start);
            if (users.Count == 0 && before.Count == 0) continue;
            double retained = before.Intersect(users).Count(), lost = before.Except(users).Count();
            yield return [start, (long)users.Count, (long)users.Except(before).Count(), retained / before.Count, lost / before.Count];
        }
    }

    private static IEnumerable<object?[]> Engagement(List<(long User, long Time, string State)> events, long[] starts, int inner, int outer)
    {
        foreach (var start in starts)
        {
            double few = Users(events, start, start + inner).Count, many = Users(events, start + inner - outer, start + inner).Count;
            if (many > 0) yield return [start, (long)few, (long)many, few / many];
        }
    }

    private static IEnumerable<object?[]> Sliding(List<(long User, long Time, string State)> events, long[] starts, int bin, int lookback)
    {
        foreach (var start in starts)
        {
            var count = events.Count(item => item.Time >= start + bin - lookback && item.Time < start + bin);
            if (count > 0) yield return [start, (long)count, (long)Users(events, start + bin - lookback, start + bin).Count];
        }
    }

    private static IEnumerable<object?[]> Cohorts(List<(long User, long Time, string State)> events, long[] starts, int size)
    {
        foreach (var from in starts)
        {
            var cohort = Users(events, from, from + size).Except(Users(events, Start, from)).ToList();
            if (cohort.Count == 0) continue;
            foreach (var to in starts.Where(to => to >= from))
            {
                var users = Users(events, to, to + size);
                double retained = cohort.Intersect(users).Count(), lost = cohort.Except(users).Count();
                var added = to == from ? cohort.Count : users.Except(Users(events, Start, from + size)).Count();
                yield return [from, to, (long)added, (long)retained, (long)lost, retained / cohort.Count, lost / cohort.Count];
            }
        }
    }

    private static IEnumerable<object?[]> Active(List<(long User, long Time, string State)> events, long[] starts, int size, int lookback, int period, int least)
    {
        foreach (var start in starts)
        {
            var active = events.Where(item => item.Time >= start && item.Time < start + size)
                .Where(item => events.Where(other => other.User == item.User && other.Time <= item.Time && other.Time > item.Time - lookback)
                    .Select(other => Math.Floor((other.Time - Start) / (double)period)).Distinct().Count() >= least)
                .Select(item => item.User).Distinct().Count();
            if (active > 0) yield return [start, (long)active];
        }
    }

    private static IEnumerable<object?[]> Completion(List<(long User, long Time, string State)> events, long[] starts, int size, string[] names, long[] periods)
    {
        foreach (var start in starts)
        {
            var bin = events.Where(item => item.Time >= start && item.Time < start + size).ToList();
            if (bin.TrueForAll(item => item.State != names[0])) continue;
            foreach (var period in periods)
            {
                for (var step = 1; step <= names.Length; step++)
                {
                    var users = bin.Select(item => item.User).Distinct().Count(user => Ways([.. bin.Where(item => item.User == user)], names[..step], period, period).Any());
                    yield return [start, names[step - 1], period, (long)users];
                }
            }
        }
    }

    private static IEnumerable<object?[]> Detected(List<(long User, long Time, string State)> events, string[] names, long step, long span) =>
        events.GroupBy(item => item.User).SelectMany(user => Ways([.. user], names, step, span).Select(way => (object?[])[user.Key, .. way.Cast<object?>(), way[^1] - way[0]]));

    /// <summary>All ways through events of the states, one later than the other.</summary>
    private static IEnumerable<long[]> Ways(List<(long User, long Time, string State)> events, string[] names, long step, long span) =>
        names.Aggregate((IEnumerable<long[]>)[[]], (ways, name) => ways.SelectMany(way => events
            .Where(item => item.State == name && (way.Length == 0 || (item.Time > way[^1] && item.Time - way[^1] <= step && item.Time - way[0] <= span)))
            .Select(item => (long[])[.. way, item.Time])));

    private static string Text(object?[] row) => string.Join(" | ", row.Select(value => value is null ? "null" : DynamicValue.Text(value)));
}
