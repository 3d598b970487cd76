using System.Text;

namespace Snowplow.Enrich.UserAgents.Patterns;

/// <summary>Makes a program of a parsed regular expression.</summary>
internal sealed class PatternCompiler
{
    /// <summary>Groups beyond this cannot be referred to, so they are not noted.</summary>
    public const int MaxGroups = 9;

    // Repeated groups are written out; what becomes longer than this is declined.
    private const int MaxInstructions = 20_000;

    private readonly PatternTables _tables;
    private readonly List<Instruction> _instructions = [];
    private readonly Dictionary<int, List<int>> _alternatives = [];
    private readonly Dictionary<int, CharacterSet> _first = [];

    private PatternCompiler(PatternTables tables) => _tables = tables;

    /// <summary>Compiles an expression.</summary>
    /// <returns>Null where it goes beyond what programs can do.</returns>
    public static PatternProgram? Compile(PatternNode node, bool ignoreCase, PatternTables tables)
    {
        var compiler = new PatternCompiler(tables);
        if (!compiler.TryEmit(node)) return null;
        compiler._instructions.Add(new Instruction(Operation.Match));
        compiler.SetWhatComesNext();
        var first = compiler.First(0);
        return new PatternProgram(
            [.. compiler._instructions],
            first == CharacterSet.Everything ? null : tables.Search(first),
            StartsAtStart(node),
            ignoreCase);
    }

    private static bool StartsAtStart(PatternNode node) => node switch
    {
        AssertNode assert => assert.Condition == Operation.Start,
        SequenceNode { Items: [var first, ..] } => StartsAtStart(first),
        ChoiceNode choice => choice.Alternatives.All(StartsAtStart),
        CaptureNode capture => StartsAtStart(capture.Body),
        _ => false,
    };

    private bool TryEmit(PatternNode node)
    {
        if (_instructions.Count > MaxInstructions) return false;
        switch (node)
        {
            case SetNode set:
                _instructions.Add(IsLetter(set) ? Literal([set]) : new Instruction(Operation.Set, _tables.Set(set.Set)));
                return true;
            case SequenceNode sequence:
                return TryEmitSequence(sequence.Items);
            case ChoiceNode choice:
                return TryEmitChoice([.. choice.Alternatives.Select(alternative => (Func<bool>)(() => TryEmit(alternative)))]);
            case CaptureNode capture when capture.Number > MaxGroups:
                return TryEmit(capture.Body);
            case CaptureNode capture:
                _instructions.Add(new Instruction(Operation.Save, capture.Number * 2));
                if (!TryEmit(capture.Body)) return false;
                _instructions.Add(new Instruction(Operation.Save, (capture.Number * 2) + 1));
                return true;
            case AssertNode assert:
                _instructions.Add(new Instruction(assert.Condition));
                return true;
            case RepeatNode repeat:
                return TryEmitRepeat(repeat);
            default:
                return false;
        }
    }

    private bool TryEmitSequence(IReadOnlyList<PatternNode> items)
    {
        for (var index = 0; index < items.Count;)
        {
            List<SetNode> run = [.. items.Skip(index).TakeWhile(item => item is SetNode set && IsLetter(set)).Cast<SetNode>()];
            if (run.Count > 0) _instructions.Add(Literal(run));
            else if (!TryEmit(items[index])) return false;
            index += Math.Max(1, run.Count);
        }

        return true;
    }

    private Instruction Literal(List<SetNode> run)
    {
        var text = new StringBuilder();
        foreach (var node in run) text.Append((char)node.Set.Symbols.First());
        return new Instruction(Operation.Literal, _tables.Literal(text.ToString()), run.Count);
    }

    private static bool IsLetter(SetNode node) => node.Set is { Count: 1, Rest: 0 };

