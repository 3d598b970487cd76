using System.Text;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Enrich.UserAgents;

namespace Snowplow.Enrich.Tests.UserAgents;

/// <summary>All test cases of uap-core.</summary>
public sealed class UapCoreTests
{
    [SharedFact("uap-core")]
    public void UserAgents_OfUapCore_AreReadAsExpected() => Check(
        "test_ua.yaml",
        1_000,
        new() { ["family"] = UserAgentField.Family, ["major"] = UserAgentField.Major, ["minor"] = UserAgentField.Minor, ["patch"] = UserAgentField.Patch });

    [SharedFact("uap-core")]
    public void OperatingSystems_OfUapCore_AreReadAsExpected() => Check(
        "test_os.yaml",
        400,
        new()
        {
            ["family"] = UserAgentField.OsFamily,
            ["major"] = UserAgentField.OsMajor,
            ["minor"] = UserAgentField.OsMinor,
            ["patch"] = UserAgentField.OsPatch,
            ["patch_minor"] = UserAgentField.OsPatchMinor,
        });

    [SharedFact("uap-core")]
    public void Devices_OfUapCore_AreReadAsExpected() => Check(
        "test_device.yaml",
        16_000,
        new() { ["family"] = UserAgentField.DeviceFamily, ["brand"] = UserAgentField.DeviceBrand, ["model"] = UserAgentField.DeviceModel });

    [SharedFact("uap-core")]
    public void UserAgents_OfUapCore_CostLittleOfTheBudget()
    {
        var reader = new UserAgentReader(Rules.All);
        var most = 0;
        foreach (var userAgent in UapCoreCases.UserAgents())
        {
            reader.Read(Encoding.UTF8.GetBytes(userAgent));
            most = Math.Max(most, reader.Steps);
        }

        most.ShouldBeLessThan(RuleMatch.MaxSteps / 50);
    }

    private static void Check(string file, int least, Dictionary<string, UserAgentField> fields)
    {
        var reader = new UserAgentReader(Rules.All);
        var cases = UapCoreCases.Read(file);
        cases.Count.ShouldBeGreaterThan(least);
        var failures = new List<string>();
        foreach (var (userAgent, expected) in cases)
        {
            reader.Read(Encoding.UTF8.GetBytes(userAgent));
            foreach (var (key, field) in fields.Where(pair => expected.ContainsKey(pair.Key)))
            {
                if (reader.Text(field) != expected[key]) failures.Add($"{userAgent}: {key} is '{reader.Text(field)}', not '{expected[key]}'");
            }
        }

        failures.ShouldBeEmpty(string.Join('\n', failures.Take(20)));
    }
}
