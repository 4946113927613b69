namespace Cco.Pipeline.Transform;

/// <summary>The procedures that models may name.</summary>
internal static class ModelProcedures
{
    private static readonly IReadOnlyList<IModelProcedure> All = [new PurchaseFit(), new PurchaseForecast()];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => All.Select(procedure => procedure.Name);

    /// <summary>The procedure of a name; null where there is none.</summary>
    public static IModelProcedure? Find(string? name) => All.FirstOrDefault(procedure => procedure.Name == name);

    /// <summary>The select that gives the rows of a model: its own, or, where it names a procedure, one of the table that this has filled in the session.</summary>
    public static string Select(EngineSession session, Model model, CancellationToken cancellationToken)
    {
        if (Find(model.Header.Procedure) is not { } procedure)
        {
            return model.Text;
        }

        var table = $"rows of {model.Name}";
        var columns = string.Join(", ", model.Contract!.Columns.Select(column => $"{Sql.Name(column.Name)} {column.Type}"));
        session.Execute($"create or replace temp table {Sql.Name(table)} ({columns})", cancellationToken);
        session.Transfer($"select * from (\n{model.Text}\n) order by all", procedure.Rows, table, cancellationToken);
        return $"select * from temp.{Sql.Name(table)}";
    }
}
