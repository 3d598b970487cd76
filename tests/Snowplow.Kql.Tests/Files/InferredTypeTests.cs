using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;

namespace Snowplow.Kql.Tests.Files;

public sealed class InferredTypeTests
{
    [Theory]
    [InlineData("01234 02345", KqlType.String)]
    [InlineData("-01.5 2", KqlType.String)]
    [InlineData("9223372036854775808 1", KqlType.String)]
    [InlineData("9223372036854775807 -9223372036854775808", KqlType.Long)]
    [InlineData("0 -5", KqlType.Long)]
    [InlineData("0.5 -1e3 7", KqlType.Real)]
    public void ColumnOfTexts_IsANumberOnlyWhereNothingOfThemIsLost(string texts, KqlType expected)
    {
        var engine = new KqlEngine(new Database([DelimitedFile.ReadCsv("t", Encoding.UTF8.GetBytes($"c\n{texts.Replace(' ', '\n')}\n"))]));

        var result = engine.Run("t | project s = tostring(c), c", new QueryOptions())[0];

        result.Columns[1].Type.ShouldBe(expected);
        if (expected != KqlType.Real) result.Rows().Select(row => row[0]).ShouldBe(texts.Split(' '));
    }
}
