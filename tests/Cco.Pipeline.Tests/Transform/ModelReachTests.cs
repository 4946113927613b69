using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

/// <summary>What the SQL of an overlay can reach: the models, and nothing else.</summary>
public sealed class ModelReachTests : IDisposable
{
    private const string Model = "models/intermediate/int_a.sql";
    private const string Macros = "more.sql";

    private readonly Company company = new();
    private readonly string secret;

    public ModelReachTests()
    {
        var overlay = company.WriteOverlay("secret.csv", "a\n1\n");
        company.Transform.Overlays.Add(overlay);
        secret = Path.Combine(overlay, "secret.csv").Replace('\\', '/');
    }

    public void Dispose() => company.Dispose();

    [Theory]
    [InlineData(Model, "-- Grain: x\nselect * from read_text('{0}')")]
    [InlineData(Model, "-- Grain: x\nselect * from read_csv('{0}')")]
    [InlineData(Model, "-- Grain: x\nselect (select count(*) from read_blob('{0}')) as a")]
    [InlineData(Model, "-- Grain: x\nselect * from glob('{0}')")]
    [InlineData(Model, "-- Grain: x\nselect * from parquet_metadata('{0}')")]
    [InlineData(Model, "-- Grain: x\nselect * from '{0}'")]
    [InlineData(Model, "-- Grain: x\nselect * from \"{0}\"")]
    [InlineData(Model, "-- Grain: x\nselect * from duckdb_secrets()")]
    [InlineData(Model, "-- Grain: x\nselect getenv('PATH') as a")]
    [InlineData(Model, "-- Grain: x\nselect * from query('select 1')")]
    [InlineData(Model, "copy (select 1) to '{0}.out'")]
    [InlineData(Model, "-- Grain: x\nselect 1) to '{0}.out'; copy (select 1")]
    [InlineData(Model, "-- Grain: x\nselect 1 as a; select 2 as b")]
    [InlineData(Macros, "create macro leak() as table select * from read_text('{0}')")]
    [InlineData(Macros, "create macro leak() as (select count(*) from read_blob('{0}'))")]
    [InlineData(Macros, "create macro leak() as getenv('PATH')")]
    [InlineData(Macros, "create table leak as select * from read_text('{0}')")]
    [InlineData(Macros, "copy (select 1) to '{0}.out'")]
    [InlineData(Macros, "attach '{0}.out' as other")]
    [InlineData(Macros, "install httpfs")]
    [InlineData(Macros, "load httpfs")]
    [InlineData(Macros, "export database '{0}.out'")]
    [InlineData(Macros, "import database '{0}.out'")]
    [InlineData(Macros, "set enable_external_access = true")]
    [InlineData(Model + "|models/intermediate/int_a.contract.sql", "copy (select 1) to '{0}.out'")]
    public void A_file_or_network_or_extension_is_refused_when_the_models_are_read(string files, string sql)
    {
        var file = files.Split('|')[^1];
        if (file != files)
        {
            company.WriteOverlay(Model, "-- Grain: x\nselect 1 as a");
        }

        company.WriteOverlay(file, string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, secret));

        Assert.Throws<TransformException>(() => CatalogReader.Read(company.Transform));
        Assert.Equal(["secret.csv"], Directory.EnumerateFiles(Path.GetDirectoryName(secret)!).Select(Path.GetFileName).Where(name => name!.StartsWith("secret", StringComparison.Ordinal)));
    }
}
