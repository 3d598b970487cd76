using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rows;

namespace Snowplow.Model.EventRows;

/// <summary>Writes what <see cref="AppErrorColumns"/> has of its own.</summary>
internal static class AppErrorRow
{
    public static void Write(Utf8JsonWriter row, Entity error)
    {
        row.Text("message"u8, error.Utf8("message"u8));
        row.Text("programming_language"u8, error.Utf8("programmingLanguage"u8));
        row.Text("class_name"u8, error.Utf8("className"u8));
        row.Text("exception_name"u8, error.Utf8("exceptionName"u8));
        row.WriteBoolean("is_fatal"u8, error.Boolean("isFatal"u8) == true);
        row.Number("line_number"u8, error.Integer("lineNumber"u8));
        row.Number("line_column"u8, error.Integer("lineColumn"u8));
        row.Text("file_name"u8, error.Utf8("fileName"u8));
        row.Text("thread_name"u8, error.Utf8("threadName"u8));
        row.Number("thread_id"u8, error.Integer("threadId"u8));
        row.Text("stack_trace"u8, error.Utf8("stackTrace"u8));
        row.Text("cause_stack_trace"u8, error.Utf8("causeStackTrace"u8));
    }
}
