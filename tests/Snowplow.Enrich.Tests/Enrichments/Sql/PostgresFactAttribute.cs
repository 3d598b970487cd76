namespace Snowplow.Enrich.Tests.Enrichments.Sql;

/// <summary>A test against a real PostgreSQL, started by the test; it needs PostgreSQL's programs (Debian package <c>postgresql</c>).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (PostgresServer.Programs is null) Skip = "PostgreSQL's initdb and postgres are not installed.";
    }
}
