namespace Orleans;

/// <summary>Converts a foreign type for serialization; without effect in process, where nothing is serialized.</summary>
public interface IConverter<TValue, TSurrogate> where TSurrogate : struct
{
    /// <summary>The value that the surrogate stands for.</summary>
    TValue ConvertFromSurrogate(in TSurrogate surrogate);

    /// <summary>The surrogate that stands for the value.</summary>
    TSurrogate ConvertToSurrogate(in TValue value);
}
