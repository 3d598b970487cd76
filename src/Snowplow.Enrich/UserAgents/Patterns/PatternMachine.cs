namespace Snowplow.Enrich.UserAgents.Patterns;

/// <summary>
/// Runs programs by backtracking, as .NET, Java and JavaScript do, so that groups come out the same. Every step counts against a
/// budget, so no text takes long. Keeps its stack from run to run. Not thread-safe.
/// </summary>
internal sealed class PatternMachine(PatternTables tables)
{
    private const int EntrySize = 3;

    private readonly int[] _slots = new int[(PatternCompiler.MaxGroups + 1) * 2];
    private int[] _stack = new int[EntrySize * 256];

    /// <summary>Steps left; at zero nothing matches any more.</summary>
    public int Budget { get; set; }

    /// <summary>Where a group of the last match lies; an empty range at 0 for one that took no part.</summary>
    public Range Group(int number) =>
        _slots[(number * 2) + 1] < 0 ? default : _slots[number * 2].._slots[(number * 2) + 1];

    /// <summary>Looks for the first match.</summary>
    /// <param name="program">The pattern.</param>
    /// <param name="text">The folded text, and <see cref="CharacterSet.End"/> after it.</param>
    public bool IsMatch(PatternProgram program, ReadOnlySpan<byte> text)
    {
        if (program.IsAnchored) return Run(program.Instructions, text, 0);
        for (var start = 0; start < text.Length; start++)
        {
            if (program.First is { } first)
            {
                var skip = text[start..].IndexOfAny(first);
                if (skip < 0) return false;
                start += skip;
            }

            if (Run(program.Instructions, text, start)) return true;
            if (Budget <= 0) return false;
        }

        return false;
    }

    private bool Run(ReadOnlySpan<Instruction> program, ReadOnlySpan<byte> text, int start)
    {
        var sets = tables.SetBits;
        _slots.AsSpan().Fill(-1);
        var (at, place, depth) = (0, start, 0);
        while (Budget-- > 0)
        {
            ref readonly var instruction = ref program[at];
            var goesOn = false;
            switch (instruction.Operation)
            {
                case Operation.Literal:
                    goesOn = text[place..].StartsWith(tables.Literals.Slice(instruction.A, instruction.B));
                    place += instruction.B;
                    break;
                case Operation.Set:
                    goesOn = IsIn(sets, instruction.A, text[place++]);
                    break;
                case Operation.Repeat:
                {
                    var (least, most) = Span(sets, instruction, text, place);
                    goesOn = TryStepBack(sets, instruction, text, least, ref most);
                    if (goesOn && most > least) Push(ref depth, at, most, least);
                    place = most;
                    break;
                }

                case Operation.RepeatLazy:
                {
                    var (least, most) = Span(sets, instruction, text, place);
                    goesOn = TryStepOn(sets, instruction, text, ref least, most);
                    if (goesOn && most > least) Push(ref depth, at, least, most);
                    place = least;
                    break;
                }

                case Operation.Choice:
                {
                    var places = tables.Choices[instruction.A][text[place]];
                    if (places.Length > 1) Push(ref depth, at, place, 1);
                    if (places.Length > 0)
                    {
                        at = places[0];
                        continue;
                    }

                    break;
                }

                case Operation.Jump:
                    at = instruction.A;
                    continue;
                case Operation.Save:
                    Push(ref depth, -1 - instruction.A, _slots[instruction.A], 0);
                    _slots[instruction.A] = place;
                    goesOn = true;
                    break;
                case Operation.Start:
                    goesOn = place == 0;
                    break;
                case Operation.End:
                    goesOn = place >= text.Length - 1 || (place == text.Length - 2 && text[place] == '\n');
                    break;
                case Operation.Boundary:
                    goesOn = (place > 0 && CharacterSet.Word.Contains(text[place - 1])) != CharacterSet.Word.Contains(text[place]);
                    break;
                case Operation.Match:
                    return true;
            }

            at++;
            if (!goesOn && !TryBacktrack(program, text, ref depth, ref at, ref place)) return false;
        }

        return false;
    }

    // Takes up the latest place where there was another way, undoing on the way back what groups noted.
    private bool TryBacktrack(ReadOnlySpan<Instruction> program, ReadOnlySpan<byte> text, ref int depth, ref int at, ref int place)
    {
        var sets = tables.SetBits;
        while (depth > 0)
        {
            var entry = _stack.AsSpan(depth - EntrySize, EntrySize);
            if (entry[0] < 0)
            {
                _slots[-1 - entry[0]] = entry[1];
                depth -= EntrySize;
                continue;
            }

            ref readonly var instruction = ref program[entry[0]];
            at = entry[0] + 1;
            place = entry[1];
            switch (instruction.Operation)
            {
                case Operation.Choice:
                    var places = tables.Choices[instruction.A][text[place]];
                    at = places[entry[2]++];
                    if (entry[2] == places.Length) depth -= EntrySize;
                    return true;
                case Operation.Repeat:
                    place--;
                    var canStepBack = TryStepBack(sets, instruction, text, entry[2], ref place);
                    entry[1] = place;
                    if (!canStepBack || place == entry[2]) depth -= EntrySize;
                    if (canStepBack) return true;
                    break;
                default:
                    place++;
                    var canStepOn = TryStepOn(sets, instruction, text, ref place, entry[2]);
                    entry[1] = place;
                    if (!canStepOn || place == entry[2]) depth -= EntrySize;
                    if (canStepOn) return true;
                    break;
            }
        }

        return false;
    }

    // Between which places a repetition may end; the second is less than the first where there are too few characters.
    private (int Least, int Most) Span(ReadOnlySpan<ulong> sets, in Instruction instruction, ReadOnlySpan<byte> text, int place)
    {
        var limit = (int)Math.Min(text.Length, (long)place + instruction.C);
        var most = place;
        while (most < limit && IsIn(sets, instruction.A, text[most])) most++;
        Budget -= (most - place) >> 2;
        return (place + instruction.B, most);
    }

    private bool TryStepBack(ReadOnlySpan<ulong> sets, in Instruction instruction, ReadOnlySpan<byte> text, int least, ref int place)
    {
        var from = place;
        while (place >= least && !IsIn(sets, instruction.D, text[place])) place--;
        Budget -= (from - place) >> 2;
        return place >= least;
    }

    private bool TryStepOn(ReadOnlySpan<ulong> sets, in Instruction instruction, ReadOnlySpan<byte> text, ref int place, int most)
    {
        var from = place;
        while (place <= most && !IsIn(sets, instruction.D, text[place])) place++;
        Budget -= (place - from) >> 2;
        return place <= most;
    }

    private static bool IsIn(ReadOnlySpan<ulong> sets, int set, byte symbol) =>
        (sets[(set * PatternTables.WordsPerSet) + (symbol >> 6)] >> (symbol & 63) & 1) != 0;

    private void Push(ref int depth, int first, int second, int third)
    {
        if (depth + EntrySize > _stack.Length) Array.Resize(ref _stack, _stack.Length * 2);
        var entry = _stack.AsSpan(depth, EntrySize);
        entry[0] = first;
        entry[1] = second;
        entry[2] = third;
        depth += EntrySize;
    }
}
