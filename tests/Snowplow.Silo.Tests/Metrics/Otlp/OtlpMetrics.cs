namespace Snowplow.Silo.Tests.Metrics.Otlp;

/// <summary>An export of metrics as its receiver reads it: the fields of <c>ExportMetricsServiceRequest</c> that tests look at.</summary>
/// <param name="Resource">Who sends it: the attributes that are texts.</param>
/// <param name="Metrics">What was measured.</param>
internal sealed record OtlpMetrics(IReadOnlyDictionary<string, string> Resource, IReadOnlyList<OtlpMetric> Metrics)
{
    /// <summary>The meters that have measured something.</summary>
    public IEnumerable<string> Scopes => Metrics.Select(metric => metric.Scope).Distinct();

    /// <summary>The sum of a metric's points; 0 where there is no such metric.</summary>
    public double Sum(string name) => Metrics.Where(metric => metric.Name == name).SelectMany(metric => metric.Points).Sum(point => point.Value);

    /// <summary>Reads a request of one resource, as a process sends it.</summary>
    public static OtlpMetrics Parse(ReadOnlyMemory<byte> request)
    {
        var one = ProtobufField.Read(request).Single(field => field.Number == 1).Fields.ToList();
        var resource = one.Where(field => field.Number == 1).SelectMany(field => field.Fields).Where(field => field.Number == 1);
        return new(Attributes(resource), [.. one.Where(field => field.Number == 2).SelectMany(OfScope)]);
    }

    private static IEnumerable<OtlpMetric> OfScope(ProtobufField scopeMetrics)
    {
        var fields = scopeMetrics.Fields.ToList();
        var scope = Text(fields.Single(field => field.Number == 1).Fields, 1);
        return fields.Where(field => field.Number == 2).Select(metric => OfMetric(scope, [.. metric.Fields]));
    }

    private static OtlpMetric OfMetric(string scope, List<ProtobufField> metric)
    {
        // Gauge, sum or histogram; each has its points as field 1.
        var data = metric.Single(field => field.Number is 5 or 7 or 9);
        var points = data.Fields.Where(field => field.Number == 1).Select(point => data.Number == 9 ? OfHistogram([.. point.Fields]) : OfNumber([.. point.Fields]));
        return new(scope, Text(metric, 1), [.. points]);
    }

    private static OtlpPoint OfNumber(List<ProtobufField> point)
    {
        var value = point.Single(field => field.Number is 4 or 6);
        return new(Attributes(point.Where(field => field.Number == 7)), value.Number == 4 ? value.Real : (long)value.Bits, []);
    }

    private static OtlpPoint OfHistogram(List<ProtobufField> point) => new(
        Attributes(point.Where(field => field.Number == 9)),
        point.Single(field => field.Number == 4).Bits,
        [.. point.Where(field => field.Number == 7).SelectMany(field => field.PackedReals)]);

    private static Dictionary<string, string> Attributes(IEnumerable<ProtobufField> pairs)
    {
        var attributes = new Dictionary<string, string>();
        foreach (var pair in pairs.Select(pair => pair.Fields.ToList()))
            attributes.Add(Text(pair, 1), Text(pair.Single(field => field.Number == 2).Fields, 1));
        return attributes;
    }

    private static string Text(IEnumerable<ProtobufField> fields, int number) => fields.FirstOrDefault(field => field.Number == number).Text;
}

/// <summary>A metric of an export.</summary>
/// <param name="Scope">Its meter.</param>
/// <param name="Name">The instrument's name.</param>
/// <param name="Points">One for each set of tags.</param>
internal sealed record OtlpMetric(string Scope, string Name, IReadOnlyList<OtlpPoint> Points);

/// <summary>What a metric has measured with one set of tags.</summary>
/// <param name="Tags">The tags that are texts.</param>
/// <param name="Value">The value; of a histogram how often it measured.</param>
/// <param name="Bounds">The bounds of a histogram's buckets.</param>
internal sealed record OtlpPoint(IReadOnlyDictionary<string, string> Tags, double Value, IReadOnlyList<double> Bounds);
