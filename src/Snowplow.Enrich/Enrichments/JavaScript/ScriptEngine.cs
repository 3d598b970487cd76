using Acornima.Ast;
using Jint;
using Jint.Native;
using Jint.Native.Json;

namespace Snowplow.Enrich.Enrichments.JavaScript;

/// <summary>
/// A script in an engine of its own, which sees the event and nothing else of the machine. Each event has a budget of time,
/// statements and memory. Not thread-safe.
/// </summary>
internal sealed class ScriptEngine : IDisposable
{
    /// <summary>How long a script may take for one event.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(1);

    /// <summary>How many statements it may execute for one event.</summary>
    public const int MaxStatements = 1_000_000;

    /// <summary>How many bytes it may allocate for one event.</summary>
    public const int MaxBytes = 64 << 20;

    // Runs before the user's script, so that nothing it redefines gets in the way. The budget is looked at between statements, so what
    // makes much of little in one statement has a limit of its own. Java's classes are not there; scripts that were
    // written for Snowplow's engine and use them are told so.
    private static readonly Prepared<Script> Prelude = Engine.PrepareScript("""
        for (const name of ['Java', 'java', 'javax', 'Packages', 'JavaImporter']) {
          Object.defineProperty(globalThis, name, {
            configurable: true,
            get() { throw new TypeError(name + ': Java classes are not offered to scripts; use what JavaScript has'); },
            set(value) { Object.defineProperty(globalThis, name, { value, writable: true }); },
          });
        }
        globalThis.print = function () {};
        for (const name of ['repeat', 'padStart', 'padEnd']) {
          const original = String.prototype[name];
          Object.defineProperty(String.prototype, name, {
            configurable: true,
            writable: true,
            value(count, fill) {
              if ((name === 'repeat' ? count * String(this).length : count) > 1000000) throw new RangeError(name + ' makes more than 1000000 characters');
              return original.call(this, count, fill);
            },
          });
        }
        (function (stringify, isArray) {
          const list = { size: { value() { return this.length; } }, get: { value(index) { return this[index]; } } };
          const { defineProperties } = Object;
          return function (process, event, params, headers) {
            const result = process(event, params, defineProperties(headers, list));
            if (result === null || result === undefined) return null;
            if (!isArray(result)) throw new TypeError('process must return an array of self-describing JSON, or null');
            return stringify(result);
          };
        })(JSON.stringify, Array.isArray);
        """);

    private readonly Engine _engine;
    private readonly ScriptEvent _event;
    private readonly JsValue _run;
    private readonly JsValue _process;
    private readonly JsValue _parameters;

    /// <summary>Runs what stands outside of functions in the script.</summary>
    /// <param name="script">The script.</param>
    /// <param name="parameters">JSON of the object that the script gets as <c>params</c>.</param>
    /// <exception cref="JintException">The script failed, or has no function <c>process</c>.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public ScriptEngine(in Prepared<Script> script, string parameters)
    {
        _engine = new Engine(options =>
        {
            options.TimeoutInterval(MaxTime).MaxStatements(MaxStatements).LimitMemory(MaxBytes);
            options.LocalTimeZone(TimeZoneInfo.Utc);
            options.Constraints.StackOverflowGuard = true;
            options.Constraints.RegexTimeout = MaxTime;
            options.Constraints.MaxArraySize = MaxStatements;
        });
        _run = _engine.Evaluate(Prelude);
        _engine.Execute(script);
        _process = _engine.Evaluate("""
            if (typeof process !== 'function') throw new TypeError('the script has no function process(event, params, headers)');
            process;
            """);
        _parameters = new JsonParser(_engine).Parse(parameters);
        _event = new ScriptEvent(_engine);
    }

    /// <summary>The columns that the last run changed and that must be validated.</summary>
    public IReadOnlyDictionary<Snowplow.Events.Enriched.EventField, string?> Changed => _event.Changed;

    /// <summary>Runs the script's <c>process</c> for an event.</summary>
    /// <returns>JSON of the array that it returned; null for none.</returns>
    /// <exception cref="JintException">The script failed, or went beyond its budget.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public string? Run(EventInProgress e)
    {
        _event.Begin(e);
        var headers = new JsArray(_engine, [.. (e.Request.Headers ?? []).Select(JsString.Create)]);
        var result = _engine.Call(_run, JsValue.Undefined, [_process, _event.Object, _parameters, headers]);
        return result.IsNull() ? null : result.AsString();
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();
}
