namespace Orleans;

/// <summary>The root of grain interfaces whose grains are named by a string.</summary>
public interface IGrainWithStringKey : IGrain;
