using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules;

/// <summary>Something by which a person is known beyond one device: a login, the hash of an e-mail address.</summary>
public sealed class Identifier
{
    /// <summary>How many there may be: each may make a step from a user to the person.</summary>
    public const int MaxCount = 8;

    internal Identifier(string name, FieldPath field, bool isUnique, int maxUsers)
    {
        Name = name;
        Field = field;
        IsUnique = isUnique;
        MaxUsers = maxUsers;
    }

    /// <summary>The name, unique among all.</summary>
    public string Name { get; }

    /// <summary>Whether a user has one at a time, the last; else all that were seen count.</summary>
    public bool IsUnique { get; }

    /// <summary>How many users may have it; one that more have belongs to everybody and links nobody.</summary>
    public int MaxUsers { get; }

    /// <summary>Where events have it.</summary>
    internal FieldPath Field { get; }
}
