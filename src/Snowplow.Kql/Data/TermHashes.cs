namespace Snowplow.Kql.Data;

/// <summary>The hashes of the terms of texts (<see cref="TextTerms"/>), in a buffer that is used again and again. Not for several threads.</summary>
public sealed class TermHashes
{
    private uint[] _hashes = new uint[256];
    private int _count;

    /// <summary>The hashes, each as often as its term was found.</summary>
    public ReadOnlySpan<uint> All => _hashes.AsSpan(0, _count);

    /// <summary>Forgets all.</summary>
    public void Clear() => _count = 0;

    /// <summary>Appends those of the text that a row has.</summary>
    /// <param name="utf8">What is stored of it.</param>
    /// <param name="isJson">Whether it is the JSON of a dynamic value, so that its text is that of <c>tostring</c>.</param>
    public void Append(ReadOnlySpan<byte> utf8, bool isJson)
    {
        if (isJson) JsonTerms.Hash(utf8, this);
        else TextTerms.Hash(utf8, this, isJson: false);
    }

    internal void Add(uint hash)
    {
        if (_count == _hashes.Length) Array.Resize(ref _hashes, 2 * _count);
        _hashes[_count++] = hash;
    }
}
