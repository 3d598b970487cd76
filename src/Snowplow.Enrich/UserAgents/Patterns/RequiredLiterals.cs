namespace Snowplow.Enrich.UserAgents.Patterns;

/// <summary>
/// What a text must hold for a pattern to match, found without matching: lists of literals in lower case, of each of which at
/// least one must occur in the text in lower case.
/// </summary>
internal static class RequiredLiterals
{
    // How many literals a run of pieces may multiply out to; and how many alternatives one list may have.
    private const int MaxProduct = 64;
    private const int MaxAlternatives = 1_000;

    // Sets with more characters than this end a literal.
    private const int MaxCharacters = 5;

    /// <summary>All the lists found for a pattern; none where any text might match.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(PatternNode node)
    {
        var found = Find(node);
        if (found.Exact is { } exact) found.Required.Add(exact);
        return [.. found.Required.Where(IsTelling)];
    }

    private static bool IsTelling(List<string> literals) => literals.TrueForAll(literal => literal.Length > 0);

    // Exact: the texts that the piece matches, where they are few. Required: the lists, where it is not exact as well as if it is.
    private static (List<string>? Exact, List<List<string>> Required) Find(PatternNode node) => node switch
    {
        SetNode set => (ExactSet(set.Set), []),
        AssertNode => ([""], []),
        CaptureNode capture => Find(capture.Body),
        SequenceNode sequence => FindSequence(sequence.Items),
        ChoiceNode choice => FindChoice(choice.Alternatives),
        RepeatNode repeat => FindRepeat(repeat),
        _ => (null, []),
    };

    private static List<string>? ExactSet(CharacterSet set)
    {
        var lower = set.Lower();
        return lower.Rest != 0 || lower.Count is 0 or > MaxCharacters ? null : [.. lower.Symbols.Select(symbol => ((char)symbol).ToString())];
    }

    private static (List<string>? Exact, List<List<string>> Required) FindSequence(IReadOnlyList<PatternNode> items)
    {
        List<List<string>> required = [];
        List<string>? run = [""];
        var isExact = true;
        foreach (var item in items)
        {
            var (exact, others) = Find(item);
            required.AddRange(others);
            if (exact is not null && run.Count * exact.Count <= MaxProduct)
            {
                run = [.. run.SelectMany(start => exact.Select(end => start + end)).Distinct()];
                continue;
            }

            isExact = false;
            required.Add(run);
            run = exact ?? [""];
        }

        if (isExact) return (run, required);
        required.Add(run);
        return (null, [.. required.Where(IsTelling)]);
    }

    private static (List<string>? Exact, List<List<string>> Required) FindChoice(IReadOnlyList<PatternNode> alternatives)
    {
        var found = alternatives.Select(Find).ToList();
        List<string>? exact = found.TrueForAll(one => one.Exact is not null) ? [.. found.SelectMany(one => one.Exact!).Distinct()] : null;
        if (exact is { Count: <= MaxAlternatives }) return (exact, []);
        var union = new List<string>();
        foreach (var one in found)
        {
            var best = (one.Exact is { } whole ? one.Required.Append(whole) : one.Required).Where(IsTelling)
                .MaxBy(list => (list.Min(literal => literal.Length), -list.Count));
            if (best is null) return (null, []);
            union.AddRange(best);
        }

        union = [.. union.Distinct()];
        return (null, union.Count <= MaxAlternatives ? [union] : []);
    }

    private static (List<string>? Exact, List<List<string>> Required) FindRepeat(RepeatNode repeat)
    {
        var (exact, required) = Find(repeat.Body);
        if (exact is not null && repeat.Max <= 2)
        {
            List<string> power = [""];
            var all = new List<string>();
            for (var turn = 0; turn <= repeat.Max; turn++)
            {
                if (turn >= repeat.Min) all.AddRange(power);
                power = [.. power.SelectMany(start => exact.Select(end => start + end))];
                if (power.Count > MaxProduct) break;
            }

            if (power.Count <= MaxProduct) return ([.. all.Distinct()], []);
        }

        if (repeat.Min == 0) return (null, []);
        return (null, exact is null ? required : [exact, .. required]);
    }
}
