using System.Text.Json;
using Snowplow.Enrich.JsonPaths;

namespace Snowplow.Enrich.Tests.JsonPaths;

public sealed class JsonPathTests
{
    private const string Json = """
        {"a":1,"b":{"a":"x","c":[10,20,30]},"odd.name":true,"\u006eame":"n","list":[{"k":"p","v":1,"t":"q"},{"k":"q","v":2},{"v":3.0},7],"half":"\ud83d","twice":1,"twice":2,"none":null}
        """;

    // path | what it finds, as JSON values with spaces between
    [Theory]
    [InlineData("$.a", "1")]
    [InlineData("$['a']", "1")]
    [InlineData("$[\"b\"].a", "\"x\"")]
    [InlineData("$.missing", "")]
    [InlineData("$.a.b", "")]
    [InlineData("$.b.c[0]", "10")]
    [InlineData("$.b.c[-1]", "30")]
    [InlineData("$.b.c[3]", "")]
    [InlineData("$.b.c[1:]", "20 30")]
    [InlineData("$.b.c[:-1]", "10 20")]
    [InlineData("$.b.c[0:3:2]", "10 30")]
    [InlineData("$.b.c[*]", "10 20 30")]
    [InlineData("$.b.c[0,2]", "10 30")]
    [InlineData("$.b.c.*", "10 20 30")]
    [InlineData("$.b['a', 'c']", "\"x\" [10,20,30]")]
    [InlineData("$..a", "1 \"x\"")]
    [InlineData("$..k", "\"p\" \"q\"")]
    [InlineData("$..c[1]", "20")]
    [InlineData("$..['k']", "\"p\" \"q\"")]
    [InlineData("$['odd.name']", "true")]
    [InlineData("$.name", "\"n\"")]
    [InlineData("$.list[?(@.k)].v", "1 2")]
    [InlineData("$.list[?(@.k == 'q')].v", "2")]
    [InlineData("$.list[?(@.k != 'q')].v", "1")]
    [InlineData("$.list[?(@.v > 1)].v", "2 3.0")]
    [InlineData("$.list[?(@.v == 3)].v", "3.0")]
    [InlineData("$.list[?(@.v >= 1 && @.k == \"p\")].v", "1")]
    [InlineData("$.list[?(@.k == 'p' || (@.v > 2))].v", "1 3.0")]
    [InlineData("$.list[?(@ == 7)]", "7")]
    [InlineData("$.half", "\"\\ud83d\"")]
    [InlineData("$[?(@.half == 'y')]", "")]
    [InlineData("$.twice", "1 2")]
    [InlineData("$.none", "null")]
    public void Select_OfAPath_FindsItsValues(string path, string expected)
    {
        JsonPath.TryParse(path, out var parsed, out var error).ShouldBeTrue(error);
        var found = new List<JsonElement>();
        parsed!.Select(JsonDocument.Parse(Json).RootElement, found);
        string.Join(' ', found.Select(value => value.GetRawText())).ShouldBe(expected);
    }

    [Fact]
    public void Select_OfTheRoot_IsTheRoot()
    {
        JsonPath.TryParse("$", out var path, out _).ShouldBeTrue();
        path!.TrySelectFirst(JsonDocument.Parse("[1]").RootElement, out var root).ShouldBeTrue();
        root.GetRawText().ShouldBe("[1]");
    }

    [Theory]
    [InlineData("a.b", "must begin with '$'")]
    [InlineData("$.", "lacks a name")]
    [InlineData("$a", "is not understood")]
    [InlineData("$.a[", "lacks a name in quotes")]
    [InlineData("$.a[0", "lacks ']'")]
    [InlineData("$.a['b]", "a quote that is not closed")]
    [InlineData("$.a[99999999999]", "too large")]
    [InlineData("$.a[::0]", "not positive")]
    [InlineData("$.a.length()", "calls a function")]
    [InlineData("$.a[?(b)]", "does not begin with '@'")]
    [InlineData("$.a[?(@.b == c)]", "compares with what is no string")]
    [InlineData("$.a[?(@.b == 'c']", "lacks ')'")]
    public void TryParse_OfWhatIsNoPath_SaysWhy(string path, string expected)
    {
        JsonPath.TryParse(path, out _, out var error).ShouldBeFalse();
        error.ShouldContain(expected);
        error.ShouldContain(path);
    }
}
