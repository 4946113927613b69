using System.Text;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Tests.Runs;

public sealed class SideLakeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-side-");
    private readonly FolderLake lake;
    private readonly SideLake side;

    public SideLakeTests()
    {
        lake = new FolderLake(folder.FullName);
        side = new SideLake(lake, new LakePath("aside/one"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_written_is_there_and_the_lake_is_as_it_was()
    {
        await WriteAsync(lake, "raw/a", "of the lake");

        Assert.False(await WriteAsync(side, "raw/a", "another"));
        Assert.True(await WriteAsync(side, "raw/b", "aside"));

        Assert.Equal(["raw/a", "raw/b"], await NamesAsync(side, new LakePath("raw")));
        Assert.Equal(["raw/a"], await NamesAsync(lake, new LakePath("raw")));
        Assert.Equal(("of the lake", "aside"), (await TextAsync(side, "raw/a"), await TextAsync(side, "raw/b")));
        Assert.Equal(["raw/a", "raw/b"], await NamesAsync(new SideLake(lake, new LakePath("aside/one")), null));
    }

    [Fact]
    public async Task A_document_is_replaced_under_the_tag_that_was_read_wherever_it_was_read()
    {
        var path = new LakePath("state/a.json");
        var first = await lake.ReplaceAsync(path, Encoding.UTF8.GetBytes("1"), null, Cancel);

        var second = await side.ReplaceAsync(path, Encoding.UTF8.GetBytes("2"), first, Cancel);
        await Assert.ThrowsAsync<LakeConflictException>(() => side.ReplaceAsync(path, Encoding.UTF8.GetBytes("3"), first, Cancel));
        await side.ReplaceAsync(path, Encoding.UTF8.GetBytes("4"), second, Cancel);

        Assert.Equal(("1", "4"), (await TextAsync(lake, "state/a.json"), await TextAsync(side, "state/a.json")));
    }

    [Fact]
    public async Task Once_cleared_it_shows_the_lake()
    {
        await WriteAsync(lake, "raw/a", "of the lake");
        await side.CopyAsync(new LakePath("raw/a"), new LakePath("raw/b"), Cancel);
        await side.DeleteAsync(new LakePath("raw/a"), Cancel);
        var before = await NamesAsync(side, null);

        await side.ClearAsync(Cancel);

        Assert.Equal(["raw/a", "raw/b"], before);
        Assert.Equal(["raw/a"], await NamesAsync(lake, null));
    }

    private static Task<bool> WriteAsync(ILake lake, string path, string text) =>
        lake.WriteOnceAsync(new LakePath(path), (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(text), token).AsTask(), Cancel);

    private static async Task<string> TextAsync(ILake lake, string path) => Encoding.UTF8.GetString((await lake.ReadAsync(new LakePath(path), Cancel))!.Content.Span);

    private static async Task<IReadOnlyList<string>> NamesAsync(ILake lake, LakePath? folder) =>
        await lake.ListAsync(folder, Cancel).Select(file => file.Path.Value).ToListAsync(Cancel);
}
