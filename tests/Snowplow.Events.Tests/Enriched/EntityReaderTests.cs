using System.Text;
using Snowplow.Events.Enriched;

namespace Snowplow.Events.Tests.Enriched;

public sealed class EntityReaderTests
{
    private const string Contexts = """
        {"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[
        {"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"nested":{"id":"not me"},"id":"p\u00e4ge\t1"}},
        {"data":{"sessionIndex":7,"userId":"u-1","storageMechanism":null,"ratio":0.25,"first":true},"schema":"iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2"},
        {"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-1","data":{"id":"second"}}]}
        """;

    private static readonly EntityType WebPage = new("com.snowplowanalytics.snowplow", "web_page", 1);
    private static readonly EntityType ClientSession = new("com.snowplowanalytics.snowplow", "client_session", 1);

    [Fact]
    public void TryFind_WhenSeveralOfTheTypeAreThere_GivesTheFirst()
    {
        EntityReader.TryFind(Encoding.UTF8.GetBytes(Contexts), WebPage, out var page).ShouldBeTrue();
        page.Text("id"u8).ShouldBe("päge\t1");
    }

    [Fact]
    public void TryFind_WhenDataStandsBeforeSchema_ReadsMembersByType()
    {
        EntityReader.TryFind(Encoding.UTF8.GetBytes(Contexts), ClientSession, out var session).ShouldBeTrue();
        session.Integer("sessionIndex"u8).ShouldBe(7);
        session.Text("userId"u8).ShouldBe("u-1");
        session.Text("storageMechanism"u8).ShouldBeNull();
        session.Number("ratio"u8).ShouldBe(0.25);
        session.Boolean("first"u8).ShouldBe(true);
        session.Integer("userId"u8).ShouldBeNull();
        session.Integer("ratio"u8).ShouldBeNull();
        session.Boolean("absent"u8).ShouldBeNull();
    }

    [Fact]
    public void TryFind_WhenModelDiffers_FindsNothing() =>
        EntityReader.TryFind(Encoding.UTF8.GetBytes(Contexts), new EntityType("com.snowplowanalytics.snowplow", "web_page", 2), out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    [InlineData("""{"schema":"x","data":{}}""")]
    [InlineData("""{"schema":"x","data":[1]}""")]
    [InlineData("""{"schema":"x","data":[{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","da""")]
    public void TryFind_WhenTheColumnIsNoEntityList_FindsNothing(string column) =>
        EntityReader.TryFind(Encoding.UTF8.GetBytes(column), WebPage, out _).ShouldBeFalse();

    [Fact]
    public void TryReadUnstructEvent_WhenTheColumnIsFilled_GivesTheInnerEvent()
    {
        var column = """{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":{"a":1}}}"""u8;
        EntityReader.TryReadUnstructEvent(column, out var inner).ShouldBeTrue();
        Encoding.UTF8.GetString(inner.SchemaUri).ShouldBe("iglu:com.acme/x/jsonschema/1-0-0");
        Encoding.UTF8.GetString(inner.Data).ShouldBe("""{"a":1}""");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{]")]
    [InlineData("""{"data":3}""")]
    public void TryReadUnstructEvent_WhenThereIsNone_IsFalse(string column) =>
        EntityReader.TryReadUnstructEvent(Encoding.UTF8.GetBytes(column), out _).ShouldBeFalse();

    [Fact]
    public void TryFind_WhenNoMemberIsEscaped_AllocatesNothing()
    {
        var column = Encoding.UTF8.GetBytes(Contexts);
        Find(column);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Find(column);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        static void Find(byte[] column)
        {
            EntityReader.TryFind(column, ClientSession, out var session);
            if (session.Utf8("userId"u8).Length != 3 || session.Integer("sessionIndex"u8) != 7) throw new InvalidOperationException();
        }
    }
}
