namespace Snowplow.Enrich.Enrichments.Currency;

/// <summary>A currency's code of three letters (ISO 4217), in any case. Equal codes are equal values; <c>default</c> is no currency.</summary>
internal readonly record struct CurrencyCode
{
    private const int Length = 3;

    // Currencies whose smallest unit is not a hundredth, with the decimals they have (ISO 4217, column "minor unit").
    private static readonly Dictionary<CurrencyCode, int> OtherDecimals =
        new (string Codes, int Decimals)[]
        {
            ("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF", 0),
            ("BHD IQD JOD KWD LYD OMR TND", 3),
            ("CLF UYW", 4),
        }
        .SelectMany(group => group.Codes.Split(' ').Select(code => (Code: Of(code), group.Decimals)))
        .ToDictionary(pair => pair.Code, pair => pair.Decimals);

    private readonly uint _letters;

    private CurrencyCode(uint letters) => _letters = letters;

    /// <summary>The dollar of the United States, in which services quote.</summary>
    public static CurrencyCode Usd { get; } = Of("USD");

    /// <summary>How many decimals amounts of this currency have.</summary>
    public int Decimals => OtherDecimals.GetValueOrDefault(this, 2);

    /// <summary>Reads a code; false where the text is none.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CurrencyCode code)
    {
        code = default;
        if (text.Length != Length) return false;
        uint letters = 0;
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetter((char)letter)) return false;
            letters = (letters << 8) | (letter & ~0x20u);
        }

        code = new CurrencyCode(letters);
        return true;
    }

    /// <summary>A code that is known to be one.</summary>
    public static CurrencyCode Of(string text) =>
        TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var code) ? code : throw new FormatException($"'{text}' is no currency code.");

    /// <summary>The code in capitals.</summary>
    public override string ToString() => $"{(char)(byte)(_letters >> 16)}{(char)(byte)(_letters >> 8)}{(char)(byte)_letters}";
}
