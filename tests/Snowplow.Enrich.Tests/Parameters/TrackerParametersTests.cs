using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Parameters;
using Snowplow.Enrich.Tests.JsonSchema;

namespace Snowplow.Enrich.Tests.Parameters;

public sealed class TrackerParametersTests
{
    [SharedFact("iglu-central")]
    public void Table_ComparedWithEveryVersionOfPayloadData_ListsTheSameParameters()
    {
        for (var addition = 0; addition <= TrackerParameters.NewestAddition; addition++)
        {
            var file = Path.Combine(
                SharedFiles.Folder("iglu-central"), "schemas/com.snowplowanalytics.snowplow/payload_data/jsonschema", $"1-0-{addition}");
            using var schema = JsonDocument.Parse(File.ReadAllText(file));
            var item = schema.RootElement.GetProperty("items");
            var expected = item.GetProperty("properties").EnumerateObject().Select(property => property.Name);
            TrackerParameters.All.Where(p => p.SinceAddition <= addition).Select(p => p.Name).ShouldBe(expected, ignoreOrder: true);
            item.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["e", "p", "tv"], ignoreOrder: true);
        }

        Directory.GetFiles(Path.Combine(
            SharedFiles.Folder("iglu-central"), "schemas/com.snowplowanalytics.snowplow/payload_data/jsonschema"))
            .Length.ShouldBe(TrackerParameters.NewestAddition + 1);
    }

    [Fact]
    public void Find_OfEveryName_GivesItsRow()
    {
        for (var i = 0; i < TrackerParameters.All.Length; i++)
            TrackerParameters.Find(Encoding.UTF8.GetBytes(TrackerParameters.All[i].Name)).ShouldBe(i);
    }

    [Theory]
    [InlineData("")]
    [InlineData("E")]
    [InlineData("e\0")]
    [InlineData("\0e")]
    [InlineData("unknown")]
    [InlineData("se_ca_and_more")]
    public void Find_OfAnythingElse_IsUnknown(string name) =>
        TrackerParameters.Find(Encoding.UTF8.GetBytes(name)).ShouldBe(TrackerParameters.Unknown);
}
