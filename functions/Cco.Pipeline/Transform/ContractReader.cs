namespace Cco.Pipeline.Transform;

/// <summary>Executes contracts in a database that holds nothing but macros, and reads back what the engine made of them.</summary>
internal static class ContractReader
{
    /// <summary>The contracts among the files, by the name of their table; what is wrong with them is added to the problems.</summary>
    /// <param name="files">Each contract's file name and text.</param>
    /// <param name="session">A session of a database that has the macros which checks may use.</param>
    /// <param name="problems">Receives what could not be used.</param>
    public static Dictionary<string, Contract> Read(
        IReadOnlyCollection<(string File, string Text)> files, EngineSession session, List<SqlProblem> problems)
    {
        session.Execute("create schema conformed; create schema intermediate; create schema marts; create schema seeds");
        var executed = Executed(session, [.. files.Select(file => new ContractComments(file.File, file.Text))], problems);
        var tables = new Tables(session);
        var contracts = new Dictionary<string, Contract>(StringComparer.Ordinal);
        foreach (var file in executed)
        {
            var name = Path.GetFileName(file.File)[..^".contract.sql".Length];
            if (tables.Find(name, file) is { } contract)
            {
                contracts[name] = contract;
                problems.AddRange(file.Problems(tables.NamesIn(name)).Concat(Undescribed(contract)));
            }
            else
            {
                problems.Add(SqlProblem.In(file.File, $"a contract holds one 'create table' of the name of its file: '{name}'."));
            }
        }

        return contracts;
    }

    /// <summary>A contract may point to the table of another one, so those that fail are tried again after the rest.</summary>
    private static List<ContractComments> Executed(EngineSession session, List<ContractComments> files, List<SqlProblem> problems)
    {
        var done = new List<ContractComments>();
        var waiting = files;
        while (waiting.Count > 0)
        {
            var failures = new List<(ContractComments File, string Message)>();
            foreach (var file in waiting)
            {
                try
                {
                    session.Execute(file.Statements);
                    done.Add(file);
                }
                catch (EngineException exception)
                {
                    failures.Add((file, exception.Message));
                }
            }

            if (failures.Count == waiting.Count)
            {
                problems.AddRange(failures.Select(failure => SqlProblem.FromEngine(failure.File.File, failure.File.Text, failure.Message, linesBefore: 0)));
                break;
            }

            waiting = failures.ConvertAll(failure => failure.File);
        }

        return done;
    }

    private static IEnumerable<SqlProblem> Undescribed(Contract contract)
    {
        if (contract.Comment.Length == 0)
        {
            yield return SqlProblem.In(contract.File, "the table has no comment: say what one row is.");
        }

        foreach (var column in contract.Columns.Where(column => column.Comment.Length == 0))
        {
            yield return SqlProblem.In(contract.File, $"the column '{column.Name}' has no comment: the comments are the data dictionary.");
        }
    }

    /// <summary>All tables of the database, read at once: the catalog of the engine is slow to ask for one table after the other.</summary>
    private sealed class Tables(EngineSession session)
    {
        private readonly ILookup<string, string> schemas = session.Query(
            "select table_name, schema_name from duckdb_tables()",
            reader => (Table: reader.GetString(0), Schema: reader.GetString(1))).ToLookup(table => table.Table, table => table.Schema, StringComparer.Ordinal);

        private readonly ILookup<string, ContractColumn> columns = session.Query(
            "select table_name, column_name, data_type, is_nullable, column_default from duckdb_columns() where not internal order by table_name, column_index",
            reader => (Table: reader.GetString(0), Column: new ContractColumn(
                reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.IsDBNull(4) ? null : reader.GetString(4), Comment: "")))
            .ToLookup(column => column.Table, column => column.Column, StringComparer.Ordinal);

        private readonly ILookup<string, Constraint> constraints = session.Query(
            """
            select table_name, constraint_type, coalesce(expression, ''), constraint_column_names, coalesce(referenced_table, ''), referenced_column_names
            from duckdb_constraints() order by table_name, constraint_index
            """,
            reader => (Table: reader.GetString(0), Constraint: new Constraint(
                reader.GetString(1), reader.GetString(2), reader.GetFieldValue<List<string>>(3), reader.GetString(4), reader.GetFieldValue<List<string>>(5))))
            .ToLookup(constraint => constraint.Table, constraint => constraint.Constraint, StringComparer.Ordinal);

        /// <summary>What the engine made of a contract; null where there is not exactly one table of the name.</summary>
        public Contract? Find(string name, ContractComments file) => schemas[name].ToList() is [var schema]
            ? new Contract(
                file.File,
                file.Text,
                file.On($"{schema}.{name}"),
                [.. columns[name].Select(column => column with { Comment = file.On($"{schema}.{name}.{column.Name}") })],
                constraints[name].FirstOrDefault(constraint => constraint.Type is "PRIMARY KEY" or "UNIQUE")?.Columns ?? [],
                [.. constraints[name].Where(constraint => constraint.Type == "CHECK").Select(check => new ContractCheck(check.Expression, check.Columns))],
                [.. constraints[name].Where(constraint => constraint.Type == "FOREIGN KEY")
                    .Select(key => new ContractReference(key.Columns, key.Referenced, key.ReferencedColumns))])
            : null;

        /// <summary>The full names of the table and its columns.</summary>
        public IEnumerable<string> NamesIn(string name) =>
            schemas[name].SelectMany(schema => columns[name].Select(column => $"{schema}.{name}.{column.Name}").Prepend($"{schema}.{name}"));

        private sealed record Constraint(string Type, string Expression, List<string> Columns, string Referenced, List<string> ReferencedColumns);
    }
}
