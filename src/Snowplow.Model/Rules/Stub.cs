using System.Collections.Immutable;
using Snowplow.Events.Enriched;
using Snowplow.Model.Sessions;
namespace Snowplow.Model.Rules;
#pragma warning disable
public sealed class ModelRules { public static readonly ModelRules Default = new(); public int Version => 0; public SessionRules Sessions => SessionRules.Default; public bool IsBot(EnrichedEvent e)=>false; public string ContentGroup(EnrichedEvent e)=>"other"; public string ChannelGroup(EnrichedEvent e)=>"Direct"; public ImmutableArray<ConversionRule> Conversions => []; }
public sealed class ConversionRule { public string Name => ""; public bool ListEvents => false; public bool Matches(EnrichedEvent e)=>false; public double? Value(EnrichedEvent e)=>null; }
