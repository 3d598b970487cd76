using Microsoft.Extensions.Options;

namespace Snowplow.Collector;

/// <summary>Checks the options when the server starts.</summary>
internal sealed class CollectorOptionsValidation : IValidateOptions<CollectorOptions>
{
    public ValidateOptionsResult Validate(string? name, CollectorOptions options)
    {
        var errors = options.Validate();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Select(e => $"{CollectorOptions.Section}:{e}"));
    }
}
