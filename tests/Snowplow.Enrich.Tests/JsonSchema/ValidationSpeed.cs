using System.Diagnostics;
using System.Globalization;
using System.Text;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;
using Xunit.Abstractions;

namespace Snowplow.Enrich.Tests.JsonSchema;

/// <summary>
/// Validations per second of processor time, which other programs on the machine disturb less than the clock's, parsing included,
/// one thread, and bytes allocated by each. The instances are those of the ajv measurement to compare with.
/// </summary>
public sealed class ValidationSpeed(ITestOutputHelper output)
{
    private const string Core = "com.snowplowanalytics.snowplow";

    private const string Event =
        """
        {"e":"pv","url":"https://shop.example.com/products/products-item-0042?utm_source=google","page":"Product 42 - Example Shop","refr":"https://www.google.com/","tv":"js-3.24.2","tna":"sp1","aid":"shop","p":"web","cookie":"1","cs":"UTF-8","lang":"en-GB","res":"1920x1080","cd":"24","tz":"Europe/London","dtm":"1735689600100","vp":"1903x969","ds":"1903x4210","vid":"3","sid":"9a1f0b7e-6d4c-4f1a-8a55-0d2c5b1f7e21","duid":"6c1e2f4e-2b3d-4f5a-9c8b-1a2b3c4d5e6f","eid":"2ac12451-6e13-4593-ab07-079bbf9873c4","stm":"1735689600123","cx":"eyJzY2hlbWEiOiJpZ2x1OmNvbS5zbm93cGxvd2FuYWx5dGljcy5zbm93cGxvdy9jb250ZXh0cy9qc29uc2NoZW1hLzEtMC0wIn0"}
        """;

    private const string Session =
        """
        {"userId":"6c1e2f4e-2b3d-4f5a-9c8b-1a2b3c4d5e6f","sessionId":"9a1f0b7e-6d4c-4f1a-8a55-0d2c5b1f7e21","sessionIndex":3,"eventIndex":12,"previousSessionId":null,"storageMechanism":"COOKIE_1","firstEventId":"2ac12451-6e13-4593-ab07-079bbf9873c4","firstEventTimestamp":"2025-01-01T00:00:00.000Z"}
        """;

    [MeasurementFact]
    public void Validate_OfValidInstances_PerSecond()
    {
        Measure($"{Core}/payload_data/jsonschema/1-0-4", $"[{Event}]");
        Measure($"{Core}/payload_data/jsonschema/1-0-4", $"[{string.Join(',', Enumerable.Repeat(Event, 10))}]");
        Measure($"{Core}/web_page/jsonschema/1-0-0", """{"id":"6c1e2f4e-2b3d-4f5a-9c8b-1a2b3c4d5e6f"}""");
        Measure(
            $"{Core}/link_click/jsonschema/1-0-1",
            """{"targetUrl":"https://example.com/a","elementId":"buy","elementClasses":["btn","primary"],"elementTarget":"_blank"}""");
        Measure($"{Core}/client_session/jsonschema/1-0-2", Session);
    }

    [MeasurementFact]
    public async Task ValidateNestedList_OfContexts_PerSecond()
    {
        using var client = new HttpClient();
        using var resolver = new IgluResolver(new IgluOptions(), client, TimeProvider.System);
        var validator = new SelfDescribingValidator(resolver);
        var criterion = SchemaCriterion.Parse($"iglu:{Core}/contexts/jsonschema/1-0-*");
        var items = new List<SelfDescribingOutcome>();
        var contexts = Encoding.UTF8.GetBytes(
            $$$"""
            {"schema":"iglu:{{{Core}}}/contexts/jsonschema/1-0-0","data":[
            {"schema":"iglu:{{{Core}}}/web_page/jsonschema/1-0-0","data":{"id":"6c1e2f4e-2b3d-4f5a-9c8b-1a2b3c4d5e6f"}},
            {"schema":"iglu:{{{Core}}}/client_session/jsonschema/1-0-2","data":{{{Session}}}}]}
            """);
        for (var round = 0; round < 6; round++)
        {
            var count = 0;
            var clock = Stopwatch.StartNew();
            var processor = Environment.CpuUsage.TotalTime;
            for (; clock.ElapsedMilliseconds < 500; count++)
                await validator.ValidateNestedListAsync(contexts, criterion, items, CancellationToken.None);
            processor = Environment.CpuUsage.TotalTime - processor;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"contexts of web_page and client_session, {contexts.Length} bytes: {count / processor.TotalSeconds:N0}/s"));
        }

        items.ShouldAllBe(item => item.IsValid);
    }

    private void Measure(string schemaPath, string instance)
    {
        var file = Path.Combine(SharedFiles.Folder("iglu-central"), "schemas", schemaPath);
        CompiledSchema.TryCompile(File.ReadAllBytes(file), out var schema, out _).ShouldBeTrue();
        var utf8 = Encoding.UTF8.GetBytes(instance.ReplaceLineEndings(""));
        schema!.IsValid(utf8).ShouldBeTrue();
        var best = 0.0;
        var allocated = 0L;
        for (var round = 0; round < 6; round++)
            best = Math.Max(best, Round(schema, utf8, out allocated));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{schemaPath} {utf8.Length} bytes: {best:N0}/s, {allocated} bytes allocated each"));
    }

    private static double Round(CompiledSchema schema, byte[] utf8, out long allocatedEach)
    {
        var count = 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Environment.CpuUsage.TotalTime;
        var processor = TimeSpan.Zero;
        for (; processor < TimeSpan.FromMilliseconds(400); processor = Environment.CpuUsage.TotalTime - start, count += 5000)
        {
            for (var index = 0; index < 5000; index++)
                schema.IsValid(utf8);
        }

        allocatedEach = (GC.GetAllocatedBytesForCurrentThread() - allocated) / count;
        return count / processor.TotalSeconds;
    }
}
