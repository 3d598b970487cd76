using Snowplow.Model.Forgetting;

namespace Snowplow.Model.Rows;

/// <summary>Writes the rows of <c>forgotten</c>, by the rules of <see cref="ForgottenColumns"/>.</summary>
internal static class ForgottenRows
{
    public static void WriteForgotten(this RowLines lines, string kind, string key, Forgotten forgotten, int generation)
    {
        lines.Begin();
        var row = lines.Row;
        row.WriteString("kind"u8, kind);
        row.WriteString("key"u8, key);
        row.Time("forgotten_at"u8, forgotten.AtMs);
        row.WriteNumber("model_generation"u8, generation);
        row.WriteNumber("revision"u8, forgotten.Mark.Revision);
        lines.End();
    }
}
