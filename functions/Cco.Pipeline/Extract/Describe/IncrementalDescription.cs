using System.ComponentModel;

namespace Cco.Pipeline.Extract;

/// <summary>How only what changed is read.</summary>
internal sealed record IncrementalDescription
{
    [Description("windows: by spans of time, which { window: from } and { window: to } send, in a stream with a parent those of the parent; cursor: the vendor's token of the last answer is kept for the next run.")]
    public IncrementalKind Kind { get; init; } = IncrementalKind.Windows;

    [Description("windows: how far each run reaches back behind the last, so that late changes are read again.")]
    public TimeSpan Lookback { get; init; } = TimeSpan.FromHours(1);

    [Description("windows: how far each run stays behind the clock, because a vendor shows changes late.")]
    public TimeSpan Lag { get; init; } = TimeSpan.FromMinutes(2);

    [Description("windows: the API leaves out what changed exactly at { window: from }; then a second earlier is sent.")]
    public bool ExcludesFrom { get; init; }

    [Description("windows: the first span; later ones adapt to how much is in them.")]
    public TimeSpan FirstWindow { get; init; } = TimeSpan.FromDays(30);

    [Description("windows: the longest span.")]
    public TimeSpan LongestWindow { get; init; } = TimeSpan.FromDays(400);

    [Description("windows: records that a span should hold about.")]
    public int WindowRecords { get; init; } = 100_000;

    [Description("windows: records that the vendor gives to one question at most; a span that reaches it is halved and read again.")]
    public int? MaxRecords { get; init; }

    [Description("windows: field of a record that they go by, such as created, or _parent/created for one of the parent; only with it can a backfill tell which known records of a span the vendor has no more.")]
    public string? Field { get; init; }

    [Description("windows: what that field holds.")]
    public InstantFormat FieldFormat { get; init; } = InstantFormat.Iso;

    [Description("cursor: where the last answer has the token that is kept, if not where paging has it.")]
    public string? Token { get; init; }

    [Description("cursor: parameter that carries the kept token, if not that of paging. A token that is an address is followed.")]
    public string? Parameter { get; init; }
}

/// <summary>How only what changed is read.</summary>
internal enum IncrementalKind
{
    /// <summary>By spans of time.</summary>
    Windows,

    /// <summary>By the vendor's token.</summary>
    Cursor,
}
