using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Rules;
using Snowplow.Model.Touches;

namespace Snowplow.Model.Excerpts;

/// <summary>The excerpts of one event and the touch that has them, made when a state first asks for them and shared by all that take them.</summary>
/// <param name="line">The event.</param>
/// <param name="rules">For its groups.</param>
/// <param name="likelyDevice">The device's excerpt of an event before it.</param>
internal ref struct EventExcerpts(EnrichedEvent line, ModelRules rules, Excerpt? likelyDevice)
{
    private Excerpt? _page;
    private Excerpt? _device;
    private Touch? _touch;

    public Excerpt Page => _page ??= PageExcerpt.Of(line, rules);

    public Excerpt Device => _device ??= DeviceExcerpt.Of(line, likelyDevice);

    public Touch Touch(in EventFacts e) => _touch ??= Touches.Touch.Of(e, Page, Device);
}
