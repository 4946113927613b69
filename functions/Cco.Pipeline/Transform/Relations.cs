using System.Collections.Concurrent;

namespace Cco.Pipeline.Transform;

/// <summary>The relations that a build has made so far: a view over the file or files of each result.</summary>
internal sealed class Relations(Engine engine)
{
    private readonly ConcurrentDictionary<string, Relation> relations = new(StringComparer.Ordinal);

    /// <summary>Makes the relations of kept results.</summary>
    /// <param name="results">Each step with the file of its result.</param>
    public void Add(IReadOnlyList<(BuildStep Step, string File)> results)
    {
        using var session = engine.Session();
        foreach (var (step, file) in results)
        {
            Add(session, step, file, []);
        }
    }

    /// <summary>The number of rows of each file, in their order.</summary>
    public IReadOnlyList<long> Rows(IReadOnlyList<string> files)
    {
        if (files.Count == 0)
        {
            return [];
        }

        using var session = engine.Session();
        var rows = session.Query(
            $"select file_name, num_rows::bigint from parquet_file_metadata([{string.Join(", ", files.Select(Sql.Text))}])",
            reader => (File: reader.GetString(0), Rows: reader.GetInt64(1))).ToDictionary(file => file.File, file => file.Rows, StringComparer.Ordinal);
        return [.. files.Select(file => rows[file])];
    }

    /// <summary>Makes the relation of a kept result, in parts where it was made in buckets.</summary>
    public void Add(BuildStep step, string file, IReadOnlyList<string> parts)
    {
        using var session = engine.Session();
        Add(session, step, file, parts);
    }

    /// <summary>Makes the relation of a model that is computed where it is read.</summary>
    public void AddView(BuildStep step)
    {
        using var session = engine.Session();
        TableSql.Check(session, step.Model!);
        session.Execute($"create or replace view {step.Relation} as\n{step.Model!.Text}");
        relations[step.Name] = new Relation(HasCustomers(step), []);
    }

    /// <summary>What is known of a relation; null for seeds.</summary>
    public Relation? Find(string name) => relations.GetValueOrDefault(name);

    private void Add(EngineSession session, BuildStep step, string file, IReadOnlyList<string> parts)
    {
        if (step.Kind != StepKind.Audit)
        {
            session.Execute($"create or replace view {step.Relation} as select * from {Sql.Parquet([file])}");
            relations[step.Name] = new Relation(HasCustomers(step), parts);
        }
    }

    private Lazy<bool> HasCustomers(BuildStep step) => new(() =>
    {
        using var session = engine.Session();
        return session.Describe($"select * from {step.Relation}").Exists(column => column.Name == "customer_key");
    });

    /// <summary>A relation of the build.</summary>
    /// <param name="Customers">Whether its rows belong to customers; looked up where it is asked.</param>
    /// <param name="Parts">A file for each bucket, where it was made in buckets in this build.</param>
    internal sealed record Relation(Lazy<bool> Customers, IReadOnlyList<string> Parts)
    {
        /// <summary>Its rows belong to customers: it has the column <c>customer_key</c>.</summary>
        public bool HasCustomers => Customers.Value;
    }
}
