using System.Text.RegularExpressions;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>Passes text in which a regular expression of <see cref="RulePattern"/> finds a match.</summary>
internal sealed class PatternTest(Regex pattern) : ValueTest
{
    public override bool Passes(FieldValue value) => pattern.IsMatch(TextBuffers.Characters(value.Utf8));
}
