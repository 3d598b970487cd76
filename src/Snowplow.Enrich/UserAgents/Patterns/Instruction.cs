namespace Snowplow.Enrich.UserAgents.Patterns;

/// <summary>What an instruction of a <see cref="PatternProgram"/> does.</summary>
internal enum Operation : byte
{
    /// <summary>Takes <c>B</c> bytes that are those of the literals from <c>A</c> on.</summary>
    Literal,

    /// <summary>Takes one character of set <c>A</c>.</summary>
    Set,

    /// <summary>Takes <c>B</c> to <c>C</c> characters of set <c>A</c>, as many as will do, where set <c>D</c> has what comes next.</summary>
    Repeat,

    /// <summary>The same, as few as will do.</summary>
    RepeatLazy,

    /// <summary>Goes on with the first alternative of choice <c>A</c> that leads to a match.</summary>
    Choice,

    /// <summary>Goes on at <c>A</c>.</summary>
    Jump,

    /// <summary>Notes the place in slot <c>A</c>.</summary>
    Save,

    /// <summary>Goes on at the start of the text only.</summary>
    Start,

    /// <summary>Goes on at the end of the text, or before a line feed there, only.</summary>
    End,

    /// <summary>Goes on where a word begins or ends only.</summary>
    Boundary,

    /// <summary>The pattern matches.</summary>
    Match,
}

/// <summary>An instruction of a <see cref="PatternProgram"/>; the operation says what the numbers mean.</summary>
internal readonly record struct Instruction(Operation Operation, int A = 0, int B = 0, int C = 0, int D = 0);
