using System.Text;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>Names to camel case: <c>Message-Id</c> and <c>message_id</c> to <c>messageId</c>.</summary>
internal static class CamelCase
{
    /// <summary>
    /// The name with its first letter in lower case, and each letter behind hyphens, underscores or spaces in upper case, without
    /// those. All other letters stay.
    /// </summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length);
        var isAfterSeparator = false;
        foreach (var c in name)
        {
            if (c is '-' or '_' or ' ')
            {
                isAfterSeparator = true;
                continue;
            }

            text.Append(text.Length == 0 ? char.ToLowerInvariant(c) : isAfterSeparator ? char.ToUpperInvariant(c) : c);
            isAfterSeparator = false;
        }

        return text.ToString();
    }
}
