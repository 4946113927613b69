using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Cco.Pipeline.Transform;

/// <summary>What DuckDB says of a statement that it cannot run.</summary>
internal sealed class EngineException : DbException
{
    /// <summary>A statement that was run as it is.</summary>
    public EngineException(string message, DuckDBErrorType type)
        : base(message) => IsTooLarge = type == DuckDBErrorType.OutOfMemory;

    /// <summary>A statement whose rows were read.</summary>
    public EngineException(DuckDBException exception)
        : base(exception.Message, exception) => IsTooLarge = exception.ErrorType == DuckDBErrorType.OutOfMemory;

    /// <summary>It needs more memory than it may have.</summary>
    public bool IsTooLarge { get; }
}
