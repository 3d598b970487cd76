using System.Text;
using Snowplow.Enrich.JsonSchema;

namespace Snowplow.Enrich.Tests.JsonSchema;

/// <summary>Schema, instance, and the reports as "keyword path [targets]"; no reports means valid.</summary>
public sealed class KeywordTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"x\"", "")]
    [InlineData("""{"type":"string"}""", "1", "type $ [integer,string]")]
    [InlineData("""{"type":["null","string"]}""", "1.5", "type $ [number,null,string]")]
    [InlineData("""{"type":"number"}""", "1", "")]
    [InlineData("""{"type":"number"}""", "[]", "type $ [array,number]")]
    [InlineData("""{"type":"integer"}""", "1.0", "type $ [number,integer]")]
    [InlineData("""{"type":"integer"}""", "123456789012345678901234567890", "")]
    [InlineData("""{"enum":["a",1,null,{"b":[2]}]}""", "\"\\u0061\"", "")]
    [InlineData("""{"enum":["a",1,null,{"b":[2]}]}""", "1.0e0", "")]
    [InlineData("""{"enum":["a",1,null,{"b":[2]}]}""", """{"b":[2.0]}""", "")]
    [InlineData("""{"enum":["a",1]}""", "\"b\"", "enum $ [[\"a\", 1]]")]
    [InlineData("""{"enum":["a",1]}""", "true", "enum $ [[\"a\", 1]]")]
    [InlineData("""{"minimum":0}""", "-0.0", "")]
    [InlineData("""{"minimum":0}""", "-1e-400", "minimum $ [0]")]
    [InlineData("""{"maximum":2147483647}""", "2147483648", "maximum $ [2147483647]")]
    [InlineData("""{"maximum":1e308,"exclusiveMaximum":true}""", "1e308", "maximum $ [1e308]")]
    [InlineData("""{"maximum":18446744073709551615}""", "18446744073709551616", "maximum $ [18446744073709551615]")]
    [InlineData("""{"multipleOf":0.01}""", "19.99", "")]
    [InlineData("""{"multipleOf":0.01}""", "1e9999999999999999999", "")]
    [InlineData("""{"multipleOf":0.01}""", "0.30000000000000004", "multipleOf $ [0.01]")]
    [InlineData("""{"multipleOf":7}""", "10000000000000000000000000000001", "multipleOf $ [7]")]
    [InlineData("""{"minLength":2}""", "\"\\ud83d\\ude00\"", "minLength $ [2]")]
    [InlineData("""{"maxLength":1}""", "\"😀\"", "")]
    [InlineData("""{"maxLength":1}""", "\"\\ud83d\\ude00\"", "")]
    [InlineData("""{"maxLength":1}""", "\"\\ud83d\\ud83d\"", "maxLength $ [1]")]
    [InlineData("""{"pattern":"^a+$"}""", "\"aab\"", "pattern $ [^a+$]")]
    [InlineData("""{"format":"uuid"}""", "\"2ac12451-6e13-4593-ab07-079bbf9873c4\"", "")]
    [InlineData("""{"format":"uuid"}""", "\"{2ac12451-6e13-4593-ab07-079bbf9873c4}\"", "format $ [uuid]")]
    [InlineData("""{"format":"date"}""", "\"2025-02-29\"", "format $ [date]")]
    [InlineData("""{"format":"ipv6"}""", "\"::ffff:1.2.3.4\"", "")]
    [InlineData("""{"format":"uri"}""", "\"https:\\/\\/example.com\\/a\"", "")]
    [InlineData("""{"items":{"type":"string"}}""", """["a",1,"b",true]""", "type $[1] [integer,string];type $[3] [boolean,string]")]
    [InlineData("""{"items":[{"type":"string"}],"additionalItems":false}""", """["a",2]""", "additionalItems $[1] [1]")]
    [InlineData("""{"minItems":1}""", "[]", "minItems $ [1]")]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2.0,"a":1}]""", "uniqueItems $ []")]
    [InlineData("""{"uniqueItems":true}""", """["\ud800","\ud801","\ufffd"]""", "")]
    [InlineData("""{"uniqueItems":true}""", """[1,true,"1",[1],{"1":1},null,0,false]""", "")]
    [InlineData("""{"required":["a","b"]}""", """{"b":1}""", "required $ [a]")]
    [InlineData("""{"required":["a"]}""", """{"\u0061":1}""", "")]
    [InlineData("""{"properties":{"a":{"type":"integer"}}}""", """{"a":"x","a":1}""", "type $.a [string,integer]")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1,"b":[{}],"c":2}""",
        "additionalProperties $.b [b];additionalProperties $.c [c]")]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", """{"x":{"y":1}}""", "type $.x [object,string]")]
    [InlineData("""{"patternProperties":{"^n_":{"type":"number"}},"additionalProperties":false}""", """{"n_1":1,"n_2":"x"}""",
        "type $.n_2 [string,number]")]
    [InlineData("""{"dependencies":{"a":["b"]}}""", """{"a":1}""", "dependencies $ [b]")]
    [InlineData("""{"dependencies":{"a":{"minProperties":2}}}""", """{"a":1}""", "minProperties $ [2]")]
    [InlineData("""{"anyOf":[{"type":"null"},{"minLength":3}],"type":["null","string"]}""", "\"ab\"",
        "type $ [string,null];minLength $ [3]")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", "3", "oneOf $ []")]
    [InlineData("""{"not":{"type":"string"}}""", "\"x\"", "not $ []")]
    [InlineData("""{"properties":{"a":{"items":{"properties":{"b":{"type":"null"}}}}}}""", """{"a":[{},{"b":0}]}""",
        "type $.a[1].b [integer,null]")]
    [InlineData("{}", "[1,2", "json $ []")]
    [InlineData("{}", "{} {}", "json $ []")]
    public void Validate_OfInstance_Reports(string schema, string instance, string expected)
    {
        var compiled = Compile(schema);
        var utf8 = Encoding.UTF8.GetBytes(instance);
        var reports = compiled.Validate(utf8);
        string.Join(';', reports.Select(report => $"{report.Keyword} {report.Path} [{string.Join(',', report.Targets)}]")).ShouldBe(expected);
        reports.ShouldAllBe(report => report.Message.StartsWith(report.Path + ": ", StringComparison.Ordinal));
        compiled.IsValid(utf8).ShouldBe(expected.Length == 0);
    }

    [Fact]
    public void Validate_WithRootPath_BeginsAllPathsWithIt() =>
        Compile("""{"required":["a"]}""").Validate("{}"u8, "$[3]")[0].Path.ShouldBe("$[3]");

    [Fact]
    public void Validate_OfManyViolations_ReportsABoundedNumber() =>
        Compile("""{"items":{"type":"string"}}""").Validate(Encoding.UTF8.GetBytes($"[{string.Join(',', Enumerable.Repeat(1, 1000))}]"))
            .Count.ShouldBe(CompiledSchema.MaxReports);

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Validate_OfNestedArrays_AllowsFiftyLevels(int levels, bool isValid)
    {
        var text = Encoding.UTF8.GetBytes(new string('[', levels) + new string(']', levels));
        Compile("""{"items":{"$ref":"#"}}""").IsValid(text).ShouldBe(isValid);
        Compile("{}").IsValid(text).ShouldBe(isValid);
    }

    [Fact]
    public void Validate_OfTextThatIsNotUtf8_ReportsIt() =>
        Compile("{}").Validate([(byte)'"', 0xC3, (byte)'"'])[0].Message.ShouldContain("UTF-8");

    [Fact]
    public void Validate_WithPatternThatBacktracks_GivesUpWithAReport()
    {
        var text = Encoding.UTF8.GetBytes($"\"{new string('a', 5000)}!\"");
        var schema = Compile("""{"pattern":"^(([a-z])+.)+[A-Z]([a-z])+$"}""");
        schema.IsValid(text).ShouldBeFalse();
        schema.Validate(text).ShouldContain(report => report.Keyword == "limit");
    }

    [Fact]
    public void Validate_WithAlternativesThatMultiply_GivesUpWithAReport()
    {
        var schema = Compile(
            """{"oneOf":[{"items":{"$ref":"#"},"minItems":9},{"items":{"$ref":"#"},"maxItems":0},{"items":{"$ref":"#"},"maxItems":1}]}""");
        var text = Encoding.UTF8.GetBytes(new string('[', 40) + new string(']', 40));
        schema.Validate(text).ShouldContain(report => report.Keyword == "limit");
    }

    [Fact]
    public void Items_OfListSchema_IsTheSchemaOfEach()
    {
        Compile("""{"items":{"type":"string"}}""").Items.ShouldNotBeNull().IsValid("1"u8).ShouldBeFalse();
        Compile("""{"items":[{"type":"string"}]}""").Items.ShouldBeNull();
        Compile("{}").Items.ShouldBeNull();
    }

    [Theory]
    [InlineData("no json", "not JSON")]
    [InlineData("[]", "must be an object")]
    [InlineData("""{"type":"strin"}""", "$.type")]
    [InlineData("""{"required":[]}""", "$.required")]
    [InlineData("""{"properties":{"a":1}}""", "$.properties.a")]
    [InlineData("""{"minLength":-1}""", "$.minLength")]
    [InlineData("""{"pattern":"("}""", "is no regular expression")]
    [InlineData("""{"properties":{"a":{"pattern":"\\a"}}}""", "no escape sequence")]
    [InlineData("""{"$ref":"#/definitions/none"}""", "points to nothing")]
    [InlineData("""{"$ref":"http://example.com/other"}""", "neither in the schema nor known")]
    [InlineData("""{"$ref":"#"}""", "refers to itself")]
    [InlineData("""{"allOf":[{"anyOf":[{"$ref":"#"}]}]}""", "refers to itself")]
    [InlineData("""{"items":{"$ref":"#/x"},"x":{"type":5}}""", "type")]
    [InlineData("""{"multipleOf":0.1234567890123456789}""", "18 significant digits")]
    public void TryCompile_OfBrokenSchema_SaysWhy(string schema, string expected)
    {
        CompiledSchema.TryCompile(Encoding.UTF8.GetBytes(schema), out var compiled, out var issues).ShouldBeFalse();
        compiled.ShouldBeNull();
        issues.ShouldContain(issue => $"{issue.Path} {issue.Message}".Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void TryCompile_OfIgluSchema_IgnoresItsOwnKeywords() =>
        Compile(
            """
            {"$schema":"http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#",
             "self":{"vendor":"com.acme","name":"a","format":"jsonschema","version":"1-0-0"},"$supersededBy":"1-0-1","type":"object"}
            """).IsValid("{}"u8).ShouldBeTrue();

    [Fact]
    public void IsValid_OfValidInstance_AllocatesNothing()
    {
        var schema = Compile(
            """
            {"type":"object","required":["id"],"additionalProperties":false,"properties":{"id":{"type":"string","pattern":"^[a-f0-9]+$"},
             "n":{"anyOf":[{"type":"null"},{"type":"integer","maximum":10}]},"tags":{"type":"array","uniqueItems":true,"items":{"enum":["a","b"]}}}}
            """);
        var instance = """{"id":"abc123","n":5,"tags":["a","b"]}"""u8.ToArray();
        for (var warmUp = 0; warmUp < 100; warmUp++)
            schema.IsValid(instance).ShouldBeTrue();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var run = 0; run < 1000; run++)
            schema.IsValid(instance);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }

    private static CompiledSchema Compile(string schema)
    {
        CompiledSchema.TryCompile(Encoding.UTF8.GetBytes(schema), out var compiled, out var issues).ShouldBeTrue(string.Join("; ", issues));
        return compiled!;
    }
}
