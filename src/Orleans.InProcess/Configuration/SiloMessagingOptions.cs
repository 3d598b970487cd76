namespace Orleans.Configuration;

/// <summary>How calls are made from within the process that hosts the grains.</summary>
public sealed class SiloMessagingOptions : MessagingOptions
{
    /// <summary>How often a call goes on to a grain's next activation when one ends before it took the call. Default: 2.</summary>
    public int MaxForwardCount { get; set; } = 2;
}
