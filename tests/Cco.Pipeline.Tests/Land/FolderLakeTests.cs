using Cco.Pipeline.Land;

namespace Cco.Pipeline.Tests.Land;

public sealed class FolderLakeTests : LakeTests
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cco-lake-");

    [Fact]
    public async Task A_file_from_another_disk_takes_the_place_of_the_old_one_in_one_step()
    {
        const string Memory = "/dev/shm";
        Assert.SkipUnless(Directory.Exists(Memory), $"There is no second disk to write to. This runs on Linux, where {Memory} is one.");
        var path = new LakePath("marts/warehouse.duckdb");
        await Lake.WriteOnceAsync(path, Writes("old"), Cancel);
        await using var reader = await Lake.OpenReadAsync(path, Cancel);
        var elsewhere = Path.Combine(Memory, Path.GetRandomFileName());
        await File.WriteAllTextAsync(elsewhere, "new", Cancel);

        await Lake.ImportAsync(elsewhere, path, Cancel);

        using var old = new StreamReader(reader);
        Assert.Equal("old", await old.ReadToEndAsync(Cancel));
        Assert.Equal("new", await TextAsync(path));
        Assert.False(File.Exists(elsewhere));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_no_file_anywhere_in_the_folder()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => Lake.WriteOnceAsync(new LakePath("raw/a"), (_, _) => throw new InvalidDataException(), Cancel));

        Assert.Empty(Directory.EnumerateFiles(folder.FullName, "*", SearchOption.AllDirectories));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
    }

    protected override Task<ILake> OpenAsync() => Task.FromResult<ILake>(new FolderLake(folder.FullName));

    protected override Task TakeAwayAsync(LakePath lease)
    {
        File.Delete(Path.Combine(folder.FullName, lease.Value));
        return Task.CompletedTask;
    }
}
