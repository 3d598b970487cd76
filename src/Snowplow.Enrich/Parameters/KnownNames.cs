namespace Snowplow.Enrich.Parameters;

/// <summary>The closed lists of the tracker protocol.</summary>
internal static class KnownNames
{
    /// <summary>The event type of a code, or empty where there is none. <c>ev</c> is the old code of <c>struct</c>.</summary>
    public static ReadOnlySpan<byte> EventType(ReadOnlySpan<byte> code)
    {
        if (code.SequenceEqual("pv"u8)) return "page_view"u8;
        if (code.SequenceEqual("pp"u8)) return "page_ping"u8;
        if (code.SequenceEqual("ue"u8)) return "unstruct"u8;
        if (code.SequenceEqual("se"u8) || code.SequenceEqual("ev"u8)) return "struct"u8;
        if (code.SequenceEqual("tr"u8)) return "transaction"u8;
        if (code.SequenceEqual("ti"u8)) return "transaction_item"u8;
        return code.SequenceEqual("ad"u8) ? "ad_impression"u8 : default;
    }

    /// <summary>Whether a platform's code is one of the protocol.</summary>
    public static bool IsPlatform(ReadOnlySpan<byte> code) =>
        code.SequenceEqual("web"u8) || code.SequenceEqual("mob"u8) || code.SequenceEqual("srv"u8) || code.SequenceEqual("app"u8)
        || code.SequenceEqual("pc"u8) || code.SequenceEqual("tv"u8) || code.SequenceEqual("cnsl"u8) || code.SequenceEqual("iot"u8)
        || code.SequenceEqual("headset"u8);
}
