using System.Text;
using System.Text.Unicode;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules;

/// <summary>
/// Puts events into channel groups, by where their visit came from. Its rules have four fields more:
/// <list type="bullet">
/// <item><c>source</c> and <c>medium</c>: <c>mkt_source</c> and <c>mkt_medium</c>. Where the campaign says neither, the referrer
/// stands in: <c>refr_source</c> (else <c>refr_urlhost</c>) and <c>refr_medium</c>.</item>
/// <item><c>campaign</c>: <c>mkt_campaign</c>.</item>
/// <item><c>category</c>: what the list of categories says of the source.</item>
/// </list>
/// All of them in lower case without white space around; of more than <see cref="MaxLength"/> bytes the rest is cut off.
/// The rules that come with it (<c>DefaultRules.json</c>) are Snowplow's default channel groups with these faults corrected:
/// <list type="bullet">
/// <item>Visits without campaign and referrer are Direct. Snowplow's come out as Unassigned.</item>
/// <item><c>interstitial</c> is spelled right, and <c>cpm</c> is Display: the rule comes before the paid ones, which took it.</item>
/// <item>Where there is no campaign, the referrer decides.</item>
/// <item>A click id of Google or Microsoft without a medium is paid; one of DoubleClick is Display. Other click ids prove
/// nothing: some networks put theirs on every link.</item>
/// <item>Cross-network is told by the campaign's name too, where Google Ads writes it.</item>
/// <item>A medium that names email, affiliates, audio, chatbots, SMS or push goes before what the source is known for: an
/// email of <c>utm_source=facebook</c> is Email.</item>
/// <item>Chatbots are told by the source too, since they send no medium.</item>
/// </list>
/// </summary>
/// <param name="Categories">What sources are known for.</param>
/// <param name="Groups">The rules.</param>
internal sealed record ChannelGroups(SourceCategories Categories, GroupRules Groups)
{
    /// <summary>The greatest length that is looked at, in bytes: that of the 255 UTF-16 units which enrich lets pass.</summary>
    public const int MaxLength = 3 * 255;

    /// <summary>The name of an event's channel group.</summary>
    public string Of(EnrichedEvent e)
    {
        // For three texts. A byte becomes three where it is broken: U+FFFD.
        var buffer = (stackalloc byte[3 * 3 * MaxLength]);
        var source = Normalised(e[EventField.MktSource], ref buffer);
        var medium = Normalised(e[EventField.MktMedium], ref buffer);
        var isKnownFor = true;
        if (source.IsEmpty && medium.IsEmpty)
        {
            var referrer = e[EventField.RefrSource];
            source = Normalised(referrer.IsEmpty ? e[EventField.RefrUrlhost] : referrer, ref buffer);
            medium = Normalised(e[EventField.RefrMedium], ref buffer);
            // Google's sign-in and documents are Google's too, but no search.
            isKnownFor = referrer.IsEmpty || !medium.SequenceEqual("unknown"u8);
        }

        return Groups.Of(new RuleEvent(e)
        {
            Source = source,
            Medium = medium,
            Campaign = Normalised(e[EventField.MktCampaign], ref buffer),
            Category = source.IsEmpty || !isKnownFor ? default : Categories.Of(source),
        });
    }

    // Takes what it needs from the buffer's start.
    private static ReadOnlySpan<byte> Normalised(ReadOnlySpan<byte> utf8, ref Span<byte> buffer)
    {
        if (utf8.IsEmpty) return default;
        if (utf8.Length > MaxLength) utf8 = utf8[..MaxLength];
        int length;
        if (Ascii.IsValid(utf8))
        {
            Ascii.ToLower(utf8, buffer, out length);
        }
        else
        {
            Span<char> lower = stackalloc char[MaxLength];
            var characters = TextBuffers.Characters(utf8).ToLowerInvariant(lower);
            Utf8.FromUtf16(lower[..characters], buffer, out _, out length);
        }

        var text = buffer[..length];
        buffer = buffer[length..];
        return text.Trim((byte)' ');
    }
}
