namespace Snowplow.Kql.Syntax;

/// <summary>What is wrong with a query, and where.</summary>
/// <param name="Code">Kusto's code: <c>SYN…</c> for syntax, <c>SEM…</c> for meaning.</param>
/// <param name="Message">What is wrong and what was expected.</param>
/// <param name="Span">The place in the text.</param>
public sealed record Diagnostic(string Code, string Message, TextSpan Span);
