using System.Text;
using Snowplow.Silo.Purge;

namespace Snowplow.Silo.Tests.Forget;

/// <summary>Ids are found in payloads and bad rows of any form, and what only looks like one is left alone.</summary>
public sealed class PersonTextTests
{
    private const string Device = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

    private static readonly PersonText Person = new([Device, "ann@example.com", "42"]);

    [Theory]
    [InlineData("e=pv&duid=0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d")]
    [InlineData("e=pv&duid=0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D")]
    [InlineData("e=pv&url=https%3A%2F%2Fshop.example%2F%3Fmail%3Dann%40example.com")]
    [InlineData("e=pv&uid=42")]
    [InlineData("""{"uid":"42"}""")]
    [InlineData("""{"user_id": 42}""")]
    [InlineData("""{"payload":"{\"uid\":\"42\"}"}""")]
    [InlineData("""{"userId":"42"}""")]
    public void Names_TextWithAnId_InAnyForm(string text)
    {
        Names(text).ShouldBeTrue();
        Names($"cx={Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}").ShouldBeTrue("in base64");
        Names($"cx={Convert.ToBase64String(Encoding.UTF8.GetBytes($"a={Uri.EscapeDataString(text)}")).Replace('+', '-').Replace('/', '_').TrimEnd('=')}").ShouldBeTrue("percent-encoded in base64 for URLs");
    }

    [Theory]
    [InlineData("e=pv&duid=0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4e")]
    [InlineData("e=pv&vid=42")]
    [InlineData("e=pv&uid=421")]
    [InlineData("e=pv&uid=42.5")]
    [InlineData("""{"uid":"bob","res":"42"}""")]
    [InlineData("/////////////////////////////////////////////////////////")]
    [InlineData("%zz%")]
    [InlineData("")]
    public void Names_TextOfOthers_IsFalse(string text) => Names(text).ShouldBeFalse();

    private static bool Names(string text) => Person.Names(Encoding.UTF8.GetBytes(text));
}
