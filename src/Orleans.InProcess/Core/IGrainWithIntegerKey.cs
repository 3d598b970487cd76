namespace Orleans;

/// <summary>The root of grain interfaces whose grains are named by a 64-bit integer.</summary>
public interface IGrainWithIntegerKey : IGrain;
