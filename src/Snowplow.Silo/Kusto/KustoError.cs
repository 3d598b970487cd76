using System.Globalization;
using System.Text.Json;
using Snowplow.Kql;
using Snowplow.Kql.Syntax;

namespace Snowplow.Silo.Kusto;

/// <summary>An error as Kusto's clients know it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Kusto's code of the class of errors: <c>BadRequest_SyntaxError</c>.</param>
/// <param name="Message">A sentence on that class.</param>
/// <param name="Type">The exception of Kusto's SDK.</param>
/// <param name="Detail">What is wrong and what to do.</param>
internal sealed record KustoError(int Status, string Code, string Message, string Type, string Detail)
{
    /// <summary>Kusto's status for errors of the service.</summary>
    private const int ServiceError = 520;

    private const string Exceptions = "Kusto.Data.Exceptions.";
    private const string Invalid = "Request is invalid and cannot be executed.";

    /// <summary>Whether the same request would fail again.</summary>
    public bool IsPermanent { get; init; } = true;

    /// <summary>Whether it ends an answer that has begun, with status 200, instead of taking its place.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The engine's own words.</summary>
    public string Cause { get; init; } = Detail;

    /// <summary>What is wrong where in the text.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>The text that <see cref="Diagnostics"/> speak of.</summary>
    public string Text { get; init; } = "";

    /// <summary>A request that is none.</summary>
    public static KustoError BadRequest(string detail) => new(StatusCodes.Status400BadRequest, "General_BadRequest", Invalid, Exceptions + "KustoBadRequestException", detail);

    /// <summary>A request that is too large.</summary>
    public static KustoError TooLarge(string detail) =>
        new(StatusCodes.Status413PayloadTooLarge, "PayloadTooLarge", Invalid, Exceptions + "KustoBadRequestException", detail);

    /// <summary>A name that nothing has.</summary>
    public static KustoError NotFound(string kind, string name, string hint) =>
        new(StatusCodes.Status400BadRequest, "BadRequest_EntityNotFound", Invalid, Exceptions + "EntityNotFoundException", $"Bad request: Entity ID '{name}' of kind '{kind}' was not found. {hint}");

    /// <summary>More queries than the server takes at once.</summary>
    public static KustoError Throttled() => new(
        StatusCodes.Status429TooManyRequests, "TooManyRequests", "Request is throttled.", Exceptions + "KustoRequestThrottledException",
        $"{QueryGate.MostRunning} queries run and {QueryGate.MostWaiting} wait already: try again later (E_QUERY_THROTTLED)") { IsPermanent = false };

    /// <summary>A query that took longer than it may.</summary>
    public static KustoError TimedOut(TimeSpan timeout) => new(
        StatusCodes.Status504GatewayTimeout, "Timeout", "Request has timed out.", Exceptions + "KustoServiceTimeoutException",
        $"The query did not end within {timeout.ToString("c", CultureInfo.InvariantCulture)} (80DA0001): filter earlier, or set the request property servertimeout") { IsPermanent = false };

    /// <summary>A mistake of the server.</summary>
    public static KustoError Internal() => new(
        ServiceError, "Internal service error", "The server could not answer.", Exceptions + "KustoServiceException", "The server has a fault, which its log tells of under the activity id") { IsPermanent = false };

    /// <summary>Changes that the server's disk did not take.</summary>
    public static KustoError NotWritten(string detail) => new(
        ServiceError, "Internal service error", "The server could not write.", Exceptions + "KustoServiceException", detail) { IsPermanent = false };

