using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orleans.Storage;

namespace Snowplow.Azure.GrainState;

/// <summary>
/// Grain storage whose keys are of letters, digits and a few signs. Keys of users are what trackers send; Table storage takes not every
/// character, and the provider puts one in the place of several, by which two people would have one state. No two keys become one here:
/// other characters are written as their UTF-8 bytes (<c>=C3=A4</c>), and what is too long for a key as its hash.
/// </summary>
/// <param name="inner">The storage.</param>
internal sealed class EscapedKeyStorage(IGrainStorage inner) : IGrainStorage
{
    private const int LongestKey = 300;

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, Escaped(grainId), grainState);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.WriteStateAsync(stateName, Escaped(grainId), grainState);

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, Escaped(grainId), grainState);

    /// <summary>The identity that the storage gets.</summary>
    internal static GrainId Escaped(GrainId grain)
    {
        var key = grain.Key.AsSpan();
        if (key.Length <= LongestKey && !key.ContainsAnyExcept(Plain)) return grain;
        var escaped = new StringBuilder();
        foreach (var value in key)
        {
            if (Plain.Contains(value)) escaped.Append((char)value);
            else escaped.Append(CultureInfo.InvariantCulture, $"={value:X2}");
        }

        // An equals sign and no hexadecimal digit behind it begins no escaped key.
        return GrainId.Create(grain.Type, escaped.Length <= LongestKey ? IdSpan.Create(escaped.ToString()) : IdSpan.Create($"=~{Convert.ToHexStringLower(SHA256.HashData(key))}"));
    }

    /// <summary>The key that stands behind an escaped one; null for a hash.</summary>
    internal static string? Unescaped(string escaped)
    {
        if (escaped.StartsWith("=~", StringComparison.Ordinal)) return null;
        var key = new List<byte>(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '=')
            {
                key.Add((byte)escaped[i]);
                continue;
            }

            key.Add(byte.Parse(escaped.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            i += 2;
        }

        return Encoding.UTF8.GetString([.. key]);
    }

    private static readonly System.Buffers.SearchValues<byte> Plain = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:~@"u8);
}
