using System.Buffers;

namespace Snowplow.Silo.Filters;

/// <summary>What became of one batch. Reused from batch to batch.</summary>
internal sealed class FilterOutput
{
    /// <summary>Good output, whole lines.</summary>
    public ArrayBufferWriter<byte> Good { get; } = new(64 << 10);

    /// <summary>Bad rows, whole lines.</summary>
    public ArrayBufferWriter<byte> Bad { get; } = new();

    /// <summary>Failed events, whole lines; empty where nobody asked for them.</summary>
    public ArrayBufferWriter<byte> Failed { get; } = new();

    /// <summary>Lines of <see cref="Good"/>.</summary>
    public long GoodCount { get; set; }

    /// <summary>Lines of <see cref="Bad"/>.</summary>
    public long BadCount { get; set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Good.ResetWrittenCount();
        Bad.ResetWrittenCount();
        Failed.ResetWrittenCount();
        (GoodCount, BadCount) = (0, 0);
    }
}
