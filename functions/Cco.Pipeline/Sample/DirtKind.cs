namespace Cco.Pipeline.Sample;

/// <summary>What can be wrong with a row of the sample company. Rows that cannot be used are in a file of their own, <c>&lt;entity&gt;-broken.csv</c>.</summary>
public enum DirtKind
{
    /// <summary>The same row once more.</summary>
    Duplicate,

    /// <summary>An older version of a record, written after the newer one: <c>updated_at</c> tells them apart.</summary>
    Stale,

    /// <summary>A row that is not in its table's file but in <c>&lt;entity&gt;-late.csv</c>.</summary>
    Late,

    /// <summary>A row whose <c>deleted_at</c> says that the source deleted it.</summary>
    Deleted,

    /// <summary>A cell that may be empty, and is.</summary>
    Blank,

    /// <summary>A row of a customer that does not exist. It is typed right, so it lands.</summary>
    UnknownCustomer,

    /// <summary>Text where a number belongs. Cannot be used.</summary>
    WrongType,

    /// <summary>A day or instant that no calendar has. Cannot be used.</summary>
    ImpossibleDate,

    /// <summary>A score outside its scale. Cannot be used.</summary>
    OffScale,

    /// <summary>A cell that is empty and must not be. Cannot be used.</summary>
    Missing,
}
