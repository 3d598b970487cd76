namespace Snowplow.Model.Rules;

/// <summary>One thing that is wrong in the document of the models' rules.</summary>
/// <param name="Path">Where: the JSON path, such as <c>$.conversions[0].when.field</c>.</param>
/// <param name="Message">What is wrong and what to do, as the sentence that follows the path.</param>
public sealed record RuleError(string Path, string Message)
{
    /// <summary>Path and message as one sentence.</summary>
    public override string ToString() => Message.EndsWith('?') ? $"{Path} {Message}" : $"{Path} {Message}.";
}
