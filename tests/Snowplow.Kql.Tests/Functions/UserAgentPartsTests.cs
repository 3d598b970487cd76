using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests.Functions;

public sealed class UserAgentPartsTests
{
    private static readonly QueryOptions Options = new()
    {
        ReadUserAgent = text => new Bag { ["Browser"] = new Bag { ["Family"] = text }, ["OperatingSystem"] = new Bag { ["Family"] = "OS" }, ["Device"] = new Bag { ["Family"] = "Other" } },
    };

    [Theory]
    [InlineData("'browser'", """{"Browser":{"Family":"curl"}}""")]
    [InlineData("dynamic(['OS', 'device'])", """{"OperatingSystem":{"Family":"OS"},"Device":{"Family":"Other"}}""")]
    public void ParseUserAgent_WhereSomebodyReadsThem_GivesThePartsThatAreAskedFor(string parts, string expected) =>
        DynamicValue.Text(Run($"datatable(agent:string)['curl'] | project parse_user_agent(agent, {parts})")).ShouldBe(expected);

    [Theory]
    [InlineData("'engine'")]
    [InlineData("dynamic([])")]
    [InlineData("1")]
    [InlineData("agent")]
    public void ParseUserAgent_OfOtherParts_IsAnError(string parts) =>
        Should.Throw<KqlException>(() => Run($"datatable(agent:string)['curl'] | project parse_user_agent(agent, {parts})")).Message
            .ShouldBe("parse_user_agent() takes a text and 'browser', 'os', 'device' or an array of them");

    private static object? Run(string query) => new KqlEngine(new Database([])).Run(query, Options)[0].Rows().Single()[0];
}
