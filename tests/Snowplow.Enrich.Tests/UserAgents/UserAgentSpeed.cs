using System.Diagnostics;
using System.Globalization;
using System.Text;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Enrich.UserAgents;
using Xunit.Abstractions;

namespace Snowplow.Enrich.Tests.UserAgents;

/// <summary>User agents per second on one core, start-up time and memory, over the distinct texts of uap-core's test cases.</summary>
public sealed class UserAgentSpeed(ITestOutputHelper output)
{
    [MeasurementFact]
    public void Load_OfTheRules_Takes()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var rules = UserAgentRules.Load(Rules.FilePath);
        var (wall, used) = (clock.ElapsedMilliseconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMilliseconds);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        Print($"first load: {wall} ms, {used:N0} ms of CPU; {memory / 1e6:N1} MB kept");
        clock.Restart();
        UserAgentRules.Load(Rules.FilePath);
        Print($"second load: {clock.ElapsedMilliseconds} ms");
        clock.Restart();
        using (var text = File.OpenText(Rules.FilePath)) new YamlDotNet.RepresentationModel.YamlStream().Load(text);
        Print($"of which the YAML: {clock.ElapsedMilliseconds} ms");
        Print($"rules for .NET's engine: {rules.Parts.Sum(part => part.Count(rule => rule.Program is null))}; without literals: {rules.Parts.Sum(part => part.Count(rule => rule.Required.Count == 0))}");
    }

    [MeasurementFact]
    public void Read_OfUapCoresTexts_PerSecond()
    {
        var reader = new UserAgentReader(Rules.All);
        Measure("without cache", UapCoreTexts, text => reader.Read(text));
    }

    [MeasurementFact]
    public void Find_OfRecentTexts_PerSecond()
    {
        var recent = new RecentContexts(Rules.All);
        byte[][] few = [.. UapCoreTexts.Where((_, index) => index % 20 == 0)];
        Measure("cached", [.. Enumerable.Repeat(few, 20).SelectMany(texts => texts)], text => recent.Find(text));
    }

    private static byte[][] UapCoreTexts => [.. UapCoreCases.UserAgents().Select(Encoding.UTF8.GetBytes)];

    private void Measure(string name, byte[][] texts, Action<byte[]> read)
    {
        for (var round = 0; round < 8; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            foreach (var text in texts) read(text);
            var seconds = clock.Elapsed.TotalSeconds;
            var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Print($"{name}: {texts.Length / seconds:N0}/s by the clock, {texts.Length / used:N0}/s of CPU, {allocated / (double)texts.Length:N2} bytes allocated each");
        }
    }

    private void Print(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
