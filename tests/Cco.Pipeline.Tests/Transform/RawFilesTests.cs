using Cco.Pipeline.Land;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

public sealed class RawFilesTests
{
    private static readonly RunId[] Runs = [RunId.Parse("20260101t000000000z-aaaa"), RunId.Parse("20260102t000000000z-bbbb"), RunId.Parse("20260103t000000000z-cccc")];

    [Fact]
    public void The_files_of_a_run_are_those_of_it_and_of_the_runs_before()
    {
        var stream = new StreamName("file", "customer");
        var files = Runs.Select(run => new RawFile(stream, RawPath.Of(stream, run, "0123456789abcdef"))).ToList();
        var raw = new RawFiles(new Dictionary<StreamName, IReadOnlyList<RawFile>> { [stream] = files }, []);

        Assert.Equal(files.Take(2), raw.UpTo(Runs[1]).Of(stream));
    }
}
