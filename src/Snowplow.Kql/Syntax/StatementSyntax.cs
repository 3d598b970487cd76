namespace Snowplow.Kql.Syntax;

/// <summary>A statement of a query text.</summary>
internal abstract record StatementSyntax(TextSpan Span);

/// <summary>A query, whose rows are a result.</summary>
internal sealed record QuerySyntax(TextSpan Span, ExpressionSyntax Expression) : StatementSyntax(Span);

/// <summary><c>let name = expression</c>.</summary>
internal sealed record LetSyntax(TextSpan Span, string Name, ExpressionSyntax Expression) : StatementSyntax(Span);

/// <summary>A parameter of a function: a scalar with its type, or a table (columns named or <c>(*)</c>).</summary>
internal sealed record ParameterSyntax(TextSpan Span, string Name, Data.KqlType? Type, IReadOnlyList<ColumnDeclaration>? Columns, ExpressionSyntax? Default);

/// <summary><c>let name = (parameters) { body }</c>.</summary>
internal sealed record LetFunctionSyntax(
    TextSpan Span, string Name, bool IsView, IReadOnlyList<ParameterSyntax> Parameters, IReadOnlyList<StatementSyntax> Body) : StatementSyntax(Span);

/// <summary><c>set option = value</c>.</summary>
internal sealed record SetSyntax(TextSpan Span, string Name, ExpressionSyntax? Value) : StatementSyntax(Span);

/// <summary><c>declare query_parameters(…)</c>.</summary>
internal sealed record DeclareParametersSyntax(TextSpan Span, IReadOnlyList<ParameterSyntax> Parameters) : StatementSyntax(Span);

/// <summary>A statement of the language that this engine does not have.</summary>
internal sealed record UnsupportedStatementSyntax(TextSpan Span, string Name) : StatementSyntax(Span);