    private bool TryEmitChoice(IReadOnlyList<Func<bool>> alternatives)
    {
        var at = _instructions.Count;
        var places = new List<int>();
        var exits = new List<int>();
        _alternatives.Add(at, places);
        _instructions.Add(new Instruction(Operation.Choice, _tables.AddChoice()));
        foreach (var tryEmit in alternatives)
        {
            places.Add(_instructions.Count);
            if (!tryEmit()) return false;
            exits.Add(_instructions.Count);
            _instructions.Add(default);
        }

        foreach (var exit in exits) _instructions[exit] = new Instruction(Operation.Jump, _instructions.Count);
        return true;
    }

    private bool TryEmitRepeat(RepeatNode repeat)
    {
        if (Single(repeat.Body) is { } set)
        {
            _instructions.Add(new Instruction(repeat.IsLazy ? Operation.RepeatLazy : Operation.Repeat, _tables.Set(set.Set), repeat.Min, repeat.Max));
            return true;
        }

        // Engines differ in what an empty turn of a loop does to groups.
        if (repeat.Max > 1 && repeat.Body.MayBeEmpty) return false;
        for (var turn = 0; turn < repeat.Min; turn++)
        {
            if (!TryEmit(repeat.Body)) return false;
        }

        if (repeat.Max == int.MaxValue) return TryEmitLoop(repeat);
        return TryEmitOptional(repeat, repeat.Max - repeat.Min);
    }

    private bool TryEmitLoop(RepeatNode repeat)
    {
        var loop = _instructions.Count;
        return TryEmitEither(
            repeat.IsLazy,
            () =>
            {
                if (!TryEmit(repeat.Body)) return false;
                _instructions.Add(new Instruction(Operation.Jump, loop));
                return true;
            });
    }

    private bool TryEmitOptional(RepeatNode repeat, int turns) =>
        turns == 0 || TryEmitEither(repeat.IsLazy, () => TryEmit(repeat.Body) && TryEmitOptional(repeat, turns - 1));

    private bool TryEmitEither(bool isLazy, Func<bool> tryEmit) => TryEmitChoice(isLazy ? [() => true, tryEmit] : [tryEmit, () => true]);

    private static SetNode? Single(PatternNode node) => node switch
    {
        SetNode set => set,
        SequenceNode { Items: [var only] } => Single(only),
        _ => null,
    };

    // Once all is in place: alternatives and ends of repetitions that the next character rules out are never tried.
    private void SetWhatComesNext()
    {
        for (var at = 0; at < _instructions.Count; at++)
        {
            var instruction = _instructions[at];
            if (instruction.Operation is Operation.Repeat or Operation.RepeatLazy)
                _instructions[at] = instruction with { D = _tables.Set(First(at + 1)) };
            if (_alternatives.TryGetValue(at, out var places))
                _tables.SetChoice(instruction.A, [.. places.Select(place => (place, First(place)))]);
        }
    }

    // With what the text may go on at an instruction. Loops end the recursion, since each turn takes a character.
    private CharacterSet First(int at)
    {
        if (_first.TryGetValue(at, out var known)) return known;
        var instruction = _instructions[at];
        var first = instruction.Operation switch
        {
            Operation.Literal => CharacterSet.Range(_tables.Literals[instruction.A], _tables.Literals[instruction.A]),
            Operation.Set => SetAt(instruction.A),
            Operation.Repeat or Operation.RepeatLazy when instruction.B > 0 => SetAt(instruction.A),
            Operation.Repeat or Operation.RepeatLazy => SetAt(instruction.A) | First(at + 1),
            Operation.Choice => _alternatives[at].Aggregate(default(CharacterSet), (union, place) => union | First(place)),
            Operation.Jump => First(instruction.A),
            Operation.Match => CharacterSet.Everything,
            Operation.End => CharacterSet.BeforeEnd,
            _ => First(at + 1),
        };
        _first.Add(at, first);
        return first;
    }

    private CharacterSet SetAt(int index)
    {
        var bits = _tables.SetBits[(index * PatternTables.WordsPerSet)..];
        return new CharacterSet(bits[0], bits[1], bits[2]);
    }
}
