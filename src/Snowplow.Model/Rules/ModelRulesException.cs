using System.Collections.Immutable;

namespace Snowplow.Model.Rules;

/// <summary>The document of the models' rules is wrong.</summary>
/// <param name="errors">All that is wrong, in the order of the document.</param>
public sealed class ModelRulesException(ImmutableArray<RuleError> errors)
    : Exception($"The rules of the models are wrong. {string.Join(" ", errors)}")
{
    /// <summary>All that is wrong, in the order of the document.</summary>
    public ImmutableArray<RuleError> Errors { get; } = errors;
}
