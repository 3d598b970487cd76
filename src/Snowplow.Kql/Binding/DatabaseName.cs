using Snowplow.Kql.Data;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary><c>database("snowplow").T</c>, <c>cluster(".").database("snowplow").T</c>: there is one database, on the cluster that is asked.</summary>
internal static class DatabaseName
{
    /// <summary>Throws where the expression names another database or cluster.</summary>
    public static void Check(ExpressionSyntax syntax, Binder binder)
    {
        switch (syntax)
        {
            case CallSyntax { Name: "database", Arguments: [var name] }:
                var database = (string?)binder.Constant(name, KqlType.String);
                if (!binder.Database.Name.Equals(database, StringComparison.OrdinalIgnoreCase)) throw BindFailure.Unresolved("database", database ?? "", name.Span);
                break;
            case CallSyntax { Name: "cluster", Arguments: [var name] }:
                if (binder.Constant(name, KqlType.String) is not ".") throw BindFailure.NotSupported("other clusters; the one that is asked is cluster(\".\")", name.Span);
                break;
            case QualifiedSyntax { Name: CallSyntax { Name: "database" } inner } qualified:
                Check(qualified.Database, binder);
                Check(inner, binder);
                break;
            default: throw BindFailure.Semantic("SEM0114", "Expected database(\"name\") or cluster(\".\").database(\"name\") before the name of a table or function", syntax.Span);
        }
    }
}
