using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary>Ends the binding of a query: what is wrong, and whether it is only that the engine cannot do it.</summary>
internal sealed class BindFailure(Diagnostic diagnostic, KqlErrorKind kind) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    public KqlErrorKind Kind { get; } = kind;

    /// <summary>Whether the message names the stored function that it is of.</summary>
    public bool IsInFunction { get; init; }

    /// <summary>A name that nothing has.</summary>
    public static BindFailure Unresolved(string what, string name, TextSpan span) => Semantic("SEM0100", $"Failed to resolve {what} named '{name}'", span);

    public static BindFailure Semantic(string code, string message, TextSpan span) => new(new Diagnostic(code, message, span), KqlErrorKind.Semantic);

    public static BindFailure NotSupported(string what, TextSpan span) =>
        new(new Diagnostic("SEM0000", $"not supported by the embedded engine: {what}", span), KqlErrorKind.NotSupported);
}
