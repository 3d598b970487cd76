namespace Snowplow.Events.Collector;

/// <summary>Type codes of Thrift's <c>TBinaryProtocol</c>.</summary>
internal static class ThriftType
{
    public const byte Stop = 0;
    public const byte Bool = 2;
    public const byte Byte = 3;
    public const byte Double = 4;
    public const byte I16 = 6;
    public const byte I32 = 8;
    public const byte I64 = 10;
    public const byte String = 11;
    public const byte Struct = 12;
    public const byte Map = 13;
    public const byte Set = 14;
    public const byte List = 15;
    public const byte Uuid = 16;
}
