namespace Snowplow.Enrich.Tests.Enrichments.Sql;

/// <summary>As <see cref="PostgresFactAttribute"/>, for tables of cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute()
    {
        if (PostgresServer.Programs is null) Skip = "PostgreSQL's initdb and postgres are not installed.";
    }
}
