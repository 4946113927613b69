using System.ComponentModel;

namespace Cco.Pipeline.Extract;

/// <summary>How an answer is followed by the next one, and which is the last.</summary>
internal sealed record PagingDescription
{
    [Description("What the next request is told.")]
    public PagingKind Kind { get; init; } = PagingKind.None;

    [Description("Parameter that carries it, such as cursor, page, offset or starting_after.")]
    public string? Parameter { get; init; }

    [Description("Where the parameter goes: the address, or the JSON body (then parts of its path are parted by /).")]
    public ParameterPlace In { get; init; } = ParameterPlace.Query;

    [Description("cursor, next_link: where the answer has it, such as meta/next_cursor or @odata.nextLink.")]
    public string? Token { get; init; }

    [Description("keyset: the field of the last record that is sent.")]
    public string? Field { get; init; }

    [Description("offset, page: records of a full page; sent as size_parameter where that is given.")]
    public int? Size { get; init; }

    [Description("offset, page: parameter for the size.")]
    public string? SizeParameter { get; init; }

    [Description("offset, page: the first one, 0 or 1.")]
    public int First { get; init; }

    [Description("Which answer is the last.")]
    public PagingStop Stop { get; init; } = PagingStop.NoToken;

    [Description("stop: flag: where the answer says whether there is more.")]
    public string? More { get; init; }

    [Description("stop: flag: where the answer says whether it was the last.")]
    public string? Last { get; init; }

    [Description("stop: total: where the answer says how many records there are in all.")]
    public string? Total { get; init; }

    [Description("Answers after which something must be wrong.")]
    public int MaxPages { get; init; } = 1_000_000;
}

/// <summary>What the next request is told.</summary>
internal enum PagingKind
{
    /// <summary>There is one answer.</summary>
    None,

    /// <summary>A token from the answer.</summary>
    Cursor,

    /// <summary>The next address is in the answer.</summary>
    NextLink,

    /// <summary>The next address is in the header <c>Link</c> (RFC 8288).</summary>
    LinkHeader,

    /// <summary>How many records to pass over.</summary>
    Offset,

    /// <summary>The number of the page.</summary>
    Page,

    /// <summary>A field of the last record.</summary>
    Keyset,
}

/// <summary>Where a parameter goes.</summary>
internal enum ParameterPlace
{
    /// <summary>Into the address.</summary>
    Query,

    /// <summary>Into the JSON body.</summary>
    Body,
}

/// <summary>Which answer is the last. A short page is not, unless the vendor says so.</summary>
internal enum PagingStop
{
    /// <summary>The one without a token or next address.</summary>
    NoToken,

    /// <summary>The one without records.</summary>
    EmptyPage,

    /// <summary>The one with fewer records than a full page.</summary>
    ShortPage,

    /// <summary>The one that says so.</summary>
    Flag,

    /// <summary>The one with which all records have been seen.</summary>
    Total,
}
