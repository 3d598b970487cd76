using Snowplow.Silo.Api;

namespace Snowplow.Silo.Tests.Api;

public sealed class BadRowTextTests
{
    [Theory]
    [InlineData(
        """{"timestamp":"2026-01-01T00:00:00Z","messages":[{"schemaKey":"iglu:a/b/jsonschema/1-0-0","error":{"error":"ValidationError","dataReports":[{"message":"$.x: is missing","path":"$","keyword":"required","targets":["x"]}]}}]}""",
        "iglu:a/b/jsonschema/1-0-0 · ValidationError · $.x: is missing")]
    [InlineData(
        """{"messages":[{"schemaKey":"iglu:a/b/jsonschema/1-0-0","error":{"error":"ResolutionError","lookupHistory":[{"repository":"Built-in","errors":[{"error":"NotFound"}],"attempts":1,"lastAttempt":"t"},{"repository":"Mine","errors":[{"error":"NotFound"}],"attempts":1}]}},{"error":"next"}]}""",
        "iglu:a/b/jsonschema/1-0-0 · ResolutionError · schema not found in: Built-in, Mine · next")]
    [InlineData(
        """{"error":"ResolutionError","lookupHistory":[{"repository":"Built-in","errors":[{"error":"NotFound"}]},{"repository":"Mine","errors":[{"error":"ClientFailure","message":"No answer within 5 seconds."},{"error":"RepoFailure"}]}]}""",
        "ResolutionError · schema not found in: Built-in · registry Mine failed: No answer within 5 seconds. · registry Mine failed: RepoFailure")]
    [InlineData(
        """{"error":"ResolutionError","lookupHistory":[{"repository":"Mine","errors":[{"error":"RepoFailure","message":"The answer has""",
        "ResolutionError · registry Mine failed: RepoFailure")]
    [InlineData("""{"messages":[{"error":"no schema","json":{"a":"\ud800"}}]}""", "no schema…")]
    [InlineData("""{"timestamp":"t","vendor":"v","version":"1","messages":[{"error":"not \"JSON\"","count":3}]}""", "not \"JSON\" · 3")]
    [InlineData("""{"messages":[{"error":"cut of""", "")]
    [InlineData("""{"messages":[{"error":"first"},{"error":"cut of""", "first")]
    [InlineData("no JSON", "…")]
    [InlineData("", "")]
    public void Describe_WhenFailureIs_SaysWhatWasWrong(string failure, string expected) => BadRowText.Describe(failure).ShouldBe(expected);

    [Fact]
    public void Describe_WhenFailureIsLong_IsCut() =>
        BadRowText.Describe($$"""{"error":"{{new string('x', 5000)}}"}""").Length.ShouldBeLessThan(500);
}
