using System.ComponentModel.DataAnnotations;

namespace Cco.Pipeline.Extract;

/// <summary>How hard vendors are asked, and how long they are waited for.</summary>
public sealed class ExtractOptions
{
    /// <summary>Sources that are read at the same time; the streams of one are read one after the other.</summary>
    [Range(1, 32)]
    public int Parallelism { get; init; } = 4;

    /// <summary>The longest time that one request may take, its retries and waits among it. A vendor that asks for a longer wait fails the stream.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The longest time that one stream may take in one run; what landed by then stays, and the next run goes on.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan StreamTimeout { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Times that a request is made again after a failure that may pass: 408, 429, 5xx, a connection that breaks, an attempt that takes too long.</summary>
    [Range(0, 50)]
    public int Retries { get; init; } = 8;

    /// <summary>The wait before the first retry, where the vendor does not name one; it doubles with each, with jitter, up to two minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of one answer, decompressed. Memory grows with it; it bounds what a bomb can do.</summary>
    [Range(1 << 16, 1 << 30)]
    public int MaxAnswerBytes { get; init; } = 64 << 20;

    /// <summary>Records of one raw file: after so many, a stream's place is remembered, where the vendor's paging allows to go on from there.</summary>
    [Range(1_000, 10_000_000)]
    public int FileRecords { get; init; } = 250_000;
}

/// <summary>The sources that are read, by name.</summary>
public sealed class SourcesOptions : Dictionary<string, SourceSettings>
{
    /// <summary>No sources; names are the same in any case, as environment variables are.</summary>
    public SourcesOptions()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }
}

/// <summary>One source that is read.</summary>
public sealed class SourceSettings
{
    /// <summary>False: it is configured, but not read.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The first day that is read, in UTC; what was before is not asked for.</summary>
    public DateOnly Start { get; set; } = new(2020, 1, 1);

    /// <summary>The first instant that is read.</summary>
    internal DateTimeOffset StartsAt => new(Start.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>The streams that are read; none named: all.</summary>
    public IList<string> Streams { get; } = [];

    /// <summary>What the source's description lets one set, by name.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The source's secrets, by name. Best given as environment variables, or as references to Azure Key Vault:
    /// <c>@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/stripe-key)</c>.
    /// </summary>
    public IDictionary<string, string> Secrets { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Another address than the vendor's, for sandboxes and proxies.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Requests a second that are made at most, above 0, where the account allows other than its smallest plan; null: as the source's description says.</summary>
    public double? RequestsPerSecond { get; set; }

    /// <summary>The same with other secrets.</summary>
    internal SourceSettings With(IEnumerable<KeyValuePair<string, string>> secrets)
    {
        var same = new SourceSettings { Enabled = Enabled, Start = Start, BaseUrl = BaseUrl, RequestsPerSecond = RequestsPerSecond };
        Streams.ToList().ForEach(same.Streams.Add);
        Settings.ToList().ForEach(same.Settings.Add);
        secrets.ToList().ForEach(same.Secrets.Add);
        return same;
    }
}
