using System.Text;
using System.Text.Json;
using Jint;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments.JavaScript;

/// <summary>
/// The object <c>event</c> of a script: <c>getApp_id()</c>, <c>setApp_id(x)</c> and <c>app_id</c> for each field, <c>drop()</c> and
/// <c>eraseDerived_contexts()</c>. One for an engine; it stands for one event after the other.
/// </summary>
internal sealed class ScriptEvent
{
    private readonly Engine _engine;
    private EventInProgress? _event;

    /// <summary>Makes the object.</summary>
    public ScriptEvent(Engine engine)
    {
        _engine = engine;
        Object = new JsObject(engine);
        for (var field = (EventField)0; (int)field < EventFields.Count; field++) AddField(field);
        AddMethod("drop", () => Event.IsDropped = true);
        AddMethod("eraseDerived_contexts", () => Event.DerivedContexts.Clear());
        Object.PreventExtensions();
    }

    /// <summary>The object.</summary>
    public JsObject Object { get; }

    /// <summary>The columns <c>contexts</c> and <c>unstruct_event</c> as the script has set them, null for empty; they must be validated yet.</summary>
    public Dictionary<EventField, string?> Changed { get; } = [];

    private EventInProgress Event => _event ?? throw new InvalidOperationException("A script runs without an event.");

    /// <summary>Makes the object stand for an event.</summary>
    public void Begin(EventInProgress e)
    {
        _event = e;
        Changed.Clear();
    }

    private void AddField(EventField field)
    {
        var name = EventFields.Name(field);
        var suffix = $"{char.ToUpperInvariant(name[0])}{name[1..]}";
        var getter = new ClrFunction(_engine, $"get{suffix}", (_, _) => Get(field));
        var setter = new ClrFunction(_engine, $"set{suffix}", (_, arguments) => Set(field, arguments.At(0)), 1);
        Object.FastSetProperty($"get{suffix}", new PropertyDescriptor(getter, PropertyFlag.AllForbidden));
        Object.FastSetProperty($"set{suffix}", new PropertyDescriptor(setter, PropertyFlag.AllForbidden));
        Object.FastSetProperty(name, new GetSetPropertyDescriptor(getter, setter, enumerable: false, configurable: false));
    }

    private void AddMethod(string name, Action act)
    {
        var method = new ClrFunction(_engine, name, (_, _) =>
        {
            act();
            return JsValue.Undefined;
        });
        Object.FastSetProperty(name, new PropertyDescriptor(method, PropertyFlag.AllForbidden));
    }

    private JsValue Get(EventField field)
    {
        if (Changed.TryGetValue(field, out var changed)) return changed is null ? JsValue.Null : JsString.Create(changed);
        if (field == EventField.DerivedContexts) Event.DerivedContexts.WriteTo(Event.Fields);
        return ScriptFields.Get(Event.Fields, field);
    }

    private JsValue Set(EventField field, JsValue value)
    {
        string? expected;
        if (field == EventField.DerivedContexts) expected = SetDerivedContexts(value);
        else if (EventFields.Type(field) == FieldType.Json) expected = SetJson(field, value);
        else expected = ScriptFields.Set(Event.Fields, field, value);
        return expected is null
            ? JsValue.Undefined
            : throw new JavaScriptException(_engine.Intrinsics.TypeError, $"{EventFields.Name(field)} takes {expected}, not {Described(value)}");
    }

    private static string Described(JsValue value) => value.IsObject() ? "an object" : $"'{TypeConverter.ToString(value)}'";

    private string? SetJson(EventField field, JsValue value)
    {
        if (!value.IsString() && !value.IsNull() && !value.IsUndefined()) return "JSON as a string (use JSON.stringify), or null";
        Changed[field] = value.IsString() && value.ToString() is { Length: > 0 } text ? text : null;
        return null;
    }

    private string? SetDerivedContexts(JsValue value)
    {
        Event.DerivedContexts.Clear();
        if (value.IsNull() || value.IsUndefined()) return null;
        const string Expected = "self-describing JSON as a string whose data is a list of self-describing JSON";
        try
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(value.ToString()));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("data", out var list)
                && ScriptResult.TryAdd(list, Event.DerivedContexts) ? null : Expected;
        }
        catch (JsonException)
        {
            return Expected;
        }
    }
}
