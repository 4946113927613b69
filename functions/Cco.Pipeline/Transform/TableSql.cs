namespace Cco.Pipeline.Transform;

/// <summary>Writes a select as the Parquet file of a model, and holds the file against the model's contract.</summary>
internal static class TableSql
{
    /// <summary>Holds names, order and types of what the select gives against the contract, or what a procedure reads, before it is run.</summary>
    /// <exception cref="TransformException">They differ, column by column.</exception>
    public static void Check(EngineSession session, Model model)
    {
        if (ModelProcedures.Find(model.Header.Procedure) is { } procedure)
        {
            var given = session.Describe(model.Text);
            if (!given.SequenceEqual(procedure.Inputs))
            {
                var columns = string.Join(", ", procedure.Inputs.Select(column => $"{column.Name} {column.Type}"));
                throw new TransformException(SqlProblem.In(model.File, $"the procedure '{procedure.Name}' reads ({columns}); the select gives ({string.Join(", ", given.Select(column => $"{column.Name} {column.Type}"))})."));
            }
        }
        else if (model.Contract is { } contract && model.Layer != Layer.Conformed && ContractSql.Differences(contract, session.Describe(model.Text)) is { Count: > 0 } differences)
        {
            throw new TransformException(SqlProblem.In(model.File, $"does not give what {contract.File} promises:\n    {string.Join("\n    ", differences)}"));
        }
    }

    /// <summary>
    /// Runs a model into a file and holds this against the contract. The columns are looked up in the file, where nothing has to be bound again for it: that
    /// takes longer than to run a model over few rows.
    /// </summary>
    /// <returns>The number of its rows.</returns>
    /// <exception cref="TransformException">The model does not give what the contract promises: columns, or rows, of which a few are shown.</exception>
    public static long Write(EngineSession session, BuildStep step, string file, CancellationToken cancellationToken)
    {
        var model = step.Model!;
        if (model.Header.Procedure is not null)
        {
            Check(session, model);
        }

        long rows;
        try
        {
            rows = Copy(session, step, ModelProcedures.Select(session, model, cancellationToken), ContractSql.OrderBy(model), file, cancellationToken);
        }
        catch (EngineException)
        {
            Check(session, model);
            throw;
        }

        Hold(session, model, file, cancellationToken);
        return rows;
    }

    /// <summary>Runs the select into a file. Equal inputs make equal bytes where the order is given.</summary>
    /// <returns>The number of its rows.</returns>
    public static long Copy(EngineSession session, BuildStep step, string select, string order, string file, CancellationToken cancellationToken) => session.Execute(
        $"""
        copy (
        {Ordered(select, order)}
        ) to {Sql.Text(file)} ({(step.Kind == StepKind.Entity ? StageSql.Format : "format parquet")}, kv_metadata {Provenance(step)})
        """,
        cancellationToken);

    /// <summary>The select with its rows in an order; an empty order: as they come.</summary>
    public static string Ordered(string select, string order) => order.Length == 0 ? select : $"with result as (\n{select}\n) select * from result {order}";

    /// <summary>What the file says of itself: enough to find what made it, and equal for equal results.</summary>
    public static string Provenance(BuildStep step) => $"{{cco_model: {Sql.Text(step.Name)}, cco_fingerprint: {Sql.Text(step.Fingerprint)}}}";

    private static void Hold(EngineSession session, Model model, string file, CancellationToken cancellationToken)
    {
        if (model.Contract is not { } contract || model.Layer == Layer.Conformed)
        {
            return;
        }

        var relation = Sql.Parquet([file]);
        if (ContractSql.Differences(contract, session.Describe($"select * from {relation}")) is { Count: > 0 } differences)
        {
            Check(session, model);
            throw new TransformException(SqlProblem.In(model.File, $"gives what {contract.File} promises, but Parquet has no such types and keeps others:\n    {string.Join("\n    ", differences)}"));
        }

        if (session.Scalar<long>(ContractSql.CountBroken(contract, relation), cancellationToken) == 0)
        {
            return;
        }

        var rows = session.Query(ContractSql.ShowBroken(contract, relation), reader => $"{reader.GetString(0)}: {reader.GetString(1)}", cancellationToken);
        if (rows.Count > 0)
        {
            throw new TransformException(SqlProblem.In(model.File, $"breaks {contract.File}:\n    {string.Join("\n    ", rows)}"));
        }
    }
}
