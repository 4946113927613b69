using System.ComponentModel;

namespace Cco.Pipeline.Extract;

/// <summary>One kind of record that a vendor's API gives, and how it is read.</summary>
internal sealed record StreamDescription
{
    [Description("What one record is.")]
    public required string Description { get; init; }

    [Description("GET, or POST where the API takes its questions as JSON.")]
    public RequestMethod Method { get; init; } = RequestMethod.Get;

    [Description("Path after base_url; {name} is a setting, or a field of the parent record.")]
    public required string Path { get; init; }

    [Description("Parameters of the address.")]
    public IReadOnlyDictionary<string, SourceValue> Query { get; init; } = new Dictionary<string, SourceValue>(StringComparer.Ordinal);

    [Description("Headers of its requests.")]
    public IReadOnlyDictionary<string, SourceValue> Headers { get; init; } = new Dictionary<string, SourceValue>(StringComparer.Ordinal);

    [Description("The JSON that is sent with POST.")]
    public BodyValue? Body { get; init; }

    [Description("json: an answer is JSON; csv: a table whose header names the fields, all of them texts.")]
    public AnswerFormat Format { get; init; } = AnswerFormat.Json;

    [Description("Where the list of records is in the answer, such as data or result/items; left out where the answer is the list. A single object there is one record.")]
    public string Records { get; init; } = "";

    [Description("Fields that name a record, such as [id]; nested ones as attributes/id. parent/<field> is a field of the parent record.")]
    public required IReadOnlyList<string> Id { get; init; }

    [Description("Field that says when a record changed last, or parent/<field>; without it, a record counts as changed when it was read.")]
    public string? UpdatedAt { get; init; }

    [Description("What updated_at holds.")]
    public InstantFormat UpdatedAtFormat { get; init; } = InstantFormat.Iso;

    [Description("How a record says that it was deleted.")]
    public DeletedDescription? Deleted { get; init; }

    [Description("The stream whose records are gone through, one request or more for each.")]
    public ParentDescription? Parent { get; init; }

    [Description("How the answer is followed by the next one.")]
    public PagingDescription Paging { get; init; } = new();

    [Description("How only what changed is read; without it, everything is read every time, and what is not there any more counts as deleted.")]
    public IncrementalDescription? Incremental { get; init; }

    [Description("A file that the vendor prepares first: made by the request, waited for, fetched. It holds JSON lines, a JSON array or CSV, plain, as gzip or in a zip.")]
    public ExportDescription? Export { get; init; }

    [Description("Statuses other than 2xx that mean that there are no records, such as 404 for a parent that is gone.")]
    public IReadOnlyList<int> EmptyStatuses { get; init; } = [];

    [Description("For streams that are read whole: whether records that are not there any more count as deleted.")]
    public bool DetectsDeletions { get; init; } = true;

    /// <summary>How the stream is read from run to run.</summary>
    public StreamMode Mode => Incremental switch { null => StreamMode.Full, { Kind: IncrementalKind.Cursor } => StreamMode.Cursor, _ => StreamMode.Windows };

    /// <summary>The stream, as those see it who read it.</summary>
    public StreamInfo Info(StreamName name) => new(
        name,
        Description,
        Mode,
        Mode == StreamMode.Full && DetectsDeletions,
        Mode == StreamMode.Windows ? new WindowPlan(Incremental!.Lookback, Incremental.Lag, Incremental.FirstWindow, Incremental.LongestWindow, Incremental.WindowRecords) : WindowPlan.None);
}

/// <summary>What an answer is.</summary>
internal enum AnswerFormat
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>A table with a header.</summary>
    Csv,
}

/// <summary>How a request is made.</summary>
internal enum RequestMethod
{
    /// <summary>Without a body.</summary>
    Get,

    /// <summary>With a body.</summary>
    Post,
}

/// <summary>How a record says that it was deleted.</summary>
internal sealed record DeletedDescription
{
    [Description("The field.")]
    public required string Field { get; init; }

    [Description("Its value in a deleted record; left out where any value but null and false says so.")]
    public string? EqualTo { get; init; }
}

/// <summary>The records that a stream goes through.</summary>
internal sealed record ParentDescription
{
    [Description("The parent stream's name.")]
    public required string Stream { get; init; }

    [Description("The fields of the parent that are used, by the name that path, query and id give them; items/*/id is a JSON list, of all items. They stand in the payload of each record, too, as _parent.")]
    public required IReadOnlyDictionary<string, string> Fields { get; init; }

    [Description("A field of the parent that must be there, and not null, false or 0, for the child to be read; saves requests for parents that have none.")]
    public string? Only { get; init; }

    [Description("Whether a parent without the field of `only` gives a record of its own fields alone, without a request: what it had before ends with it.")]
    public bool LandsOthers { get; init; }
}

/// <summary>A file that a vendor prepares first.</summary>
internal sealed record ExportDescription
{
    [Description("Where the answer to the first request, which starts the work, names the work.")]
    public required string Id { get; init; }

    [Description("Path that tells how far it is; {id} is the name of the work.")]
    public required string StatusPath { get; init; }

    [Description("Where that answer says how far it is.")]
    public required string Status { get; init; }

    [Description("What it says when the file is ready.")]
    public required IReadOnlyList<string> Done { get; init; }

    [Description("What it says when there will be no file.")]
    public IReadOnlyList<string> Failed { get; init; } = [];

    [Description("Where the ready answer names the file; used as {file} in file_path.")]
    public string? File { get; init; }

    [Description("Path of the file; {id} is the name of the work, {file} what `file` found; an address of its own where `file` found one and this is left out.")]
    public string? FilePath { get; init; }

    [Description("Time between two looks.")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(3);

    [Description("Time after which the work counts as failed.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);
}
