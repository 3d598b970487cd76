using System.Text;
using Snowplow.Events.Enriched;
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
        var reader = new EventKeyReader();
        var (cut, client, user) = (new SessionState { Key = "n:x" }, new SessionState { Key = "s:x" }, new UserState { Key = "n:x" });
        for (var round = 1; round <= rounds; round++)
        {
            var e = Line(random);
            Should.NotThrow(() => reader.Read(e));
            cut.Apply("log/0", round - 1, round, [e], rules).ShouldBe(ApplyOutcome.Applied);
            client.Apply("log/0", round - 1, round, [e], rules).ShouldBe(ApplyOutcome.Applied);
            user.Apply("log/0", round - 1, round, [e], rules).ShouldBe(ApplyOutcome.Applied);
        }

        cut.BeforeWrite(rules);
        cut.AfterWrite();
        cut.Rows("log/0", 0, rules).SessionRows().ShouldNotBeEmpty();
        client.CurrentRow("x", rules)!.TotalEvents.ShouldBeInRange(rounds / 2, rounds);
        user.CurrentRow()!.TotalEvents.ShouldBeInRange(rounds / 2, rounds);
        StateJsonTests.Json(client).Length.ShouldBeLessThan(200_000);
        StateJsonTests.Json(user).Length.ShouldBeLessThan(200_000);
    }

    private static EnrichedEvent Line(Random random)
    {
        var fields = Enumerable.Range(0, EventFields.Count).Select(_ => random.Next(3) == 0 ? Values[random.Next(Values.Length)] : "");
        return EnrichedBatch.Parse(Encoding.UTF8.GetBytes(string.Join('\t', fields) + "\n"))[0];
    }
}
