using System.Text;
using Snowplow.Events.Iglu;

namespace Snowplow.Events.Tests.Iglu;

public sealed class SchemaKeyTests
{
    [Theory]
    [InlineData("iglu:com.acme/check_out/jsonschema/1-0-2", "com.acme", "check_out", "jsonschema", 1, 0, 2)]
    [InlineData("iglu:A-b_9./N-_9/avro/2147483647-10-0", "A-b_9.", "N-_9", "avro", 2147483647, 10, 0)]
    public void TryParse_OfUri_GivesItsParts(string uri, string vendor, string name, string format, int model, int revision, int addition)
    {
        SchemaKey.TryParse(uri, out var key).ShouldBeTrue();
        (key!.Vendor, key.Name, key.Format, key.Model, key.Revision, key.Addition).ShouldBe((vendor, name, format, model, revision, addition));
        key.ToUri().ShouldBe(uri);
        Encoding.UTF8.GetString(key.Utf8Uri).ShouldBe(uri);
        key.Version.ShouldBe($"{model}-{revision}-{addition}");
        key.Path.ShouldBe($"{vendor}/{name}/{format}/{model}-{revision}-{addition}");
        SchemaKey.TryParse(Encoding.UTF8.GetBytes(uri), out var fromUtf8).ShouldBeTrue();
        fromUtf8.ShouldBe(key);
        fromUtf8!.GetHashCode().ShouldBe(key.GetHashCode());
        new SchemaKey(vendor, name, format, model, revision, addition).ShouldBe(key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("iglu:")]
    [InlineData("com.acme/a/jsonschema/1-0-0")]
    [InlineData("Iglu:com.acme/a/jsonschema/1-0-0")]
    [InlineData("iglu:com.acme/a/jsonschema/0-0-1")]
    [InlineData("iglu:com.acme/a/jsonschema/01-0-0")]
    [InlineData("iglu:com.acme/a/jsonschema/1-00-0")]
    [InlineData("iglu:com.acme/a/jsonschema/1-0")]
    [InlineData("iglu:com.acme/a/jsonschema/1-0-0-0")]
    [InlineData("iglu:com.acme/a/jsonschema/1-0-")]
    [InlineData("iglu:com.acme/a/jsonschema/1-*-*")]
    [InlineData("iglu:com.acme/a/jsonschema/1-0-2147483648")]
    [InlineData("iglu:com.acme/a/jsonschema/1-0-99999999999999999999")]
    [InlineData("iglu:com.acme/a.b/jsonschema/1-0-0")]
    [InlineData("iglu:com.acme//jsonschema/1-0-0")]
    [InlineData("iglu:/a/jsonschema/1-0-0")]
    [InlineData("iglu:com acme/a/jsonschema/1-0-0")]
    [InlineData("iglu:com.acmé/a/jsonschema/1-0-0")]
    [InlineData("iglu:com.acme/a/jsonschema/1-0-0/")]
    [InlineData("iglu:com.acme/a/jsonschema/1-0-0 ")]
    public void TryParse_OfOtherText_Refuses(string text)
    {
        SchemaKey.TryParse(text, out var key).ShouldBeFalse();
        key.ShouldBeNull();
        Should.Throw<FormatException>(() => SchemaKey.Parse(text)).Message.ShouldContain(text);
    }

    [Fact]
    public void Comparer_InDictionary_FindsKeyByBytesOfItsUri()
    {
        var key = SchemaKey.Parse("iglu:com.acme/a/jsonschema/1-0-0");
        var byUri = new Dictionary<SchemaKey, int>(SchemaKeyComparer.Instance) { [key] = 7 }.GetAlternateLookup<ReadOnlySpan<byte>>();
        byUri["iglu:com.acme/a/jsonschema/1-0-0"u8].ShouldBe(7);
        byUri.ContainsKey("iglu:com.acme/a/jsonschema/1-0-1"u8).ShouldBeFalse();
        byUri["iglu:com.acme/b/jsonschema/1-0-0"u8] = 8;
        byUri.Dictionary.ShouldContainKeyAndValue(SchemaKey.Parse("iglu:com.acme/b/jsonschema/1-0-0"), 8);
    }

    [Theory]
    [InlineData("iglu:com.acme/a/jsonschema/1-0-*", "1-0-7", true)]
    [InlineData("iglu:com.acme/a/jsonschema/1-0-*", "1-1-0", false)]
    [InlineData("iglu:com.acme/a/jsonschema/1-*-*", "1-9-9", true)]
    [InlineData("iglu:com.acme/a/jsonschema/*-*-*", "3-0-0", true)]
    [InlineData("iglu:com.acme/a/jsonschema/1-*-0", "1-5-0", true)]
    [InlineData("iglu:com.acme/a/jsonschema/1-0-0", "1-0-1", false)]
    [InlineData("iglu:com.acme/b/jsonschema/*-*-*", "1-0-0", false)]
    [InlineData("iglu:com.acme.x/a/jsonschema/*-*-*", "1-0-0", false)]
    [InlineData("iglu:com.acme/a/avro/*-*-*", "1-0-0", false)]
    public void Criterion_OnKey_MatchesByEachPart(string text, string version, bool expected)
    {
        var criterion = SchemaCriterion.Parse(text);
        criterion.Matches(SchemaKey.Parse($"iglu:com.acme/a/jsonschema/{version}")).ShouldBe(expected);
        criterion.ToUri().ShouldBe(text);
    }

    [Theory]
    [InlineData("iglu:com.acme/a/jsonschema/0-*-*")]
    [InlineData("iglu:com.acme/a/jsonschema/*")]
    [InlineData("iglu:com.acme/*/jsonschema/1-0-0")]
    public void Criterion_OfMalformedText_Refuses(string text)
    {
        SchemaCriterion.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<FormatException>(() => SchemaCriterion.Parse(text)).Message.ShouldContain(text);
    }
}
