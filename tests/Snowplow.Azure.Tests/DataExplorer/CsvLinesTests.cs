using System.Buffers;
using System.Text;
using Snowplow.Azure.DataExplorer;

namespace Snowplow.Azure.Tests.DataExplorer;

public sealed class CsvLinesTests
{
    [Theory]
    [InlineData("a\tb\n", "a,b\n")]
    [InlineData("\t\t\n", ",,\n")]
    [InlineData("\"q\"\ta\"b\n", "\"\"\"q\"\"\",\"a\"\"b\"\n")]
    [InlineData("{\"a\":[1,2]}\tc,d\n", "\"{\"\"a\"\":[1,2]}\",\"c,d\"\n")]
    [InlineData("\\t\\\"\t\\\n", "\"\\t\\\"\"\",\\\n")]
    [InlineData(" a\tb \n", "\" a\",\"b \"\n")]
    [InlineData("ä\u2028\t'\n", "ä\u2028,'\n")]
    [InlineData("", "")]
    public void Line_OfTsv_IsTheSameValuesInCsv(string tsv, string csv) => Csv(tsv).ShouldBe(csv);

    [Fact]
    public void Lines_OfAnyValues_AreReadBackByAReaderOfRfc4180()
    {
        var random = new Random(4180);
        for (var round = 0; round < 2000; round++)
        {
            var rows = Enumerable.Range(0, random.Next(1, 4)).Select(_ =>
                Enumerable.Range(0, random.Next(1, 6)).Select(_ => new string([.. Enumerable.Range(0, random.Next(5)).Select(_ => "a,\"\\ '{}\rä"[random.Next(10)])])).ToArray()).ToArray();
            var csv = Csv(string.Concat(rows.Select(row => string.Join('\t', row) + "\n")));
            Read(csv).ShouldBe(rows);
        }
    }

    private static string Csv(string tsv)
    {
        var output = new ArrayBufferWriter<byte>();
        CsvLines.Write(Encoding.UTF8.GetBytes(tsv), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    // Strict, and of its own: quotes only around whole values.
    private static List<string[]> Read(string csv)
    {
        var (rows, row, at) = (new List<string[]>(), new List<string>(), 0);
        while (at < csv.Length)
        {
            var value = new StringBuilder();
            if (csv[at] == '"')
                for (at++; ; at++)
                {
                    if (csv[at] == '"' && csv[at + 1] != '"') break;
                    if (csv[at] == '"') at++;
                    value.Append(csv[at]);
                }
            else
                for (; csv[at] is not (',' or '\n'); at++)
                {
                    csv[at].ShouldNotBe('"');
                    value.Append(csv[at]);
                }

            if (csv[at] == '"') at++;
            row.Add(value.ToString());
            if (csv[at++] == '\n')
            {
                rows.Add([.. row]);
                row.Clear();
            }
        }

        return rows;
    }
}
