using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cco.Pipeline.Extract;

/// <summary>What was asked of a vendor: counted here for the report, and as metrics <c>cco.extract.*</c> for OpenTelemetry. Safe to use from several threads.</summary>
public sealed class SourceTraffic(string source)
{
    /// <summary>The name of the traces and metrics.</summary>
    public const string Telemetry = "Cco.Pipeline.Extract";

    private static readonly Meter Meter = new(Telemetry);
    private static readonly Counter<long> RequestCounter = Meter.CreateCounter<long>("cco.extract.requests", "{request}", "Requests to vendors, retries among them.");
    private static readonly Counter<long> RetryCounter = Meter.CreateCounter<long>("cco.extract.retries", "{request}", "Requests made again after a failure.");
    private static readonly Counter<long> ByteCounter = Meter.CreateCounter<long>("cco.extract.bytes", "By", "Bytes of answers, decompressed.");
    private static readonly Counter<long> RecordCounter = Meter.CreateCounter<long>("cco.extract.records", "{record}", "Records that were read.");
    private static readonly Histogram<double> WaitHistogram = Meter.CreateHistogram<double>("cco.extract.wait", "s", "Time that was waited because the vendor asked for it, or after a failure.");

    private readonly KeyValuePair<string, object?> tag = new("source", source);
    private long requests;
    private long retries;
    private long bytes;
    private long waitedTicks;

    /// <summary>Traces of requests.</summary>
    internal static ActivitySource Activities { get; } = new(Telemetry);

    /// <summary>Requests, retries among them.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>Requests made again after a failure.</summary>
    public long Retries => Interlocked.Read(ref retries);

    /// <summary>Bytes of answers, decompressed.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Time that was waited because the vendor asked for it, or after a failure.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref waitedTicks));

    internal void Requested()
    {
        Interlocked.Increment(ref requests);
        RequestCounter.Add(1, tag);
    }

    internal void Answered(long length)
    {
        Interlocked.Add(ref bytes, length);
        ByteCounter.Add(length, tag);
    }

    internal void Retried()
    {
        Interlocked.Increment(ref retries);
        RetryCounter.Add(1, tag);
    }

    internal void WaitedFor(TimeSpan time)
    {
        Interlocked.Add(ref waitedTicks, time.Ticks);
        WaitHistogram.Record(time.TotalSeconds, tag);
    }

    internal void Read(int records) => RecordCounter.Add(records, tag);
}
