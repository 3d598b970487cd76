using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Tests.Pipeline;

namespace Snowplow.Enrich.Tests.Enrichments;

/// <summary>Configurations that must be refused at the start.</summary>
internal static class Refusals
{
    /// <summary>Checks that a configuration is refused, with a message that names the file and says this.</summary>
    /// <param name="files">The configuration.</param>
    /// <param name="expected">Part of the message.</param>
    public static void ShouldBeRefused(this EnrichmentFiles files, string expected)
    {
        var error = Should.Throw<EnrichmentConfigException>(() => new Harness(files.Options)).Errors.ShouldHaveSingleItem();
        error.ShouldStartWith(files.Folder);
        error.ShouldContain(expected);
    }
}
