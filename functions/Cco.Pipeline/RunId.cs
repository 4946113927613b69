using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Cco.Pipeline;

/// <summary>The name of one run: sorts by the time it began, and differs between machines and processes.</summary>
public sealed record RunId
{
    private const string InstantFormat = "yyyyMMdd't'HHmmssfff'z'";

    private RunId(string value) => Value = value;

    /// <summary>Lower-case text such as <c>20260301t041500123z-9f3c</c>; safe in a path.</summary>
    public string Value { get; }

    /// <summary>When the run began, in UTC.</summary>
    public DateTimeOffset StartedAt =>
        DateTimeOffset.ParseExact(Value.AsSpan(0, 19), InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The id of a run that begins now in this process.</summary>
    public static RunId Begin(TimeProvider time)
    {
        var instant = time.GetUtcNow();
        var place = Encoding.UTF8.GetBytes($"{Environment.MachineName}/{Environment.ProcessId}/{instant.UtcTicks}");
        return new RunId($"{instant.ToString(InstantFormat, CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(SHA256.HashData(place))[..4]}");
    }

    /// <summary>Reads the text of an id.</summary>
    /// <exception cref="FormatException">The text is not an id of a run.</exception>
    public static RunId Parse(string text)
    {
        var id = new RunId(text);
        try
        {
            _ = id.StartedAt;
            return id;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"'{text}' is not the id of a run; `cco status` lists them.", exception);
        }
    }

    /// <inheritdoc />
    public override string ToString() => Value;
}
