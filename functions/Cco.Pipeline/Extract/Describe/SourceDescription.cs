using System.ComponentModel;

namespace Cco.Pipeline.Extract;

/// <summary>A vendor's API as its YAML file describes it; the texts beside the fields are those of the published JSON schema, which editors show.</summary>
[Description("A vendor's API: where it is, how to sign in, and the streams that are read from it.")]
internal sealed record SourceDescription
{
    [Description("Name of the source: lower-case letters, digits and single underscores, as its file is named. Raw data is kept under it, and staging models read raw.<source>__<stream>.")]
    public required string Source { get; init; }

    [Description("Name as the vendor writes it.")]
    public required string Title { get; init; }

    [Description("What the source is for.")]
    public required SourceKind Kind { get; init; }

    [Description("What reads the streams. rest: as each is described. soql: the query language of Salesforce; a stream is an object (path: /sobjects/Account), read with all of its fields that the user may see, by spans of updated_at.")]
    public SourceEngine Engine { get; init; } = SourceEngine.Rest;

    [Description("Address of the vendor's documentation that this description follows.")]
    public required string Documentation { get; init; }

    [Description("How to make the credentials and which permissions they need: one line each.")]
    public required IReadOnlyList<string> Setup { get; init; }

    [Description("What a user may set besides secrets, each with what it means; named in braces in addresses, or as { setting: name }.")]
    public IReadOnlyDictionary<string, SettingDescription> Settings { get; init; } = new Dictionary<string, SettingDescription>(StringComparer.Ordinal);

    [Description("The secrets that signing in needs, each with what it is. Their values are never in this file.")]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    [Description("Address that the paths of streams follow, such as https://api.example.com/v1 or https://{domain}.example.com.")]
    public required string BaseUrl { get; init; }

    [Description("Headers of every request, such as the version of the API.")]
    public IReadOnlyDictionary<string, SourceValue> Headers { get; init; } = new Dictionary<string, SourceValue>(StringComparer.Ordinal);

    [Description("How requests are signed in; none where the API is open.")]
    public AuthenticationDescription Authentication { get; init; } = new();

    [Description("How much the vendor allows.")]
    public LimitDescription Limits { get; init; } = new();

    [Description("A request that costs little and shows whether the credentials work.")]
    public required ProbeDescription Test { get; init; }

    [Description("What is read, by name: lower-case letters, digits and single underscores.")]
    public required IReadOnlyDictionary<string, StreamDescription> Streams { get; init; }

    /// <summary>The streams, as those see them who read them.</summary>
    public IReadOnlyList<StreamInfo> StreamInfos() => [.. Streams.Select(stream => stream.Value.Info(new StreamName(Source, stream.Key)))];
}

/// <summary>What reads the streams of a source.</summary>
internal enum SourceEngine
{
    /// <summary>Requests as they are described: <see cref="RestSource"/>.</summary>
    Rest,

    /// <summary>The query language of Salesforce: <see cref="SalesforceSource"/>.</summary>
    Soql,
}

/// <summary>What a source is for; each has its own schedule.</summary>
public enum SourceKind
{
    /// <summary>Customers, contacts, opportunities.</summary>
    Crm,

    /// <summary>Subscriptions, invoices, payments.</summary>
    Billing,

    /// <summary>Invitations and answers.</summary>
    Survey,

    /// <summary>Tickets and their events.</summary>
    Support,

    /// <summary>Anything else, such as exchange rates.</summary>
    Other,
}

/// <summary>Something that a user may set.</summary>
internal sealed record SettingDescription
{
    [Description("What it means, with an example.")]
    public required string Description { get; init; }

    [Description("Its value where nothing is set; without it, a value is required.")]
    public string? Default { get; init; }
}

/// <summary>A request that proves credentials.</summary>
internal sealed record ProbeDescription
{
    [Description("Path after base_url.")]
    public required string Path { get; init; }

    [Description("Parameters of the address.")]
    public IReadOnlyDictionary<string, SourceValue> Query { get; init; } = new Dictionary<string, SourceValue>(StringComparer.Ordinal);
}

/// <summary>How much a vendor allows.</summary>
internal sealed record LimitDescription
{
    [Description("Requests a second that are safe to make.")]
    public double RequestsPerSecond { get; init; } = 5;

    [Description("Requests at the same time, for streams that are read per parent.")]
    public int Concurrency { get; init; } = 2;

    [Description("Header that says how many requests are left.")]
    public string? RemainingHeader { get; init; }

    [Description("Header that says when there will be more.")]
    public string? ResetHeader { get; init; }

    [Description("What the reset header holds: seconds from now, unix seconds or milliseconds, or an ISO 8601 instant.")]
    public ResetFormat ResetFormat { get; init; } = ResetFormat.Seconds;

    [Description("Longest time that one attempt of a request may take.")]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>What a header says about the time when there will be more.</summary>
internal enum ResetFormat
{
    /// <summary>So many seconds from now.</summary>
    Seconds,

    /// <summary>Seconds since 1970.</summary>
    Unix,

    /// <summary>Milliseconds since 1970.</summary>
    UnixMilliseconds,

    /// <summary>An instant in ISO 8601.</summary>
    Iso,
}
