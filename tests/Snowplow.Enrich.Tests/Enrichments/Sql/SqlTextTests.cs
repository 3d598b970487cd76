using Snowplow.Enrich.Enrichments.Sql;

namespace Snowplow.Enrich.Tests.Enrichments.Sql;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("select 1", "select 1", 0)]
    [InlineData("select ? where a=? and b in (?,?)", "select $1 where a=$2 and b in ($3,$4)", 4)]
    [InlineData("select '?' where a=?", "select '?' where a=$1", 1)]
    [InlineData("select 'it''s ?', \"b?\", `c?`, ?", "select 'it''s ?', \"b?\", `c?`, $1", 1)]
    [InlineData("select ? -- why?\n, ?", "select $1 -- why?\n, $2", 2)]
    [InlineData("select /* ? */ ?", "select /* ? */ $1", 1)]
    [InlineData("select $a$ ? $a$, $$?$$, ?", "select $a$ ? $a$, $$?$$, $1", 1)]
    [InlineData("select j ?? 'k' where a=?", "select j ? 'k' where a=$1", 1)]
    [InlineData("select '?", "select '?", 0)]
    [InlineData("select ?--", "select $1--", 1)]
    public void NamePlaceholders_OfAQuery_NamesThoseOutsideOfTexts(string sql, string expected, int count)
    {
        SqlText.NamePlaceholders(sql, number => $"${number}", out var found).ShouldBe(expected);
        found.ShouldBe(count);
    }

    [Theory]
    [InlineData("date_of_birth", "CAMEL_CASE", "dateOfBirth")]
    [InlineData("DATE_OF_BIRTH", "CAMEL_CASE", "dateOfBirth")]
    [InlineData("dateOfBirth", "CAMEL_CASE", "dateOfBirth")]
    [InlineData("date_of_birth", "PASCAL_CASE", "DateOfBirth")]
    [InlineData("dateOfBirth2", "SNAKE_CASE", "date_of_birth2")]
    [InlineData("Date-Of Birth", "SNAKE_CASE", "date_of_birth")]
    [InlineData("Date_Of", "LOWER_CASE", "date_of")]
    [InlineData("Date_Of", "UPPER_CASE", "DATE_OF")]
    [InlineData("Date_oF", "AS_IS", "Date_oF")]
    [InlineData("?column?", "CAMEL_CASE", "?column?")]
    public void PropertyNames_OfAColumn_HaveTheStyle(string column, string style, string expected) =>
        PropertyNames.Of(column, style).ShouldBe(expected);
}
