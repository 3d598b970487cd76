using Snowplow.Kql.Data;

namespace Snowplow.Kql.Syntax;

/// <summary>An expression: a scalar or a table.</summary>
internal abstract record ExpressionSyntax(TextSpan Span);

/// <summary>A column, a table or something bound by let.</summary>
internal sealed record NameSyntax(TextSpan Span, string Name) : ExpressionSyntax(Span);

/// <summary>A name with wildcards: <c>geo_*</c>.</summary>
internal sealed record PatternSyntax(TextSpan Span, string Pattern) : ExpressionSyntax(Span);

/// <summary>A value.</summary>
internal sealed record LiteralSyntax(TextSpan Span, Literal Literal) : ExpressionSyntax(Span);

/// <summary><c>typeof(long)</c>.</summary>
internal sealed record TypeSyntax(TextSpan Span, KqlType Type) : ExpressionSyntax(Span);

/// <summary><c>*</c>: all columns.</summary>
internal sealed record StarSyntax(TextSpan Span) : ExpressionSyntax(Span);

/// <summary>A call of a function, an aggregate or something bound by let.</summary>
internal sealed record CallSyntax(TextSpan Span, string Name, IReadOnlyList<ExpressionSyntax> Arguments) : ExpressionSyntax(Span);

/// <summary><c>database("D").name</c>: a table or a call of a function, said to be of a database; or a database said to be of a cluster.</summary>
internal sealed record QualifiedSyntax(TextSpan Span, ExpressionSyntax Database, ExpressionSyntax Name) : ExpressionSyntax(Span);

/// <summary><c>d.member</c>.</summary>
internal sealed record MemberSyntax(TextSpan Span, ExpressionSyntax Target, string Member) : ExpressionSyntax(Span);

/// <summary><c>d[index]</c>.</summary>
internal sealed record IndexSyntax(TextSpan Span, ExpressionSyntax Target, ExpressionSyntax Index) : ExpressionSyntax(Span);

/// <summary>A sign before an operand.</summary>
internal sealed record UnarySyntax(TextSpan Span, string Operator, ExpressionSyntax Operand) : ExpressionSyntax(Span);

/// <summary>An operator between two operands.</summary>
internal sealed record BinarySyntax(TextSpan Span, string Operator, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Span);

/// <summary>Operands that are all joined by <c>and</c> or all by <c>or</c>.</summary>
internal sealed record LogicalSyntax(TextSpan Span, string Operator, IReadOnlyList<ExpressionSyntax> Operands) : ExpressionSyntax(Span);

/// <summary>An operator before a list: in, has_any, has_all and their kin.</summary>
internal sealed record InSyntax(TextSpan Span, string Operator, ExpressionSyntax Left, IReadOnlyList<ExpressionSyntax> Values) : ExpressionSyntax(Span);

/// <summary><c>x between (low .. high)</c>.</summary>
internal sealed record BetweenSyntax(TextSpan Span, bool IsNegated, ExpressionSyntax Left, ExpressionSyntax Low, ExpressionSyntax High) : ExpressionSyntax(Span);

/// <summary>An expression with a name, or several for one with several results.</summary>
internal sealed record NamedSyntax(TextSpan Span, IReadOnlyList<string> Names, ExpressionSyntax Expression) : ExpressionSyntax(Span);

/// <summary>A key of sort.</summary>
internal sealed record OrderedSyntax(TextSpan Span, ExpressionSyntax Expression, bool? IsAscending, bool? NullsFirst) : ExpressionSyntax(Span);

/// <summary>A table and what is done with it.</summary>
internal sealed record PipeSyntax(TextSpan Span, ExpressionSyntax Source, IReadOnlyList<OperatorSyntax> Operators) : ExpressionSyntax(Span);

/// <summary>An operator without a table before it: <c>print</c>, <c>range</c>, <c>union</c>.</summary>
internal sealed record SourceSyntax(TextSpan Span, OperatorSyntax Operator) : ExpressionSyntax(Span);
