using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Storage.Landing;

namespace Snowplow.Azure.Tests.Cluster;

/// <summary>Erasure by a cluster of silos: whichever takes the request, and whichever is lost.</summary>
public sealed class ErasureTests() : OnCloud(partitions: 3, minutes: 8)
{
    [Fact]
    public async Task Erasure_AcceptedByASiloThatIsKilled_IsFinishedByAnother()
    {
        await Cloud.StartSilosAsync(2, Stop);
        foreach (var (user, session) in new[] { ("ann", 1), ("ann", 2), ("bob", 3), ("bob", 3) }) await PostAsync(Cloud.Silos[session % 2], user, session);
        foreach (var user in new[] { "ann", "bob" })
            while ((await Cloud.Silos[0].Http.GetAsync(new Uri($"api/users/{user}", UriKind.Relative), Stop)).StatusCode != HttpStatusCode.OK) await Task.Delay(100, Stop);
        await Cloud.UntilAllIsLoadedAsync(Stop);

        // Events that forget may be in some partitions, in all or in none.
        using var accepted = await Cloud.Silos[0].Http.DeleteAsync(new Uri("api/users/d%3Aann", UriKind.Relative), Stop);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Task.Delay(Random.Shared.Next(0, 6000), Stop);
        Cloud.Silos[0].Kill();

        var erasure = await DoneAsync(Cloud.Silos[1], accepted.Headers.Location!);
        (erasure.GetProperty("state").GetString(), erasure.GetProperty("users").GetInt32(), erasure.GetProperty("sessions").GetInt32()).ShouldBe(("forgotten", 1, 2));
        await ShouldKnowBobAloneAsync(Cloud.Silos[1]);

        // What comes later is a person anew, for both the server and the tables.
        await PostAsync(Cloud.Silos[1], "ann", 1);
        while ((await Cloud.Silos[1].Http.GetAsync(new Uri("api/users/ann", UriKind.Relative), Stop)).StatusCode != HttpStatusCode.OK) await Task.Delay(100, Stop);
        (await Cloud.Silos[1].Http.GetFromJsonAsync<JsonElement>(new Uri("api/users/ann", UriKind.Relative), Stop)).GetProperty("total_events").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Forget_AskedOfAnySilo_WaitsForTheOneThatDoesIt()
    {
        await Cloud.StartSilosAsync(2, Stop);
        await PostAsync(Cloud.Silos[0], "ann", 1);
        await PostAsync(Cloud.Silos[1], "bob", 2);
        foreach (var user in new[] { "ann", "bob" })
            while ((await Cloud.Silos[0].Http.GetAsync(new Uri($"api/users/{user}", UriKind.Relative), Stop)).StatusCode != HttpStatusCode.OK) await Task.Delay(100, Stop);

        foreach (var (silo, person, expected) in new[] { (0, "ann", 0), (1, "nobody", 1) })
        {
            var (code, output, error) = await SiloProcess.RunAsync(Cloud.Settings, ["forget", person, "--url", Cloud.Silos[silo].Url.AbsoluteUri], Stop);
            code.ShouldBe(expected, output + error);
            output.ShouldContain(expected == 0 ? "Forgotten: 1 users and 1 sessions" : "Nothing of a person with this id was found.");
        }

        await ShouldKnowBobAloneAsync(Cloud.Silos[1]);
    }

    // The live API of a silo, and what the functions of infra/kusto read in Data Explorer.
    private async Task ShouldKnowBobAloneAsync(SiloProcess silo)
    {
        (await StatusAsync(silo, "ann")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(silo, "bob")).ShouldBe(HttpStatusCode.OK);
        while (Rows("forgotten_rows").All(row => row.GetProperty("key").GetString() != "d:ann")) await Task.Delay(200, Stop);
        var revision = Rows("forgotten_rows").Where(row => row.GetProperty("key").GetString() == "d:ann").Max(row => row.GetProperty("revision").GetInt64());
        Rows("users_rows").Where(row => row.GetProperty("user_key").GetString() == "d:ann").ShouldAllBe(row => row.GetProperty("revision").GetInt64() < revision);
        Rows("users_rows").Any(row => row.GetProperty("user_key").GetString() == "d:bob").ShouldBeTrue();
        var names = new List<string>();
        await foreach (var batch in LandedFiles.ReadAllAsync(Cloud.Blobs, Stop))
            for (var i = 0; i < batch.Events.Count; i++)
                if (batch.Events[i].Text(EventField.Event) == "forget") names.Add(batch.Partition.ToString());
        names.Distinct().Count().ShouldBe(3);
    }

    // Where the erasure was done before the kill, the silo may not have noticed yet that the other is gone, and asks it in vain.
    private async Task<HttpStatusCode> StatusAsync(SiloProcess silo, string user)
    {
        for (; ; await Task.Delay(100, Stop))
        {
            using var answer = await silo.Http.GetAsync(new Uri($"api/users/{user}", UriKind.Relative), Stop);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable) return answer.StatusCode;
        }
    }

    private IEnumerable<JsonElement> Rows(string table) => Cloud.Kusto.Tables.TryGetValue(table, out var lines) ? lines.Select(line => JsonElement.Parse(line)) : [];

    private async Task PostAsync(SiloProcess silo, string user, int session) =>
        (await silo.PostAsync(Guid.NewGuid().ToString(), user, string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{session:D12}"), Stop)).ShouldBeTrue();

    private async Task<JsonElement> DoneAsync(SiloProcess silo, Uri receipt)
    {
        for (; ; await Task.Delay(200, Stop))
        {
            var erasure = await silo.Http.GetFromJsonAsync<JsonElement>(receipt, Stop);
            if (erasure.GetProperty("state").GetString() != "accepted") return erasure;
        }
    }
}
