using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Tests.Sessions;

public sealed class MidnightTests
{
    [Fact]
    public void ServerCut_WithMidnight_EndsSessionsAtThatOfTheTimeZone()
    {
        var rules = ModelRules.Parse("""{"version":1,"sessions":{"midnight":"Europe/Berlin"}}"""u8.ToArray());
        // 23:00 UTC is midnight in Berlin's winter.
        TestEvent[] events = [At(1, 22, 50), At(2, 22, 59), At(3, 23, 0), At(4, 23, 20), At(5, 24, 0)];
        string? expected = null;
        for (var seed = 0; seed < 20; seed++)
        {
            new Random(seed).Shuffle(events);
            var state = new SessionState { Key = "n:nuid" };
            state.Use(rules);
            for (var i = 0; i < events.Length; i++) state.Apply("log/0", i, i + 1, TestEvent.Lines([events[i]]), rules);
            state.BeforeWrite(rules);
            state.AfterWrite();
            var sessions = state.Rows("log/0", 0, rules).SessionRows().Where(row => row.MergedInto is null)
                .Select(row => (row.StartTstamp.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), row.TotalEvents));
            string.Join(' ', sessions).ShouldBe(expected ??= "(22:50, 2) (23:00, 2) (00:00, 1)");
        }
    }

    private static TestEvent At(int id, int hour, int minute) => new()
    {
        Id = $"00000000-0000-4000-8000-{id:D12}", NetworkUserid = "nuid", Time = TestEvent.Noon.AddHours(hour - 12).AddMinutes(minute),
    };
}
