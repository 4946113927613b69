namespace Cco.Pipeline.Transform;

/// <summary>
/// Makes a customer-scoped model some customers at a time. Buckets are ranges of the hash of <c>customer_key</c>, and rows are ordered
/// by that hash, so the buckets' files one after the other are the whole result in its order.
/// </summary>
internal sealed class BucketShop(Engine engine, BuildPlan plan, Relations relations, int buckets)
{
    /// <summary>Writes the whole result to a file.</summary>
    /// <returns>A file for each bucket, for the customer-scoped models that read this one.</returns>
    public KeptResult Write(BuildStep step, string file, CancellationToken cancellationToken)
    {
        var parts = new List<string>();
        var schema = Sql.Name($"bucket of {step.Name}");
        using var session = Fresh(schema);
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            Bind(session, schema, step, bucket, []);
            parts.Add(engine.Scratch.File($"{step.Name}.{bucket}.parquet"));
            TableSql.Write(session, step, parts[^1], cancellationToken);
        }

        session.Execute($"drop schema {schema} cascade", cancellationToken);
        return new KeptResult(Join(session, step, parts, file, cancellationToken), parts);
    }

    private EngineSession Fresh(string schema)
    {
        using (var session = engine.Session())
        {
            session.Execute($"drop schema if exists {schema} cascade; create schema {schema}");
        }

        return engine.Session(schema);
    }

    private static long Join(EngineSession session, BuildStep step, List<string> parts, string file, CancellationToken cancellationToken)
    {
        session.Execute("set preserve_insertion_order = true", cancellationToken);
        var rows = session.Execute(
            $"copy (select * from {Sql.Parquet(parts)}) to {Sql.Text(file)} (format parquet, kv_metadata {TableSql.Provenance(step)})", cancellationToken);
        session.Execute("set preserve_insertion_order = false", cancellationToken);
        return rows;
    }

    /// <summary>In the bucket's schema, each input that has customers is what it is for this bucket's customers alone.</summary>
    private void Bind(EngineSession session, string schema, BuildStep step, int bucket, HashSet<string> bound)
    {
        foreach (var input in step.Inputs.Where(bound.Add))
        {
            if (plan.Steps[input] is { Kind: StepKind.View, Model: { Header.IsCustomerScoped: true } view } viewStep)
            {
                Bind(session, schema, viewStep, bucket, bound);
                session.Execute($"create or replace view {schema}.{Sql.Name(view.Name)} as\n{view.Text}");
            }
            else if (relations.Find(input) is { HasCustomers: true } relation)
            {
                var part = relation.Parts.Count == buckets
                    ? $"select * from {Sql.Parquet([relation.Parts[bucket]])}"
                    : $"select * from {plan.Steps[input].Relation} where {Condition(bucket)}";
                session.Execute($"create or replace view {schema}.{Sql.Name(input)} as {part}");
            }
        }
    }

    private string Condition(int bucket)
    {
        var width = (UInt128.One << 64) / (UInt128)buckets;
        var low = width * (UInt128)bucket;
        var high = bucket == buckets - 1 ? (UInt128)ulong.MaxValue : (width * ((UInt128)bucket + 1)) - 1;
        return $"hash(customer_key) between {low}::ubigint and {high}::ubigint";
    }
}
