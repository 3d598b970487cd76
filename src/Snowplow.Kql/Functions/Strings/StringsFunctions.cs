using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary>The functions of this folder.</summary>
internal static class StringsFunctions
{
    public static readonly ScalarFunction[] All =
    [
        Strcat.Function, StrcatDelim.Function, StrcatArray.Function, Strlen.Function, StringSize.Function, Substring.Function,
        Split.Function, Trim.Function, TrimStart.Function, TrimEnd.Function, ReplaceString.Function, ReplaceStrings.Function,
        ReplaceRegex.Function, Extract.Function, ExtractAll.Function, Indexof.Function, IndexofRegex.Function, Countof.Function,
        Tolower.Function, Toupper.Function, Reverse.Function, Strrep.Function, Strcmp.Function, Translate.Function,
        HasAnyIndex.Function, FormatDatetime.Function, FormatTimespan.Function, FormatBytes.Function,
        UnicodeCodepointsToString.Function, UnicodeCodepointsFromString.Function, Base64EncodeTostring.Function,
        Base64DecodeTostring.Function, UrlEncode.Function, UrlEncodeComponent.Function, UrlDecode.Function, ParseUrl.Function,
        ParseUrlquery.Function, ParseCsv.Function, ParseVersion.Function, ParsePath.Function, ParseCommandLine.Function,
        Base64DecodeToarray.Function, Base64DecodeToguid.Function, Base64EncodeFromguid.Function,
        Base64EncodeFromarray.Function, RegexQuote.Function, Isascii.Function, Isutf8.Function, ExtractJson.Function,
        ParseXml.Function, GzipCompress.Function, GzipDecompress.Function, ZlibCompress.Function, ZlibDecompress.Function,
        PunycodeFromString.Function, PunycodeToString.Function, PunycodeDomainFromString.Function,
        PunycodeDomainToString.Function,
    ];
}
