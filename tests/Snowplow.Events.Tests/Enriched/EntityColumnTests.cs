using Snowplow.Events.Enriched;

namespace Snowplow.Events.Tests.Enriched;

public sealed class EntityColumnTests
{
    [Theory]
    [InlineData("iglu:com.acme/user_role/jsonschema/1-0-0", "contexts_com_acme_user_role_1")]
    [InlineData("iglu:com.Acme-Corp.web/LinkClick/jsonschema/12-3-4", "contexts_com_acme_corp_web_link_click_12")]
    [InlineData("iglu:com.acme/HTTPError/jsonschema/1-0-0", "contexts_com_acme_httperror_1")]
    [InlineData("iglu:com.acme/a-B/jsonschema/1-0-0", "contexts_com_acme_a_b_1")]
    [InlineData("iglu:com.acme/a_B9C/jsonschema/2-0-0", "contexts_com_acme_a_b9_c_2")]
    [InlineData("iglu:com.acme/x/jsonschema/0-0-0", null)]
    [InlineData("com.acme/x/jsonschema/1-0-0", null)]
    public void Name_OfAUri_FollowsTheScalaAndDotNetRule(string uri, string? expected) =>
        EntityColumn.Name(EntityColumn.ContextsPrefix, EventLines.Utf8(uri)).ShouldBe(expected);
}
