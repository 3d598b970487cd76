namespace Snowplow.Kql.Functions.Units;

/// <summary>Units of energy, in joules.</summary>
internal static class EnergyUnits
{
    public static readonly UnitTable All = new UnitTable()
        .With(
            ("BritishThermalUnit", 1055.05585262), ("Calorie", 4.184), ("DecathermEc", 1.05505585262e9), ("DecathermImperial", 1.05505585257348e9),
            ("DecathermUs", 1.054804e9), ("ElectronVolt", 1.602176634e-19), ("Erg", 1e-7), ("FootPound", 1.3558179483314004),
            ("GigabritishThermalUnit", 1055.05585262e9), ("GigaelectronVolt", 1.602176634e-10), ("Gigajoule", 1e9), ("GigawattDay", 86400e9),
            ("GigawattHour", 3600e9), ("HorsepowerHour", 2684519.537696173), ("Joule", 1), ("KilobritishThermalUnit", 1055055.85262),
            ("Kilocalorie", 4184), ("KiloelectronVolt", 1.602176634e-16), ("Kilojoule", 1e3), ("KilowattDay", 86400e3), ("KilowattHour", 3600e3),
            ("MegabritishThermalUnit", 1055.05585262e6), ("Megacalorie", 4.184e6), ("MegaelectronVolt", 1.602176634e-13), ("Megajoule", 1e6),
            ("MegawattDay", 86400e6), ("MegawattHour", 3600e6), ("Millijoule", 1e-3), ("TeraelectronVolt", 1.602176634e-7),
            ("TerawattDay", 86400e12), ("TerawattHour", 3600e12), ("ThermEc", 1.05505585262e8), ("ThermImperial", 1.05505585257348e8),
            ("ThermUs", 1.054804e8), ("WattDay", 86400), ("WattHour", 3600));
}
