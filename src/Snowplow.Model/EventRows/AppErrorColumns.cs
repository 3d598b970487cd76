using System.Collections.Immutable;

namespace Snowplow.Model.EventRows;

/// <summary>The columns of <c>app_errors</c>: the events application_error. Key: <c>event_id</c>.</summary>
public static class AppErrorColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All = EventRowColumns.Of(
        new("message", "string", "message"),
        new("programming_language", "string", "programmingLanguage"),
        new("class_name", "string", "className"),
        new("exception_name", "string", "exceptionName"),
        new("is_fatal", "bool", "isFatal; false where it says nothing"),
        new("line_number", "long", "lineNumber"),
        new("line_column", "long", "lineColumn"),
        new("file_name", "string", "fileName"),
        new("thread_name", "string", "threadName"),
        new("thread_id", "long", "threadId"),
        new("stack_trace", "string", "stackTrace"),
        new("cause_stack_trace", "string", "causeStackTrace"));
}
