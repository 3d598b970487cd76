using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Jint;
using Jint.Runtime;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Entities;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.BadRows;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments.JavaScript;

/// <summary>
/// Runs a user's script for each event (<c>javascript_script_config</c>): its function <c>process(event, params, headers)</c> reads and sets
/// fields, returns entities to add, or drops the event. What it throws fails the event. A script that makes it another event has to
/// set <c>event_name</c> and its like as well, as in Snowplow: the step that fills them comes before.
/// </summary>
internal sealed class JavaScriptEnrichment : IEnrichmentStep, IDisposable
{
    private readonly (string, string) _id;
    private readonly ScriptEngine _engine;
    private readonly SelfDescribingColumns _columns;

    private JavaScriptEnrichment((string SchemaUri, string Identifier) id, ScriptEngine engine, SelfDescribingValidator validator)
    {
        _id = id;
        _engine = engine;
        _columns = new SelfDescribingColumns(validator);
    }

    /// <summary>Reads <c>javascript_script_config</c>. A script that cannot be compiled, or fails outside of functions, is refused.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        var parameters = config.Parameters.TryGetProperty("config", out var json) ? json.GetRawText() : "{}";
        try
        {
            var code = Encoding.UTF8.GetString(Convert.FromBase64String(config.Parameters.GetProperty("script").GetString()!));
            var script = Engine.PrepareScript(code, Path.GetFileName(config.File));
            using (new ScriptEngine(script, parameters))
                return () => new JavaScriptEnrichment(config.Id, new ScriptEngine(script, parameters), environment.Validator);
        }
        catch (FormatException)
        {
            config.Refuse("script", "must be the script's text in base64");
        }
        catch (Exception e) when (IsOfTheScript(e))
        {
            config.Refuse("script", e.Message.TrimEnd('.'));
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask EnrichAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        try
        {
            if (_engine.Run(e) is { } result) Add(e, result);
        }
        catch (Exception failure) when (IsOfTheScript(failure))
        {
            e.FailEnrichment(_id, new ErrorMessage(failure is JavaScriptException { Error: var error } ? $"{error}" : failure.Message));
            return;
        }

        foreach (var (field, json) in _engine.Changed)
        {
            e.Fields.Unset(field);
            if (field == EventField.UnstructEvent) e.SelfDescribingEventSchema = null;
            if (json is null) continue;
            var utf8 = Encoding.UTF8.GetBytes(json);
            if (field == EventField.Contexts) await _columns.FillContextsAsync(e, utf8, cancellationToken);
            else await _columns.FillUnstructEventAsync(e, utf8, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private static bool IsOfTheScript(Exception e) =>
        e is JintException or TimeoutException or RegexMatchTimeoutException or Acornima.ParseErrorException or JsonException;

    private void Add(EventInProgress e, string result)
    {
        using var list = JsonDocument.Parse(result);
        if (!ScriptResult.TryAdd(list.RootElement, e.DerivedContexts))
            e.FailEnrichment(_id, new ErrorMessage("what process returns must be self-describing JSON, objects with 'schema' and 'data'"));
    }
}
