using System.Collections.Concurrent;

namespace Cco.Pipeline.Transform;

/// <summary>The relations that a build has made so far: a view over the file or files of each result.</summary>
internal sealed class Relations(Engine engine)
{
    private readonly ConcurrentDictionary<string, Relation> relations = new(StringComparer.Ordinal);

    /// <summary>Makes the relation of a kept result, in parts where it was made in buckets.</summary>
    /// <returns>The number of its rows.</returns>
    public long Add(BuildStep step, IReadOnlyList<string> files, IReadOnlyList<string>? parts = null)
    {
        using var session = engine.Session();
        if (step.Kind != StepKind.Audit)
        {
            session.Execute($"create or replace view {step.Relation} as select * from {Sql.Parquet(files)}");
        }

        Note(session, step, parts ?? []);
        return session.Query(
            $"select sum(num_rows)::bigint from parquet_file_metadata([{string.Join(", ", files.Select(Sql.Text))}])", reader => reader.GetInt64(0)).Single();
    }

    /// <summary>Makes the relation of a model that is computed where it is read.</summary>
    public void AddView(BuildStep step)
    {
        using var session = engine.Session();
        TableSql.Check(session, step.Model!);
        session.Execute($"create or replace view {step.Relation} as\n{step.Model!.Text}");
        Note(session, step, []);
    }

    /// <summary>What is known of a relation; null for seeds.</summary>
    public Relation? Find(string name) => relations.GetValueOrDefault(name);

    private void Note(EngineSession session, BuildStep step, IReadOnlyList<string> parts)
    {
        var hasCustomers = step.Kind != StepKind.Audit && session.Describe($"select * from {step.Relation}").Exists(column => column.Name == "customer_key");
        relations[step.Name] = new Relation(hasCustomers, parts);
    }

    /// <summary>A relation of the build.</summary>
    /// <param name="HasCustomers">Its rows belong to customers: it has the column <c>customer_key</c>.</param>
    /// <param name="Parts">A file for each bucket, where it was made in buckets in this build.</param>
    internal sealed record Relation(bool HasCustomers, IReadOnlyList<string> Parts);
}
