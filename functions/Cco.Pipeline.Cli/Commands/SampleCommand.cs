using System.CommandLine;
using Cco.Pipeline.Sample;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco sample</c>: writes the files of the sample company.</summary>
internal static class SampleCommand
{
    /// <summary>The first day after the history of the sample company, where no other is asked for: fixed, so that it never changes.</summary>
    public static DateOnly DefaultEnd { get; } = new(2026, 1, 1);

    public static Command Build(CliRoot root)
    {
        var customers = ValueOption.Number<int>("--customers", "Customers.", 500);
        var months = ValueOption.Number<int>("--months", "Months of history.", 24);
        var seed = ValueOption.Number<long>("--seed", "Equal seeds make equal files.", 1);
        var end = ValueOption.Day("--end", $"The first day after the history: the first of a month. [default: {DefaultEnd:yyyy-MM-dd}]");
        var clean = new Option<bool>("--clean") { Description = "Plant no errors." };
        var folder = new Option<DirectoryInfo>("--out") { Description = "The folder to write to.", DefaultValueFactory = _ => new DirectoryInfo("samples") };
        return root.Command("sample", "Write the files of an invented company.", [customers, months, seed, end, clean, folder], async (session, result, cancellationToken) =>
        {
            var options = new SampleOptions
            {
                Customers = result.GetValue(customers)!.Value,
                Months = result.GetValue(months)!.Value,
                Seed = result.GetValue(seed)!.Value,
                End = result.GetValue(end) ?? DefaultEnd,
                HasDirt = !result.GetValue(clean),
            };
            var truth = await new SampleCompany(options).WriteAsync(result.GetValue(folder)!.FullName, progress: null, cancellationToken);
            session.Output.Write(truth.Files, console =>
            {
                var table = Output.Table("Entity", "Rows#", "Bytes#", "File…");
                foreach (var file in truth.Files)
                {
                    Output.Row(table, file.Entity, $"{file.Rows:N0}", $"{file.Bytes:N0}", file.Path);
                }

                console.Write(table);
            });
            return ExitCode.Done;
        });
    }
}
