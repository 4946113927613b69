using System.ComponentModel.DataAnnotations;
using System.IO.Compression;
using Cco.Pipeline.Sample;

namespace Cco.Pipeline.Tests.Sample;

public sealed class SampleCompanyTests
{
    [Fact]
    public async Task The_same_seed_gives_the_same_bytes()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();

        await WriteAsync(one, 80, seed: 5);
        await WriteAsync(other, 80, seed: 5);

        Assert.Equal(FilesOf(one), FilesOf(other));
        Assert.All(FilesOf(one), file => Assert.Equal(Bytes(one, file), Bytes(other, file)));
    }

    [Fact]
    public async Task Another_seed_gives_another_company()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();

        await WriteAsync(one, 20, seed: 5);
        await WriteAsync(other, 20, seed: 6);

        Assert.NotEqual(Bytes(one, "customer.csv"), Bytes(other, "customer.csv"));
        Assert.NotEqual(Bytes(one, "exchange_rate-ecb.csv"), Bytes(other, "exchange_rate-ecb.csv"));
    }

    [Fact]
    public async Task A_larger_company_begins_with_the_customers_of_a_smaller_one()
    {
        using var small = new TemporaryFolder();
        using var large = new TemporaryFolder();

        await WriteAsync(small, 130, seed: 5);
        await WriteAsync(large, 260, seed: 5);

        // Hosting grows with the company, so the first lines of that file differ.
        foreach (var file in FilesOf(small).Where(file => !file.StartsWith("service_delivery", StringComparison.Ordinal)))
        {
            var (shorter, longer) = (Bytes(small, file), Bytes(large, file));
            Assert.True(longer.AsSpan().StartsWith(shorter), file);
        }
    }

    [Fact]
    public async Task Dirt_leaves_the_sound_rows_as_they_are()
    {
        using var clean = new TemporaryFolder();
        using var dirty = new TemporaryFolder();

        await WriteAsync(clean, 100, seed: 5, hasDirt: false);
        await WriteAsync(dirty, 100, seed: 5);

        var lines = FilesOf(dirty).Where(file => file.StartsWith("usage_day", StringComparison.Ordinal) || file.StartsWith("payment", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(Path.Combine(dirty.Path, file))).ToHashSet();
        Assert.All(File.ReadLines(Path.Combine(clean.Path, "usage_day.csv")), line => Assert.Contains(line, lines));
        Assert.All(File.ReadLines(Path.Combine(clean.Path, "payment.csv")), line => Assert.Contains(line, lines));
    }

    [Fact]
    public async Task Large_tables_go_on_in_further_files_with_the_same_header()
    {
        using var folder = new TemporaryFolder();
        var options = new SampleOptions { Customers = 150, Months = 24, End = new DateOnly(2026, 1, 1), HasDirt = false, RowsPerFile = 1000, IsCompressed = true };

        var truth = await new SampleCompany(options).WriteAsync(folder.Path, null, TestContext.Current.CancellationToken);

        var files = truth.Files.Where(file => file is { Entity: "invoice_line", System: SampleFile.OwnSystem }).ToList();
        Assert.Equal("invoice_line-02.csv.gz", Path.GetFileName(files[1].Path));
        Assert.All(files, file => Assert.Equal(Unpacked(files[0].Path)[0], Unpacked(file.Path)[0]));
        Assert.Equal(files.Sum(file => file.Rows), files.Sum(file => Unpacked(file.Path).Length - 1));
    }

    [Fact]
    public async Task A_folder_that_holds_a_sample_is_refused()
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(folder, 2, seed: 1);

        var exception = await Assert.ThrowsAsync<IOException>(() => WriteAsync(folder, 2, seed: 1));

        Assert.Contains("already holds", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 12, 1)]
    [InlineData(10, 0, 1)]
    [InlineData(10, 12, 2)]
    public void Options_out_of_range_are_refused(int customers, int months, int day)
    {
        var options = new SampleOptions { Customers = customers, Months = months, End = new DateOnly(2026, 1, day) };

        Assert.Throws<ValidationException>(() => new SampleCompany(options));
    }

    [Fact]
    public async Task One_customer_over_one_month_is_a_company_too()
    {
        using var folder = new TemporaryFolder();
        var options = new SampleOptions { Customers = 1, Months = 1, End = new DateOnly(2026, 1, 1) };

        var truth = await new SampleCompany(options).WriteAsync(folder.Path, null, TestContext.Current.CancellationToken);

        Assert.Contains("customer", truth.Entities);
    }

    private static Task<SampleTruth> WriteAsync(TemporaryFolder folder, int customers, long seed, bool hasDirt = true) =>
        new SampleCompany(new SampleOptions { Customers = customers, Months = 24, Seed = seed, End = new DateOnly(2026, 1, 1), HasDirt = hasDirt })
            .WriteAsync(folder.Path, null, TestContext.Current.CancellationToken);

    private static List<string> FilesOf(TemporaryFolder folder) => [.. Directory.EnumerateFiles(folder.Path).Select(file => Path.GetFileName(file)).Order()];

    private static byte[] Bytes(TemporaryFolder folder, string file) => File.ReadAllBytes(Path.Combine(folder.Path, file));

    private static string[] Unpacked(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
