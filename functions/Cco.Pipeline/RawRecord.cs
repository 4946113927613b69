namespace Cco.Pipeline;

/// <summary>One record as its source gave it, before anyone has said what it means.</summary>
/// <param name="RecordId">The source's identifier, unique in its stream; versions of one record share it.</param>
/// <param name="UpdatedAt">When the source changed the record; when it was read, where the source does not say.</param>
/// <param name="IsDeleted">True for a tombstone: the source no longer has the record.</param>
/// <param name="Position">Where the record stood: the line of a dropped file, counted from 1 with the header, or the ordinal in a response.</param>
/// <param name="Payload">The record as one JSON object, untouched.</param>
public readonly record struct RawRecord(string RecordId, DateTimeOffset UpdatedAt, bool IsDeleted, long Position, string Payload);
