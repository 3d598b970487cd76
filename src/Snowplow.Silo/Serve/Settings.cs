namespace Snowplow.Silo.Serve;

/// <summary>Reads sections of the configuration and gathers all that is wrong with them, to be told at once.</summary>
internal sealed class Settings(IConfiguration configuration)
{
    private readonly List<string> _errors = [];

    /// <summary>All that is wrong so far, one sentence each.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Reads a section over its defaults.</summary>
    /// <param name="section">The section's name.</param>
    /// <param name="defaults">The options as they are where the section says nothing.</param>
    /// <param name="validate">What is wrong with options that could be read: whole sentences that name the setting.</param>
    /// <returns>The options; not to be used before <see cref="Require"/>.</returns>
    public T Read<T>(string section, T defaults, Func<T, IEnumerable<string>> validate)
        where T : class
    {
        var values = configuration.GetSection(section);
        var check = SettingsCheck.Of(values, typeof(T));
        _errors.AddRange(check.Errors);
        if (!check.IsReadable)
            return defaults;
        values.Bind(defaults);
        _errors.AddRange(validate(defaults));
        return defaults;
    }

    /// <summary>Adds what is wrong elsewhere.</summary>
    public void Add(IEnumerable<string> errors) => _errors.AddRange(errors);

    /// <summary>Ends the start if anything is wrong.</summary>
    /// <exception cref="StartupException">Something is; the message lists all of it.</exception>
    public void Require()
    {
        if (_errors.Count > 0)
            throw new StartupException($"The configuration is wrong. {string.Join(" ", _errors)}");
    }
}
