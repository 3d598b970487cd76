namespace Orleans;

/// <summary>The root of grain interfaces whose grains are named by a GUID.</summary>
public interface IGrainWithGuidKey : IGrain;
