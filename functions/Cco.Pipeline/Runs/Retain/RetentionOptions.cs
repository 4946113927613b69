using System.ComponentModel.DataAnnotations;

namespace Cco.Pipeline.Runs;

/// <summary>What the lake keeps when it is tidied up. What is published now is kept whatever these say, and so is what landed, unless its source has deleted it.</summary>
public sealed class RetentionOptions
{
    /// <summary>Published runs that are kept, the latest first: they can be queried by their files, and compared.</summary>
    [Range(1, 100_000)]
    public int KeepRuns { get; set; } = 30;

    /// <summary>Days that a published run is kept for, however many there are after it.</summary>
    [Range(0, 36_500)]
    public int KeepRunDays { get; set; } = 90;

    /// <summary>Days that a dropped file is kept for in <c>landing-done/</c> after it was taken in; its records are in <c>raw/</c>. Null: for good.</summary>
    [Range(1, 36_500)]
    public int? DroppedFileDays { get; set; }

    /// <summary>Days that the reports of runs which are not kept themselves are kept for; the marts know of them for good. Null: for good.</summary>
    [Range(1, 36_500)]
    public int? ReportDays { get; set; }

    /// <summary>
    /// Days that a record is kept for in <c>raw/</c> after a reading of its source's API found it deleted. Then it goes with all its versions, and numbers of the
    /// past that it was part of change, which <c>fct_kpi_restatement</c> says. Null: for good.
    /// </summary>
    [Range(1, 36_500)]
    public int? DeletedRecordDays { get; set; }

    /// <summary>Raw files smaller than this, in MiB, are made one with others of their stream and day.</summary>
    [Range(1, 1024)]
    public int CompactFileMiB { get; set; } = 8;

    /// <summary>Small raw files of one stream and day from which on they are made one.</summary>
    [Range(2, 100_000)]
    public int CompactFiles { get; set; } = 8;
}
