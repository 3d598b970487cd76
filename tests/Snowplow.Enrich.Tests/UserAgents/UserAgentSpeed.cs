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
        Print($"rules for .NET's engine: {rules.Parts.Sum(part => part.Count(rule => rule.Program is null))}; without literals: {rules.Parts.Sum(part => part.Count(rule => rule.Required.Count == 0))}");
    }

    [MeasurementFact]
    public void Read_OfUapCoresTexts_PerSecond()
    {
        byte[][] texts = [.. UapCoreCases.UserAgents().Select(Encoding.UTF8.GetBytes)];
        var reader = new UserAgentReader(Rules.All);
        for (var round = 0; round < 8; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            foreach (var text in texts) reader.Read(text);
            var seconds = clock.Elapsed.TotalSeconds;
            var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Print($"{texts.Length} texts: {texts.Length / seconds:N0}/s by the clock, {texts.Length / used:N0}/s of CPU, {allocated / (double)texts.Length:N2} bytes allocated each");
        }
    }

    private void Print(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
