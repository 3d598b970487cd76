namespace Orleans.Runtime;

/// <summary>Anything that can be called by its grain id.</summary>
public interface IAddressable;
