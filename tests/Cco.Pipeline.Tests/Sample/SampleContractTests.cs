using Cco.Pipeline.Sample;

namespace Cco.Pipeline.Tests.Sample;

/// <summary>The sample against the contracts of the conformed entities, executed by the engine that enforces them.</summary>
public sealed class SampleContractTests(CleanSample sample, DirtySample dirty) : IClassFixture<CleanSample>, IClassFixture<DirtySample>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "transforms", "models", "conformed");

    /// <summary>All but the pipeline's own reports, which no company has, and loads that are missing: those of the sample are all there.</summary>
    public static TheoryData<string> Entities() =>
        [.. Directory.EnumerateFiles(Folder, "*.contract.sql").Select(Entity).Where(entity => entity is not ("pipeline_run" or "kpi_restatement" or "kpi_restatement_record" or "missing_load" or "stream_load")).Order()];

    [Fact]
    public void Every_entity_has_rows()
    {
        Assert.Equal(Entities().Select(entity => entity.Data), sample.Database.Truth.Entities.Order());
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public void Every_row_of_a_clean_company_fulfils_its_contract(string entity)
    {
        var columns = sample.Database.ColumnsOf("main", entity);

        Execute(sample.Database, entity);
        sample.Database.Run($"insert into conformed.{entity} ({string.Join(", ", columns)}) select {string.Join(", ", Defaulted(sample.Database, entity, columns))} from main.{entity}");

        Assert.Equal(sample.Database.Truth.Rows(entity), sample.Database.Number($"select count(*) from conformed.{entity}"));
        Assert.Equal(sample.Database.Truth.Rows(entity), sample.Database.Truth.Records(entity));
    }

    [Fact]
    public void The_rows_that_break_a_contract_are_the_planted_ones()
    {
        var database = dirty.Database;
        foreach (var entity in database.Truth.Entities)
        {
            Execute(database, entity);
            database.Run($"create table usable_{entity} as {Usable(database, entity)}");
            var usable = database.Number($"select count(*) from usable_{entity}");
            var keys = string.Join(", ", database.Column(
                $"select unnest(constraint_column_names) from duckdb_constraints() where table_name = '{entity}' and constraint_type = 'PRIMARY KEY'"));

            Assert.Equal((entity, database.Truth.Unusable(entity)), (entity, database.Truth.Rows(entity) - (long)usable));
            Assert.Equal((entity, database.Truth.Records(entity)), (entity, (long)database.Number($"select count(*) from (select distinct {keys} from usable_{entity})")));
        }
    }

    [Fact]
    public void Every_kind_of_dirt_is_planted()
    {
        var truth = dirty.Database.Truth;

        Assert.All(Enum.GetValues<DirtKind>(), kind => Assert.True(truth.Planted(kind) > 0, kind.ToString()));
        Assert.InRange(truth.Entities.Sum(truth.Unusable), 20, 500);
    }

    [Theory]
    [MemberData(nameof(Entities))]
    public void Every_column_is_one_of_the_contract(string entity)
    {
        Execute(sample.Database, entity);
        var contract = sample.Database.ColumnsOf("conformed", entity);

        Assert.NotEmpty(contract);
        Assert.Subset(contract.ToHashSet(), sample.Database.ColumnsOf("main", entity).ToHashSet());
    }

    /// <summary>Columns as they are, or by the contract's default: a system that has no such column says nothing.</summary>
    private static IEnumerable<string> Defaulted(SampleDatabase database, string entity, IEnumerable<string> columns)
    {
        var defaults = database.Column($"select column_name || '|' || column_default from duckdb_columns() where schema_name = 'conformed' and table_name = '{entity}' and column_default is not null")
            .Select(line => line.Split('|', 2)).ToDictionary(column => column[0], column => column[1], StringComparer.Ordinal);
        return columns.Select(column => defaults.TryGetValue(column, out var value) ? $"coalesce({column}, ({value})::varchar)" : column);
    }

    private static string Entity(string path) => Path.GetFileName(path).Replace(".contract.sql", "", StringComparison.Ordinal);

    private static void Execute(SampleDatabase database, string entity)
    {
        database.Run($"create schema if not exists conformed; drop table if exists conformed.{entity}");
        database.Run(File.ReadAllText(Path.Combine(Folder, $"{entity}.contract.sql")));
    }

    /// <summary>The typed rows of a text table that break neither type nor check, as the contract in the engine says.</summary>
    private static string Usable(SampleDatabase database, string entity)
    {
        var given = database.ColumnsOf("main", entity).ToHashSet();
        var columns = database.Column($"select column_name || '|' || data_type || '|' || is_nullable || '|' || coalesce(column_default, '') from duckdb_columns() where schema_name = 'conformed' and table_name = '{entity}'")
            .Select(line => line.Split('|', 4)).ToList();
        var checks = database.Column($"select expression from duckdb_constraints() where schema_name = 'conformed' and table_name = '{entity}' and constraint_type = 'CHECK'");
        var typed = columns.Select(column => given.Contains(column[0])
            ? $"coalesce(try_cast({column[0]} as {column[1]}), {(column[3].Length == 0 ? "null" : column[3])}) as {column[0]}"
            : $"cast({(column[3].Length == 0 ? "null" : column[3])} as {column[1]}) as {column[0]}");
        var casts = columns.Where(column => given.Contains(column[0])).Select(column => $"(text.{column[0]} is null or try_cast(text.{column[0]} as {column[1]}) is not null)");
        var required = columns.Where(column => column[2] == "false").Select(column => $"typed.{column[0]} is not null");
        var rules = string.Join(" and ", casts.Concat(required).Concat(["true"]));
        var holds = string.Concat(checks.Select(check => $" and coalesce(({check}), true)"));
        return $"""
            with text as (select row_number() over () as line, * from main.{entity}),
            typed as (select row_number() over () as line, {string.Join(", ", typed)} from main.{entity}),
            sound as (select typed.* from typed join text using (line) where {rules})
            select * from sound where true {holds}
            """;
    }
}
