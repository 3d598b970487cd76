using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Snowplow.Enrich.UserAgents;

/// <summary>
/// Writes the data of <c>ua_parser_context</c> 1-0-0. Versions are the family, a space, and the parts that are defined with dots
/// between. Keeps its buffers from text to text. Not thread-safe.
/// </summary>
internal sealed class UserAgentContext
{
    /// <summary>The schema of the data.</summary>
    public const string Schema = "iglu:com.snowplowanalytics.snowplow/ua_parser_context/jsonschema/1-0-0";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly UserAgentReader _reader;
    private readonly ArrayBufferWriter<byte> _version = new(256);

    /// <summary>Writes what some rules say.</summary>
    public UserAgentContext(UserAgentRules rules) => _reader = new UserAgentReader(rules);

    /// <summary>Writes the data for a user agent.</summary>
    /// <param name="userAgent">UTF-8; see <see cref="UserAgentReader.Read"/>.</param>
    /// <param name="output">Receives JSON.</param>
    public void Write(ReadOnlySpan<byte> userAgent, IBufferWriter<byte> output)
    {
        _reader.Read(userAgent);
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        WriteField(json, "useragentFamily"u8, UserAgentField.Family);
        WriteField(json, "useragentMajor"u8, UserAgentField.Major);
        WriteField(json, "useragentMinor"u8, UserAgentField.Minor);
        WriteField(json, "useragentPatch"u8, UserAgentField.Patch);
        WriteVersion(json, "useragentVersion"u8, UserAgentField.Family, UserAgentField.Patch);
        WriteField(json, "osFamily"u8, UserAgentField.OsFamily);
        WriteField(json, "osMajor"u8, UserAgentField.OsMajor);
        WriteField(json, "osMinor"u8, UserAgentField.OsMinor);
        WriteField(json, "osPatch"u8, UserAgentField.OsPatch);
        WriteField(json, "osPatchMinor"u8, UserAgentField.OsPatchMinor);
        WriteVersion(json, "osVersion"u8, UserAgentField.OsFamily, UserAgentField.OsPatchMinor);
        WriteField(json, "deviceFamily"u8, UserAgentField.DeviceFamily);
        json.WriteEndObject();
    }

    private void WriteField(Utf8JsonWriter json, ReadOnlySpan<byte> name, UserAgentField field)
    {
        var value = _reader[field];
        if (value.IsEmpty) json.WriteNull(name);
        else json.WriteString(name, value);
    }

    private void WriteVersion(Utf8JsonWriter json, ReadOnlySpan<byte> name, UserAgentField family, UserAgentField last)
    {
        _version.ResetWrittenCount();
        _version.Write(_reader[family]);
        var separator = " "u8;
        for (var field = family + 1; field <= last; field++)
        {
            if (_reader[field].IsEmpty) continue;
            _version.Write(separator);
            _version.Write(_reader[field]);
            separator = "."u8;
        }

        json.WriteString(name, _version.WrittenSpan);
    }
}