    /// <summary>The error of a query.</summary>
    public static KustoError Of(KqlException exception, string text)
    {
        var first = exception.Diagnostics is [var diagnostic, ..] ? $"{diagnostic.Code}: {diagnostic.Message}" : exception.Message;
        return (exception.Kind switch
        {
            KqlErrorKind.Syntax => new(
                StatusCodes.Status400BadRequest, "BadRequest_SyntaxError", Invalid, Exceptions + "SyntaxException",
                $"Syntax error: Query could not be parsed: {first}{Place(exception, text)}. Query: '{text}'"),
            KqlErrorKind.Semantic or KqlErrorKind.NotSupported => new(
                StatusCodes.Status400BadRequest, "BadRequest_SemanticError", Invalid, Exceptions + "SemanticException", $"Semantic error: {first}"),
            KqlErrorKind.Limit => new(
                StatusCodes.Status200OK, "LimitsExceeded", Invalid, Exceptions + "KustoServicePartialQueryFailureLimitsExceededException",
                $"Query execution has exceeded the allowed limits: {first}") { IsPartial = true },
            _ => new KustoError(
                StatusCodes.Status200OK, "PartialQueryFailure", "Query execution has failed.", Exceptions + "KustoServicePartialQueryFailureException",
                $"Partial query failure: {first}") { IsPartial = true },
        }) with { Cause = exception.Message, Diagnostics = exception.Diagnostics, Text = text };
    }

    /// <summary>The error as it ends commands, which have no part of an answer: they are done as a whole or not at all.</summary>
    public KustoError OfCommand() => this with { Status = StatusCodes.Status400BadRequest, IsPartial = false };

    /// <summary>The exception that ends a request with it.</summary>
    public KustoException Exception(Exception? cause = null) => new(this, cause);

    /// <summary>Writes <c>{"error":{…}}</c> (the OneAPI error with Kusto's own members).</summary>
    public void Write(Utf8JsonWriter writer, KustoIds ids)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        WriteHead(writer, Code, Message, Type, Detail);
        writer.WriteStartObject("@context");
        writer.WriteString("timestamp", DateTime.UtcNow);
        writer.WriteString("serviceAlias", "SNOWPLOW");
        writer.WriteString("clientRequestId", ids.ClientRequestId);
        writer.WriteString("activityId", ids.ActivityId);
        writer.WriteEndObject();
        writer.WriteBoolean("@permanent", IsPermanent);
        writer.WriteStartObject("innererror");
        if (Diagnostics is [var first, ..]) WriteDiagnostic(writer, first);
        else WriteHead(writer, Code, Cause, Type, Cause);
        writer.WriteEndObject();
        if (Diagnostics.Count > 0)
        {
            // All of them, as the OneAPI error has it; Kusto itself gives the first only.
            writer.WriteStartArray("details");
            foreach (var diagnostic in Diagnostics)
            {
                writer.WriteStartObject();
                WriteDiagnostic(writer, diagnostic);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter writer, string code, string message, string type, string detail)
    {
        writer.WriteString("code", code);
        writer.WriteString("message", message);
        writer.WriteString("@type", type);
        writer.WriteString("@message", detail);
    }

    // Kusto writes the numbers as strings: lines count from 1, positions within a line from 0.
    private void WriteDiagnostic(Utf8JsonWriter writer, Diagnostic diagnostic)
    {
        var (line, position) = Place(Text, diagnostic.Span.Start);
        WriteHead(writer, diagnostic.Code, diagnostic.Message, Type, $"{diagnostic.Code}: {diagnostic.Message} [line:position={line}:{position}]");
        writer.WriteString("@line", line.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("@pos", position.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("@token", Text[Within(diagnostic.Span.Start)..Within(diagnostic.Span.End)]);
        writer.WriteString("@errorCode", diagnostic.Code);
        writer.WriteString("@errorMessage", diagnostic.Message);
    }

    private int Within(int place) => Math.Clamp(place, 0, Text.Length);

    private static string Place(KqlException exception, string text)
    {
        if (exception.Diagnostics is not [var diagnostic, ..]) return "";
        var (line, position) = Place(text, diagnostic.Span.Start);
        return $" [line:position={line}:{position}]";
    }

    private static (int Line, int Position) Place(string text, int start)
    {
        var before = text.AsSpan(0, Math.Clamp(start, 0, text.Length));
        return (before.Count('\n') + 1, before.Length - (before.LastIndexOf('\n') + 1));
    }
}
