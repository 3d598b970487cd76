using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Snowplow.Deployment.Tests;

/// <summary>Microsoft's Bicep compiler, from the NuGet package that holds its program: restored when first asked for.</summary>
internal static class Bicep
{
    private const string Version = "0.49.2";

    private static readonly Lazy<(string? Path, string? WhyMissing)> Program = new(Restore);

    /// <summary>Why there is none here, and what to do; null where there is.</summary>
    public static string? WhyMissing => Program.Value.WhyMissing;

    /// <summary>Runs it in a folder; the exit code, and what it wrote on standard error: warnings and errors.</summary>
    public static (int ExitCode, string Told) Run(string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var (exitCode, _, error) = Run(Program.Value.Path!, folder, arguments, environment);
        return (exitCode, error);
    }

    private static (string?, string?) Restore()
    {
        if (Environment.GetEnvironmentVariable("BICEP_PATH") is { Length: > 0 } path) return (path, null);
        if (Platform() is not { } platform) return (null, "Needs the Bicep compiler: name its path in BICEP_PATH.");
        var folder = Directory.CreateTempSubdirectory("snowplow-bicep-");
        try
        {
            var package = $"Azure.Bicep.CommandLine.{platform}";
            File.WriteAllText(Path.Combine(folder.FullName, "bicep.csproj"), $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><PackageDownload Include="{package}" Version="[{Version}]" /></ItemGroup>
                  <Target Name="Tell"><Message Importance="high" Text="packages=$(NuGetPackageRoot)" /></Target>
                </Project>
                """);
            // A process that stays behind for the next build would hold on to our end of its output, and the test would wait for it.
            var (exitCode, output, error) = Run("dotnet", folder.FullName, ["msbuild", "-restore", "-t:Tell", "-nologo", "-v:minimal", "-nodeReuse:false"],
                ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"));
            var packages = output.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith("packages=", StringComparison.Ordinal))?["packages=".Length..];
            if (exitCode != 0 || packages is null) return (null, $"Needs the package {package} {Version}, which could not be restored: {(output + error).Trim()}");
            var program = Path.Combine(packages, package.ToLowerInvariant(), Version, "tools", OperatingSystem.IsWindows() ? "bicep.exe" : "bicep");
            // A package keeps no permissions.
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
            return (program, null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string? Platform() => (OperatingSystem.IsLinux(), OperatingSystem.IsMacOS(), OperatingSystem.IsWindows(), RuntimeInformation.OSArchitecture) switch
    {
        (true, _, _, Architecture.X64) => "linux-x64",
        (_, true, _, Architecture.X64) => "osx-x64",
        (_, true, _, Architecture.Arm64) => "osx-arm64",
        (_, _, true, Architecture.X64) => "win-x64",
        _ => null,
    };

    private static (int ExitCode, string Output, string Error) Run(string program, string folder, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
