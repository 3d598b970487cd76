using System.Collections.Immutable;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Conditions;

/// <summary>Passes what passes one of several tests.</summary>
internal sealed class AnyOfTest(ImmutableArray<ValueTest> tests) : ValueTest
{
    public override bool Passes(FieldValue value)
    {
        foreach (var test in tests)
        {
            if (test.Passes(value)) return true;
        }

        return false;
    }
}
