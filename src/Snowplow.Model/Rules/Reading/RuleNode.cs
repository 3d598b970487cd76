using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Snowplow.Model.Rules.Reading;

/// <summary>
/// A value of the document, its place, and the list that faults go to. The methods that read it report what is wrong and
/// return null, so that reading goes on and all faults are told at once.
/// </summary>
internal sealed class RuleNode(JsonElement json, string path, List<RuleError> errors)
{
    /// <summary>The greatest length of a text in UTF-16 units.</summary>
    public const int MaxTextLength = 1000;

    public JsonElement Json => json;

    /// <summary>Reports a fault here.</summary>
    /// <param name="message">What is wrong and what to do, as it follows the path.</param>
    public void Fault(string message) => errors.Add(new RuleError(path, message));

    /// <summary>Reads an object; other members than the known ones, and members that come twice, are faults.</summary>
    public IReadOnlyDictionary<string, RuleNode>? Members(params ReadOnlySpan<string> known)
    {
        var members = AnyMembers();
        if (members is null) return null;
        var names = known.ToArray();
        foreach (var (name, node) in members.Where(pair => !names.Contains(pair.Key)).ToArray())
        {
            node.Fault(NearestName.Of(name, names) is { } nearest
                ? $"is not known: did you mean '{nearest}'?"
                : $"is not known: remove it, or write one of {string.Join(", ", names)}");
            members.Remove(name);
        }

        return members;
    }

    /// <summary>Reads an object of any members; one that comes twice is a fault.</summary>
    public Dictionary<string, RuleNode>? AnyMembers()
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Fault($"must be an object, not {Kind}");
            return null;
        }

        var members = new Dictionary<string, RuleNode>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            var node = new RuleNode(member.Value, path + Step(member.Name), errors);
            if (!members.TryAdd(member.Name, node)) node.Fault("is given twice: remove one");
        }

        return members;
    }

    /// <summary>A member of this object that must be there; null, with the fault reported, where it is not.</summary>
    public RuleNode? Required(IReadOnlyDictionary<string, RuleNode> members, string name)
    {
        if (members.TryGetValue(name, out var node)) return node;
        Fault($"has no '{name}': write it");
        return null;
    }

    /// <summary>Reads an array of at most a number of items.</summary>
    public ImmutableArray<RuleNode>? Items(int max)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            Fault($"must be an array, not {Kind}");
            return null;
        }

        if (json.GetArrayLength() <= max)
            return [.. json.EnumerateArray().Select((item, index) => new RuleNode(item, $"{path}[{index}]", errors))];
        Fault($"has {json.GetArrayLength()} items: at most {max} are allowed");
        return null;
    }

    /// <summary>Reads a text that is not empty.</summary>
    public string? Text(int maxLength = MaxTextLength)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            Fault($"must be text, not {Kind}");
            return null;
        }

        var text = json.GetString()!;
        if (text.Length > 0 && text.Length <= maxLength) return text;
        Fault(text.Length == 0 ? "is empty: write a text" : $"has {text.Length} characters: at most {maxLength} are allowed");
        return null;
    }

    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public bool? Boolean()
    {
        if (json.ValueKind is JsonValueKind.True or JsonValueKind.False) return json.GetBoolean();
        Fault($"must be true or false, not {Kind}");
        return null;
    }

    /// <summary>Reads a number.</summary>
    public double? Number()
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        Fault(json.ValueKind == JsonValueKind.Number ? "is too large for a number of double precision" : $"must be a number, not {Kind}");
        return null;
    }

    /// <summary>Reads a whole number in a range.</summary>
    public int? Integer(int min, int max)
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) && number >= min && number <= max) return number;
        Fault(string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min} to {max}, not {Kind}"));
        return null;
    }

    /// <summary>What stands here, for messages.</summary>
    public string Kind => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => $"the text '{Cut(json.GetString()!)}'",
        JsonValueKind.Null => "null",
        _ => Cut(json.GetRawText()),
    };

    private static string Step(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? $".{Cut(name)}" : $"['{Cut(name)}']";

    private static string Cut(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
