using System.Globalization;
using System.Text;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>Collects what is wrong with an instance, and keeps the path to the value being looked at.</summary>
/// <param name="limit">How many violations are kept.</param>
/// <param name="rootPath">Path of the instance: <c>$</c>, or where it lies in a larger text.</param>
internal sealed class ViolationReport(int limit, string rootPath)
{
    private readonly List<DataReport> _violations = [];
    private readonly StringBuilder _path = new(rootPath);

    /// <summary>Violations found so far.</summary>
    public int Count => _violations.Count;

    /// <summary>Whether no further violation will be kept.</summary>
    public bool IsFull => Count >= limit;

    /// <summary>All that was found, in the order of the text.</summary>
    public IReadOnlyList<DataReport> Violations => _violations;

    /// <summary>Where the current path ends; hand it to <see cref="Leave"/>.</summary>
    public int Enter(ReadOnlySpan<byte> rawName)
    {
        var length = _path.Length;
        _path.Append('.').Append(JsonText.ToString(rawName));
        return length;
    }

    /// <inheritdoc cref="Enter(ReadOnlySpan{byte})"/>
    public int Enter(int index)
    {
        var length = _path.Length;
        _path.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
        return length;
    }

    /// <summary>Goes back to the path that <c>Enter</c> left.</summary>
    public void Leave(int length) => _path.Length = length;

    /// <summary>Notes a violation at the current path.</summary>
    public void Add(string keyword, string message, params IReadOnlyList<string> targets)
    {
        if (!IsFull)
            _violations.Add(new DataReport($"{_path}: {message}", _path.ToString(), keyword, targets));
    }

    /// <summary>Forgets the violations after the first <paramref name="count"/>: they were those of an alternative not needed.</summary>
    public void Truncate(int count) => _violations.RemoveRange(count, _violations.Count - count);
}
