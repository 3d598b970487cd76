using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Tests.History;
using Snowplow.Model.Users;

namespace Snowplow.Model.Tests;

public sealed class StateJsonTests
{
    private static readonly ModelRules Rules = HistoryTables.Rules;
    private static readonly EventKeyReader Keys = new();

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"new_campaign":true,"max_length":1200}""")]
    public void States_WrittenAndReadAfterAnyBatch_GoOnAsIfTheyHadNot(string cuts)
    {
        var rules = HistoryTables.With(cuts);
        for (var seed = 0; seed < 40; seed++)
        {
            var traffic = new Traffic(seed);
            var span = TimeSpan.FromHours(1 + seed);
            var events = traffic.WithCopies(traffic.Events(200, span), 0.2, span);
            foreach (var key in events.Select(e => Keys.Read(e.Line).Session).OfType<string>().Distinct())
            {
                var batches = events.Where(e => Keys.Read(e.Line).Session == key).Chunk(7).ToArray();
                var (kept, reread) = (new SessionState { Key = key }, new SessionState { Key = key });
                for (var i = 0; i < batches.Length; i++)
                {
                    foreach (var state in new[] { kept, reread })
                    {
                        state.Apply("log/0", i, i + 1, TestEvent.Lines(batches[i]), rules);
                        state.BeforeWrite(rules);
                        state.AfterWrite();
                    }

                    Json(reread).ShouldBe(Json(kept));
                    reread = JsonSerializer.Deserialize(Json(reread), ModelJson.SessionState)!;
                    reread.Key = key;
                }
            }

            foreach (var key in events.Select(e => Keys.Read(e.Line).User).OfType<string>().Distinct())
            {
                var user = new UserState { Key = key };
                user.Apply("log/0", 0, 1, TestEvent.Lines(events.Where(e => Keys.Read(e.Line).User == key)), Rules);
                Json(JsonSerializer.Deserialize(Json(user), ModelJson.UserState)!).ShouldBe(Json(user));
            }
        }
    }

    [Fact]
    public void States_OfALaterVersion_AreReadWithoutWhatIsUnknown()
    {
        var state = new SessionState { Key = "n:nuid" };
        state.Apply("log/0", 0, 1, TestEvent.Lines([new TestEvent { NetworkUserid = "nuid" }]), Rules);
        var json = JsonNode.Parse(Json(state))!.AsObject();
        json["later"] = new JsonObject { ["x"] = 1 };
        json["s"]!["l"]![0]!["later"] = new JsonArray(1, "2");
        Json(JsonSerializer.Deserialize(json.ToJsonString(), ModelJson.SessionState)!).ShouldBe(Json(state));
    }

    [Fact]
    public void Rows_AsJson_AreReadBackAndHaveNoNulls()
    {
        var user = new UserState { Key = "d:duid" };
        user.Apply("log/0", 0, 1, TestEvent.Lines([new TestEvent { DomainUserid = "duid", Url = "https://shop.example/?a=1&b=ü" }]), Rules);
        var json = JsonSerializer.Serialize(user.CurrentRow()!, ModelJson.UserRow);
        json.ShouldContain("\"first_page_url\":\"https://shop.example/?a=1&b=ü\"");
        json.ShouldContain("\"start_tstamp\":\"2026-03-01T12:00:00.000Z\"");
        json.ShouldNotContain("null");
        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, ModelJson.UserRow)!, ModelJson.UserRow).ShouldBe(json);
    }

    internal static string Json(SessionState state) => JsonSerializer.Serialize(state, ModelJson.SessionState);

    internal static string Json(UserState state) => JsonSerializer.Serialize(state, ModelJson.UserState);
}
