using DuckDB.NET.Data;

namespace Cco.Pipeline.Transform;

/// <summary>Executes contracts in an empty database and reads back what the engine made of them.</summary>
internal static class ContractReader
{
    /// <summary>The contracts among the files, by the name of their table; what is wrong with them is added to the problems.</summary>
    /// <param name="files">Each contract's file name and text.</param>
    /// <param name="problems">Receives what could not be used.</param>
    public static Dictionary<string, Contract> Read(IReadOnlyCollection<(string File, string Text)> files, List<SqlProblem> problems)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var session = new EngineSession(connection);
        session.Execute("create schema conformed; create schema intermediate; create schema marts; create schema seeds");

        var contracts = new Dictionary<string, Contract>(StringComparer.Ordinal);
        foreach (var (file, text) in Executed(session, files, problems))
        {
            var name = Path.GetFileName(file)[..^".contract.sql".Length];
            var tables = session.Query(
                $"select schema_name || '.' || table_name, coalesce(comment, '') from duckdb_tables() where table_name = {Sql.Text(name)}",
                reader => (Relation: reader.GetString(0), Comment: reader.GetString(1)));
            if (tables is not [var table])
            {
                problems.Add(SqlProblem.In(file, $"a contract holds one 'create table' of the name of its file: '{name}'."));
                continue;
            }

            contracts[name] = Table(session, file, text, name, table.Comment);
            problems.AddRange(Undescribed(contracts[name]));
        }

        return contracts;
    }

    /// <summary>A contract may point to the table of another one, so those that fail are tried again after the rest.</summary>
    private static List<(string File, string Text)> Executed(
        EngineSession session, IReadOnlyCollection<(string File, string Text)> files, List<SqlProblem> problems)
    {
        var done = new List<(string File, string Text)>();
        var waiting = files.ToList();
        while (waiting.Count > 0)
        {
            var failures = new List<(string File, string Text, string Message)>();
            foreach (var (file, text) in waiting)
            {
                try
                {
                    session.Execute(text);
                    done.Add((file, text));
                }
                catch (DuckDBException exception)
                {
                    failures.Add((file, text, exception.Message));
                }
            }

            if (failures.Count == waiting.Count)
            {
                problems.AddRange(failures.Select(failure => SqlProblem.FromEngine(failure.File, failure.Text, failure.Message, linesBefore: 0)));
                break;
            }

            waiting = failures.ConvertAll(failure => (failure.File, failure.Text));
        }

        return done;
    }

    private static Contract Table(EngineSession session, string file, string text, string name, string comment)
    {
        var columns = session.Query(
            $"""
            select column_name, data_type, is_nullable, column_default, coalesce(comment, '')
            from duckdb_columns() where table_name = {Sql.Text(name)} order by column_index
            """,
            reader => new ContractColumn(
                reader.GetString(0), reader.GetString(1), reader.GetBoolean(2), reader.IsDBNull(3) ? null : reader.GetString(3), reader.GetString(4)));
        var constraints = session.Query(
            $"""
            select constraint_type, coalesce(expression, ''), constraint_column_names, coalesce(referenced_table, ''), referenced_column_names
            from duckdb_constraints() where table_name = {Sql.Text(name)} order by constraint_index
            """,
            reader => (
                Type: reader.GetString(0), Expression: reader.GetString(1), Columns: reader.GetFieldValue<List<string>>(2),
                Table: reader.GetString(3), TableColumns: reader.GetFieldValue<List<string>>(4)));
        return new Contract(
            file,
            text,
            comment,
            columns,
            constraints.FirstOrDefault(constraint => constraint.Type == "PRIMARY KEY").Columns ?? [],
            [.. constraints.Where(constraint => constraint.Type == "CHECK").Select(check => new ContractCheck(check.Expression, check.Columns))],
            [.. constraints.Where(constraint => constraint.Type == "FOREIGN KEY")
                .Select(key => new ContractReference(key.Columns, key.Table, key.TableColumns))]);
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
}
