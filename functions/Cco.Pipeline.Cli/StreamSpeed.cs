using Cco.Pipeline.Extract;

namespace Cco.Pipeline.Cli;

/// <summary>How fast streams are read, and how long the rest of one will take where its windows tell. Safe to use from several threads.</summary>
internal sealed class StreamSpeed(TimeProvider time)
{
    private readonly Dictionary<StreamName, Reading> readings = [];

    public void Began(StreamName stream)
    {
        lock (readings)
        {
            readings[stream] = new Reading(time.GetTimestamp());
        }
    }

    public void WindowBegan(StreamName stream, Window window, DateTimeOffset until)
    {
        lock (readings)
        {
            var reading = readings[stream];
            reading.First ??= window.From;
            (reading.Window, reading.Until) = (window, until);
        }
    }

    /// <summary>Counts records; says how it goes: how many, how many a second, the window, the time left.</summary>
    public string Read(StreamName stream, int records)
    {
        lock (readings)
        {
            var reading = readings[stream];
            reading.Records += records;
            var elapsed = time.GetElapsedTime(reading.Began);
            var rate = reading.Records / Math.Max(elapsed.TotalSeconds, 0.1);
            return $"{stream} {reading.Records:N0} {rate:N0}/s{Window(reading)}{Left(reading, elapsed)}";
        }
    }

    private static string Window(Reading reading) => reading.Window is { } window ? $" {window.From:yyyy-MM-dd}" : "";

    /// <summary>As much time for each day as until now.</summary>
    private static string Left(Reading reading, TimeSpan elapsed) =>
        reading is { Window: { } window, First: { } first } && window.From > first
            ? $" {elapsed * ((reading.Until - window.From) / (window.From - first)):h\\:mm\\:ss} left"
            : "";

    private sealed class Reading(long began)
    {
        public long Began => began;

        public long Records { get; set; }

        public DateTimeOffset? First { get; set; }

        public Window? Window { get; set; }

        public DateTimeOffset Until { get; set; }
    }
}
