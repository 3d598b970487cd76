using System.Text;
using Snowplow.Kql.Files;
using Snowplow.Silo.Query.Folder;

namespace Snowplow.Silo.Tests.Query;

public sealed class LineChunksTests
{
    [Fact]
    public void Lines_CutIntoChunksOfAnySize_AreAllThereInTheirOrder()
    {
        for (var size = 1; size < 40; size++)
        {
            var chunks = new LineChunks(lines => JsonLinesFile.Read("t", JsonLinesFile.Lines(lines.Span), [("x", Kql.Data.KqlType.Long)]), size);
            for (var x = 0; x < 10; x++)
            {
                if (x % 2 == 0) chunks.AddLine(Encoding.UTF8.GetBytes($$"""{"x":{{x}}}"""));
                else chunks.Add(Encoding.UTF8.GetBytes($$"""{"x":{{x}}}""" + "\n"));
            }

            chunks.Finish().SelectMany(extent => Enumerable.Range(0, extent.RowCount).Select(row => extent.Read(0, row, 1).Box(0))).ShouldBe(Enumerable.Range(0, 10).Select(x => (object)(long)x), $"chunks of {size}");
        }
    }
}
