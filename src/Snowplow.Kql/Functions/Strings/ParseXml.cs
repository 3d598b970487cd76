using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>parse_xml</c>: the elements of an XML text as bags: attributes under @name, text beside others under #text; null where it is none.</summary>
internal static class ParseXml
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("parse_xml", 2, "The elements of an XML text as bags: attributes under @name, text beside others under #text; null where it is none.")
        .NamedBy(NameRule.FirstArgument)
        .On((string text) => XmlBag.Parse(text));
}
