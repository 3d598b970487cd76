namespace Snowplow.Kql.Syntax;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>A name or keyword; words with an exclamation mark before or a tilde behind too (<c>!in~</c>).</summary>
    Word,

    /// <summary>A name in brackets and quotes: <c>['odd name']</c>.</summary>
    QuotedName,

    /// <summary>A literal other than a string, with its value.</summary>
    Literal,

    /// <summary>A string literal.</summary>
    Text,

    /// <summary>An operator or a bracket.</summary>
    Mark,

    /// <summary>Something that is no token.</summary>
    Bad,

    /// <summary>The end of the text.</summary>
    End,
}

/// <summary>A token.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A word, mark or name; of a text its value.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Value">A literal's value.</param>
internal readonly record struct Token(TokenKind Kind, string Text, TextSpan Span, Literal? Value = null)
{
    public bool Is(string text) => Kind is TokenKind.Word or TokenKind.Mark && Text == text;
}
