using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Model.EventRows;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Model.Tests;

public sealed class ContentFuzzTests
{
    private static readonly string[] Values =
    [
        "", "x", "page_ping", "page_view", "2026-03-01 12:00:00.000", "0001-01-01 00:00:00.000", "9999-12-31 23:59:59.999", "2026-13-01",
        "-1", "99999999999999999999", "00000000-0000-0000-0000-000000000000", "\ud83d\ude00", new('y', 70_000), "{", "[]", "null",
        "{\"schema\":\"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1\",\"data\":[{\"schema\":\"iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2\",\"data\":{\"sessionIndex\":1e400,\"userId\":7,\"sessionId\":\"\\ud800\"}}]}",
        "{\"schema\":\"x\",\"data\":[[[[[[1]]]]]]}",
    ];

    [Fact]
    public void Lines_OfAnyContent_AreAppliedAndGiveRows()
    {
        var rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 100_000 : 3000;
        var random = new Random(4);
        var rules = ModelRules.Default;
        var (reader, eventRows) = (new EventKeyReader(), new EventRowWriter(rules));
        var (cut, client, user) = (new SessionState { Key = "n:x" }, new SessionState { Key = "s:x" }, new UserState { Key = "n:x" });
        for (var round = 1; round <= rounds; round++)
        {
            var e = Line(random);
            var keys = Should.NotThrow(() => reader.Read(e));
            eventRows.Add(e, keys);
            cut.Apply("log/0", round - 1, round, [e], rules).ShouldBe(ApplyOutcome.Applied);
            client.Apply("log/0", round - 1, round, [e], rules).ShouldBe(ApplyOutcome.Applied);
            user.Apply("log/0", round - 1, round, [e], rules).ShouldBe(ApplyOutcome.Applied);
        }

        foreach (var state in new[] { cut, client })
        {
            state.BeforeWrite(rules);
            state.AfterWrite();
            state.Rows("log/0", 0, rules).SessionRows().ShouldNotBeEmpty();
            state.Rows("log/0", 0, rules).ViewRows().ShouldNotBeEmpty();
        }

        user.BeforeWrite();
        user.AfterWrite();
        user.Rows("log/0", 0).UserRow().ShouldNotBeNull();
        client.CurrentRow("x", rules)!.TotalEvents.ShouldBeInRange(rounds / 2, rounds);
        user.CurrentRow()!.TotalEvents.ShouldBeInRange(rounds / 2, rounds);
        for (var round = rounds + 1; round <= rounds + 3; round++)
        {
            client.Apply("log/0", round - 1, round, [Line(random)], rules);
            client.BeforeWrite(rules);
            client.AfterWrite();
            client.Rows("log/0", round - 1, rules);
        }

        StateJsonTests.Json(client).Length.ShouldBeLessThan(400_000);
        StateJsonTests.Json(user).Length.ShouldBeLessThan(200_000);
    }

    private static EnrichedEvent Line(Random random)
    {
        var fields = Enumerable.Range(0, EventFields.Count).Select(_ => random.Next(3) == 0 ? Values[random.Next(Values.Length)] : "");
        var line = Encoding.UTF8.GetBytes(string.Join('\t', fields) + "\n");
        // Landed lines are UTF-8; whatever else they are must not stop a partition.
        if (random.Next(4) == 0)
        {
            for (var i = 0; i < 20; i++)
                if (line[random.Next(line.Length)] is not ((byte)'\t' or (byte)'\n') && random.Next(line.Length) is var at && line[at] is not ((byte)'\t' or (byte)'\n')) line[at] = (byte)random.Next(0x80, 0x100);
        }

        return EnrichedBatch.Parse(line)[0];
    }
}
