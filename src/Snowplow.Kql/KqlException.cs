using Snowplow.Kql.Syntax;

namespace Snowplow.Kql;

/// <summary>What kind of thing is wrong with a query.</summary>
public enum KqlErrorKind
{
    /// <summary>The text is no query.</summary>
    Syntax,

    /// <summary>The query makes no sense: unknown names, wrong types.</summary>
    Semantic,

    /// <summary>The engine has no such operator or function.</summary>
    NotSupported,

    /// <summary>Something went wrong with the data while the query ran.</summary>
    Runtime,

    /// <summary>The query wants more memory or gives more rows than it may.</summary>
    Limit,
}

/// <summary>A query that cannot be answered, and why.</summary>
public sealed class KqlException : Exception
{
    /// <summary>An error at places in the text.</summary>
    public KqlException(KqlErrorKind kind, IReadOnlyList<Diagnostic> diagnostics)
        : base(diagnostics.Count == 0 ? "The query has an error" : diagnostics[0].Message)
    {
        Kind = kind;
        Diagnostics = diagnostics;
    }

    /// <summary>An error of a run.</summary>
    public KqlException(KqlErrorKind kind, string message, Exception? cause = null)
        : base(message, cause)
    {
        Kind = kind;
        Diagnostics = [];
    }

    /// <summary>What kind of error it is.</summary>
    public KqlErrorKind Kind { get; }

    /// <summary>What is wrong where; empty for errors of a run.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
