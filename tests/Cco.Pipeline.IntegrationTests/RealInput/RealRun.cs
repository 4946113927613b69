using Cco.Pipeline.Runs;

namespace Cco.Pipeline.IntegrationTests.RealInput;

/// <summary>One run of the program over a data set; nothing where the data is absent.</summary>
public abstract class RealRun : IAsyncLifetime
{
    private readonly Installation installation = new();
    private readonly string dataSet;
    private readonly string asOf;
    private readonly (string Table, string File)[] files;
    private RunReport? report;

    private protected RealRun(string dataSet, string asOf, params (string Table, string File)[] files) =>
        (this.dataSet, this.asOf, this.files) = (dataSet, asOf, files);

    internal Installation Installation
    {
        get
        {
            RealData.Need();
            return installation;
        }
    }

    internal RunReport Report
    {
        get
        {
            RealData.Need();
            return report!;
        }
    }

    /// <summary>The records of a file, read with none of the pipeline's code.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Records(string table)
    {
        RealData.Need();
        return CsvFile.Read(PathOf(files.Single(file => file.Table == table).File)!);
    }

    /// <summary>The rows of a select over a conformed entity.</summary>
    internal IReadOnlyList<string> Conformed(string entity, string select) => installation.Conformed(Report, entity, select);

    public async ValueTask InitializeAsync()
    {
        if (PathOf(files[0].File) is null)
        {
            return;
        }

        installation.Configure(null, RealData.Overlay(dataSet));
        foreach (var (table, file) in files)
        {
            var dropped = await installation.CallAsync("drop", table, PathOf(file)!);
            Assert.True(dropped.Code == 0, dropped.Everything);
        }

        report = await installation.RunAsync("--as-of", asOf);
    }

    public ValueTask DisposeAsync()
    {
        installation.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private string? PathOf(string file) => RealData.PathOf($"{dataSet}/{file}");
}
