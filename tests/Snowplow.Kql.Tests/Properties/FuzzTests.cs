using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Tests.Properties;

public sealed class FuzzTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 1_000_000 : 8_000;

    private static readonly string[] Words =
    [
        "print", "range", "x", "from", "1", "to", "10", "step", "|", "where", "extend", "project", "summarize", "by", "count()", "sum(x)", "join", "kind=inner", "(", ")", "on", "T",
        "union", "mv-expand", "mv-apply", "make-series", "parse", "with", "*", "'a'", "\"b\"", "==", "!=", "=~", "has", "in", "between", "..", "and", "or", "not", ",", ";", "let", "=",
        "{", "}", "[", "]", "dynamic([1,{\"a\":2}])", "datetime(2020-01-01)", "1d", "-", "+", "/", "%", "top", "sort", "asc", "nulls", "first", "take", "5", "distinct", "datatable(x:long)[1,2]",
        "render", "timechart", "evaluate", "pivot(x)", "scan", "step s: true", "=>", "strlen(x)", "case(", "iff(", "toscalar(", "materialize(", "as", "search", "\u00e9", "\ud83d", "`", "\\", "//", "\n",
    ];

    [Fact]
    public void Text_OfWordsInAnyOrder_GivesAResultOrAnErrorOfTheQuery()
    {
        var random = new Random(7);
        var engine = new KqlEngine(new Database([new MemoryTable("T", [("x", KqlType.Long)], [Columns.Of(KqlType.Long, [1L, null, 3L])], 3)]));
        for (var round = 0; round < Rounds; round++)
        {
            var text = new StringBuilder(round % 2 == 0 ? "T | " : "");
            for (var i = random.Next(1, 14); i > 0; i--) text.Append(Words[random.Next(Words.Length)]).Append(random.Next(8) == 0 ? "" : " ");
            Try(engine, text.ToString());
        }
    }

    [Fact]
    public void Text_OfRandomCharacters_IsReadToItsEnd()
    {
        var random = new Random(11);
        for (var round = 0; round < Rounds; round++)
        {
            var text = new char[random.Next(40)];
            for (var i = 0; i < text.Length; i++) text[i] = random.Next(4) == 0 ? (char)random.Next(0x10000) : (char)random.Next(32, 127);
            var (_, diagnostics) = Parser.Parse(new string(text));

            diagnostics.ShouldAllBe(diagnostic => diagnostic.Span.Start >= 0 && diagnostic.Span.End <= text.Length);
        }
    }

    [Theory]
    [InlineData("(", 100_000)]
    [InlineData("print x = (", 50_000)]
    [InlineData("print -", 100_000)]
    [InlineData("T | where x == 1 + ", 20_000)]
    [InlineData("T | ", 100_000)]
    [InlineData("x[", 100_000)]
    [InlineData("f(", 100_000)]
    [InlineData("let f = () { ", 20_000)]
    [InlineData("print dynamic([", 1)]
    [InlineData("[", 100_000)]
    [InlineData("not(", 100_000)]
    [InlineData("a.b", 100_000)]
    [InlineData("T | join (", 20_000)]
    [InlineData("1 + ", 100_000)]
    [InlineData("x and ", 100_000)]
    [InlineData("print case(", 20_000)]
    [InlineData("''", 100_000)]
    public void Text_ThatRepeatsOneThing_IsAnErrorAndNoCrash(string part, int times)
    {
        var text = string.Concat(Enumerable.Repeat(part, times));
        Should.Throw<KqlException>(() => new KqlEngine(new Database([])).Run(text, new QueryOptions()));
    }

    [Theory]
    [InlineData("let f = () { f() }; print f()")]
    [InlineData("let f = () { g() }; let g = () { f() }; print g()")]
    public void Function_ThatNamesItself_IsUnknownToItself(string text) =>
        Should.Throw<KqlException>(() => new KqlEngine(new Database([])).Run(text, new QueryOptions())).Message.ShouldContain("Unknown function");

    [Fact]
    public void Table_ThatDoublesAgainAndAgain_IsAnError()
    {
        var text = "let t0 = print x = 1; " + string.Concat(Enumerable.Range(1, 30).Select(i => $"let t{i} = union t{i - 1}, t{i - 1}; ")) + "t30 | count";
        Should.Throw<KqlException>(() => new KqlEngine(new Database([])).Run(text, new QueryOptions())).Message.ShouldContain("materialize()");
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(20_000, false)]
    public void Function_InALongChain_IsAnsweredOrAnError(int count, bool isAnswered)
    {
        var text = "let f0 = () { 1 }; " + string.Concat(Enumerable.Range(1, count).Select(i => $"let f{i} = () {{ f{i - 1}() }}; ")) + $"print f{count}()";
        if (isAnswered) new KqlEngine(new Database([])).Run(text, new QueryOptions())[0].Rows().Single()[0].ShouldBe(1L);
        else Should.Throw<KqlException>(() => new KqlEngine(new Database([])).Run(text, new QueryOptions())).Message.ShouldContain("statements");
    }

    [Fact]
    public void Expression_OfManyConditions_IsAnswered()
    {
        var text = "range x from 1 to 10 step 1 | where " + string.Join(" or ", Enumerable.Range(1, 5_000).Select(i => $"x == {i}")) + " | count";
        new KqlEngine(new Database([])).Run(text, new QueryOptions())[0].Rows().Single()[0].ShouldBe(10L);
    }

    private static void Try(KqlEngine engine, string text)
    {
        try
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            engine.Run(text, new QueryOptions { MaxMemoryBytes = 64 << 20, MaxResultRows = 10_000 }, stop.Token);
        }
        catch (KqlException)
        {
        }
        catch (Exception exception)
        {
            throw new Xunit.Sdk.XunitException($"{text}\n{exception}");
        }
    }
}
