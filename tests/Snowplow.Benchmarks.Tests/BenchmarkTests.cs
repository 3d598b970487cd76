using System.Reflection;
using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using Snowplow.Benchmarks.GrainCalls;
using Snowplow.Benchmarks.Kql;

namespace Snowplow.Benchmarks;

/// <summary>Runs each benchmark once with the first, smallest, value of each parameter, so that none rots.</summary>
public sealed class BenchmarkTests
{
    public static TheoryData<string> Benchmarks() => new(
        typeof(GrainCallBenchmark).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsDefined(typeof(BenchmarkAttribute)))
            .Select(method => $"{method.DeclaringType!.FullName}.{method.Name}"));

    [Theory]
    [MemberData(nameof(Benchmarks))]
    public async Task Benchmark_AtItsSmallest_Runs(string benchmark)
    {
        var (typeName, methodName) = (benchmark[..benchmark.LastIndexOf('.')], benchmark[(benchmark.LastIndexOf('.') + 1)..]);
        var type = typeof(GrainCallBenchmark).Assembly.GetType(typeName, throwOnError: true)!;
        var instance = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties())
        {
            if (property.GetCustomAttribute<ParamsAttribute>() is { } parameter) property.SetValue(instance, parameter.Values[0]);
        }

        await RunAllAsync<GlobalSetupAttribute>(instance);
        try
        {
            await RunAsync(instance, type.GetMethod(methodName)!);
        }
        finally
        {
            await RunAllAsync<GlobalCleanupAttribute>(instance);
        }
    }

    [Fact]
    public async Task GrainCallLoad_CountsEveryCallOnce()
    {
        await using var load = await GrainCallLoad.StartAsync(grainCount: 50);
        (await load.CallAsync(callers: 8, callsPerCaller: 500)).ShouldBe(4_000);
        (await load.TotalAsync()).ShouldBe(4_000);
    }

    [Theory]
    [InlineData("events.csv", "3d7aacfb8d4efa22d8c8eff7f765ff45")]
    [InlineData("users.csv", "a67f42e045afabff4023fbe26a5b9f9b")]
    public void EventGenerator_OfTenThousandEvents_WritesTheBytesThatOthersMeasuredWith(string file, string md5)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}-{file}");
        try
        {
            if (file == "users.csv") EventGenerator.WriteUsers(path);
            else new EventGenerator().WriteEvents(path, 10_000);
#pragma warning disable CA5351 // The specification of the data gives its MD5.
            Convert.ToHexStringLower(MD5.HashData(File.ReadAllBytes(path))).ShouldBe(md5);
#pragma warning restore CA5351
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task RunAllAsync<TAttribute>(object instance)
        where TAttribute : Attribute
    {
        foreach (var method in instance.GetType().GetMethods().Where(method => method.IsDefined(typeof(TAttribute)))) await RunAsync(instance, method);
    }

    private static async Task RunAsync(object instance, MethodInfo method)
    {
        if (method.Invoke(instance, null) is Task task) await task;
    }
}
