using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orleans.InProcess.Generator;

namespace Orleans.Generator;

public sealed class GrainProxyGeneratorTests
{
    private static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    [Theory]
    [InlineData("void Do();", "GRAIN001")]
    [InlineData("int Do();", "GRAIN001")]
    [InlineData("IAsyncEnumerable<int> Do();", "GRAIN001")]
    [InlineData("Task Do(ref int x);", "GRAIN002")]
    [InlineData("Task Do<T>(T x);", "GRAIN003")]
    [InlineData("int Count { get; }", "GRAIN004")]
    public void GrainInterface_WithAnUnsupportedMember_IsReported(string member, string id) =>
        Diagnostics($"public interface IBad : IGrainWithStringKey {{ {member} }}").ShouldBe([id]);

    [Theory]
    [InlineData("public interface IBad<T> : IGrainWithStringKey;", "GRAIN003")]
    [InlineData("public class Outer { private interface IBad : IGrainWithStringKey; }", "GRAIN005")]
    [InlineData("public interface IGood : IGrainWithStringKey; public class Outer { private class Bad : Grain, IGood; }", "GRAIN005")]
    public void GrainType_ThatCannotBeGeneratedFor_IsReported(string source, string id) => Diagnostics(source).ShouldBe([id]);

    [Fact]
    public void GrainInterface_WithKeywordsNullabilityAndInheritance_Compiles() => Diagnostics(
        """
        public interface IBase : IGrainWithStringKey { Task<string?> Ask(string? @event, int value = 3); }
        public interface IGood : IBase { ValueTask<(int A, string? B)[]> Many(Dictionary<string, int?> map, CancellationToken token); }
        public class Outer { internal interface INested : IGood { [Orleans.Concurrency.OneWay] ValueTask @class(params int[] numbers); } }
        public sealed class Good : Grain, IGood
        {
            public Task<string?> Ask(string? @event, int value) => Task.FromResult(@event);
            public ValueTask<(int A, string? B)[]> Many(Dictionary<string, int?> map, CancellationToken token) => default;
        }
        """).ShouldBeEmpty();

    [Fact]
    public void UnrelatedEdit_LeavesGeneratedSourcesAsTheyWere()
    {
        var compilation = Compile("public interface IGood : IGrainWithStringKey { Task Do(); }");
        var driver = CSharpGeneratorDriver.Create(
            [new GrainProxyGenerator().AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        var again = driver.RunGenerators(compilation)
            .RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;")))
            .GetRunResult().Results.Single();
        again.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs)
            .ShouldAllBe(output => output.Reason == IncrementalStepRunReason.Cached || output.Reason == IncrementalStepRunReason.Unchanged);
    }

    private static List<string> Diagnostics(string source)
    {
        CSharpGeneratorDriver.Create(new GrainProxyGenerator())
            .RunGeneratorsAndUpdateCompilation(Compile(source), out var output, out var found);
        return [.. found.Concat(output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)).Select(d => d.Id).Distinct()];
    }

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Generated.Tests",
        [
            CSharpSyntaxTree.ParseText(
                "global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks; global using Orleans;"),
            CSharpSyntaxTree.ParseText("#nullable enable\n" + source),
        ],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
