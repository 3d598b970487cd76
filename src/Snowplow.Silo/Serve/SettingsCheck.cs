using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace Snowplow.Silo.Serve;

/// <summary>Compares a section of the configuration with the type that it is read into.</summary>
internal sealed class SettingsCheck
{
    private readonly List<string> _errors = [];

    private SettingsCheck()
    {
    }

    /// <summary>Keys that mean nothing and values that cannot be read: whole sentences that name the setting.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>False when the section cannot be bound to the type. Unknown keys do not hinder.</summary>
    public bool IsReadable { get; private set; } = true;

    /// <summary>Checks a section. A value of the section itself (say of an environment variable of that name) is nobody's setting.</summary>
    public static SettingsCheck Of(IConfigurationSection section, Type type)
    {
        var check = new SettingsCheck();
        check.CheckChildren(section, type);
        return check;
    }

    private void Check(IConfigurationSection setting, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (IsSimple(type))
            CheckValue(setting, type);
        else if (!string.IsNullOrEmpty(setting.Value))
            Unreadable($"{setting.Path} takes no value itself, but settings below it; it is '{setting.Value}'.");
        else if (ElementType(type) is { } element)
            foreach (var child in setting.GetChildren()) Check(child, element);
        else
            CheckChildren(setting, type);
    }

    private void CheckChildren(IConfigurationSection section, Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        foreach (var child in section.GetChildren())
        {
            if (Array.Find(properties, property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is { } property)
                Check(child, property.PropertyType);
            else
                _errors.Add($"{child.Path} is no setting; {section.Path} has {string.Join(", ", properties.Select(property => property.Name))}.");
        }
    }

    private void CheckValue(IConfigurationSection setting, Type type)
    {
        if (setting.GetChildren().Any())
            Unreadable($"{setting.Path} takes a value, not settings below it.");
        else if (setting.Value is { } text && !IsValue(text, type))
            Unreadable($"{setting.Path} must be {Describe(type)}, not '{text}'.");
    }

    private void Unreadable(string error)
    {
        _errors.Add(error);
        IsReadable = false;
    }

    private static bool IsSimple(Type type) => type == typeof(string) || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    // Of a dictionary: its values.
    private static Type? ElementType(Type type) => type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments()[^1] : null;

    private static bool IsValue(string text, Type type)
    {
        try
        {
            var value = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            // A bare number would be read as days.
            return type == typeof(TimeSpan) ? text.Contains(':', StringComparison.Ordinal) : !type.IsEnum || Enum.IsDefined(type, value!);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static string Describe(Type type)
    {
        if (type == typeof(TimeSpan))
            return "a time written hh:mm:ss, or d.hh:mm:ss with days";
        if (type == typeof(bool))
            return "true or false";
        if (type.IsEnum)
            return $"one of {string.Join(", ", Enum.GetNames(type))}";
        if (type == typeof(Uri))
            return "an address";
        return type.GetField("MaxValue", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is { } most
            ? string.Create(CultureInfo.InvariantCulture, $"a number up to {most}")
            : $"a {type.Name}";
    }
}
