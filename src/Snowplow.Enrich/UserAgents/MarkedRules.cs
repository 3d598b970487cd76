using System.Numerics;

namespace Snowplow.Enrich.UserAgents;

/// <summary>Goes through the rules whose bit is set in both rows of marks, in order.</summary>
internal ref struct MarkedRules(ReadOnlySpan<UserAgentRule?> rules, ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second)
{
    private readonly ReadOnlySpan<UserAgentRule?> _rules = rules;
    private readonly ReadOnlySpan<ulong> _first = first;
    private readonly ReadOnlySpan<ulong> _second = second;
    private int _word = -1;
    private ulong _bits;

    /// <summary>The current rule.</summary>
    public UserAgentRule Current { get; private set; } = null!;

    /// <summary>For <c>foreach</c>.</summary>
    public readonly MarkedRules GetEnumerator() => this;

    /// <summary>Goes on to the next rule.</summary>
    public bool MoveNext()
    {
        while (_bits == 0)
        {
            if (++_word >= _first.Length) return false;
            _bits = _first[_word] & _second[_word];
        }

        var bit = BitOperations.TrailingZeroCount(_bits);
        _bits &= _bits - 1;
        Current = _rules[(_word * 64) + bit]!;
        return true;
    }
}
