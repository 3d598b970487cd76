namespace Snowplow.Events.BadRows;

/// <summary>Why a JSON is not self-describing, in the codes of Snowplow's Iglu core.</summary>
public static class NotIgluReason
{
    /// <summary>The version of the Iglu URI is not MODEL-REVISION-ADDITION.</summary>
    public const string InvalidSchemaVer = "INVALID_SCHEMAVER";

    /// <summary><c>schema</c> is not an Iglu URI.</summary>
    public const string InvalidIgluUri = "INVALID_IGLUURI";

    /// <summary>The JSON is no object with <c>schema</c> and <c>data</c>.</summary>
    public const string InvalidDataPayload = "INVALID_DATA_PAYLOAD";

    /// <summary>The JSON is no self-describing schema.</summary>
    public const string InvalidSchema = "INVALID_SCHEMA";
}
