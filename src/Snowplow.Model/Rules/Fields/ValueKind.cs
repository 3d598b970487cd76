namespace Snowplow.Model.Rules.Fields;

/// <summary>What a field path found.</summary>
internal enum ValueKind : byte
{
    /// <summary>Nothing: an empty column, no such entity, no such member, or JSON's null.</summary>
    Missing,

    /// <summary>Text: any column that is not of another kind, or a JSON string, unescaped.</summary>
    Text,

    /// <summary>A JSON number as it stands.</summary>
    Number,

    /// <summary>JSON's <c>true</c>, or <c>1</c> in a column of yes and no.</summary>
    True,

    /// <summary>JSON's <c>false</c>, or <c>0</c> in a column of yes and no.</summary>
    False,

    /// <summary>The text of a JSON object or array.</summary>
    Json,
}
