using System.Collections.Concurrent;
using Snowplow.Enrich.Tests.Iglu;

namespace Snowplow.Enrich.Tests;

public sealed class OutgoingHttpTests
{
    [Fact]
    public async Task Client_ThatIsGivenACookie_DoesNotSendItWithLaterRequests()
    {
        var cookies = new ConcurrentQueue<string?>();
        await using var server = new RegistryServer(context =>
        {
            cookies.Enqueue(context.Request.Headers["Cookie"]);
            context.Response.AddHeader("Set-Cookie", "session=1; Path=/");
            return RegistryServer.Answer(context, 200, "{}");
        });
        using var client = OutgoingHttp.NewClient();
        for (var i = 0; i < 2; i++) (await client.GetStringAsync(server.Address)).ShouldBe("{}");
        cookies.ShouldBe([null, null]);
        client.Timeout.ShouldBe(Timeout.InfiniteTimeSpan);
    }
}
