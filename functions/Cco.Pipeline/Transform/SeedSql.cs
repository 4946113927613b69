using System.Text.Json;

namespace Cco.Pipeline.Transform;

/// <summary>Loads the small tables that are part of the models.</summary>
internal static class SeedSql
{
    /// <summary>Loads a seed into its schema, typed by its contract.</summary>
    /// <exception cref="TransformException">A value does not fit.</exception>
    public static void Load(EngineSession session, Seed seed)
    {
        var columns = seed.Contract.Columns.Select(column => $"cast({Sql.Name(column.Name)} as {column.Type}) as {Sql.Name(column.Name)}");
        try
        {
            session.Execute(seed.Contract.TableText);
            session.Execute(
                $"insert into {Layer.Seeds.Schema()}.{Sql.Name(seed.Name)} select {string.Join(", ", columns)} "
                + $"from read_csv({Sql.Text(seed.File)}, header = true, all_varchar = true)");
        }
        catch (EngineException exception)
        {
            throw new TransformException(SqlProblem.In($"seeds/{seed.Name}.csv", exception.Message));
        }
    }

    /// <summary>Loads the KPIs' words and targets as the relation <c>kpi</c>.</summary>
    public static void LoadKpis(EngineSession session, IReadOnlyList<Kpi> kpis) => session.Execute(
        $$"""
        create table {{Layer.Seeds.Schema()}}.{{KpiFile.Relation}} as
        select
            definition.* rename (name as kpi, version as definition_version),
            sort_number
        from (
            select
                unnest(definitions) as definition,
                unnest(generate_series(1, len(definitions))) as sort_number
            from (
                select from_json({{Sql.Text(JsonSerializer.Serialize(kpis, PipelineJson.Compact))}},
                    '[{
                        "name": "VARCHAR", "title": "VARCHAR", "formula": "VARCHAR", "population": "VARCHAR", "model": "VARCHAR",
                        "unit": "VARCHAR", "direction": "VARCHAR", "null_rule": "VARCHAR", "target": "DOUBLE", "target_period": "VARCHAR",
                        "owner": "VARCHAR", "version": "BIGINT"
                    }]'
                ) as definitions
            )
        )
        """);
}
