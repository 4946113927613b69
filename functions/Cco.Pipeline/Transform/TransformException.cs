namespace Cco.Pipeline.Transform;

/// <summary>The SQL cannot be used as it is: each problem names its file and what to do.</summary>
public sealed class TransformException(IReadOnlyList<SqlProblem> problems)
    : Exception(string.Join('\n', problems))
{
    /// <summary>A single problem.</summary>
    public TransformException(SqlProblem problem)
        : this([problem])
    {
    }

    /// <summary>What is wrong, in the order of the files.</summary>
    public IReadOnlyList<SqlProblem> Problems { get; } = problems;
}
