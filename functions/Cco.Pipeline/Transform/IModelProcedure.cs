using System.Data.Common;

namespace Cco.Pipeline.Transform;

/// <summary>Makes the rows of a model where SQL cannot, from the rows of the model's select. Equal rows in equal order give equal rows.</summary>
internal interface IModelProcedure
{
    /// <summary>The name that the line <c>-- Procedure:</c> at the top of a model has.</summary>
    string Name { get; }

    /// <summary>Part of what makes a result: raise it whenever the rows that come out change.</summary>
    int Version { get; }

    /// <summary>Names and DuckDB types of the columns that the select must give, in order.</summary>
    IReadOnlyList<(string Name, string Type)> Inputs { get; }

    /// <summary>The rows of the model, each with a value (null, string, long or double) for each column of its contract.</summary>
    /// <param name="input">The rows of the select, in the order of all their columns.</param>
    IEnumerable<IReadOnlyList<object?>> Rows(DbDataReader input);
}
