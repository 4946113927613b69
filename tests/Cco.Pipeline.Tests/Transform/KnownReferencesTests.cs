using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Tests.Transform;

/// <summary>What was parsed before is not parsed again, and is what it would be.</summary>
public sealed class KnownReferencesTests : IDisposable
{
    private const string Select =
        """with recent as (select * from Staged."Odd Name" where day > getvariable('as_of')) select my_macro(n), abs(n) from recent inner join other using (n), range(3)""";

    private readonly string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public void What_is_kept_is_what_was_parsed()
    {
        var parsed = Read(Select);
        var known = KnownReferences.Open(folder, "1").Find(Select);
        var read = Read(Select);

        Assert.Null(known);
        Assert.Single(Files());
        Assert.Equal([("", "other"), ("staged", "odd name")], read.Tables.Order());
        foreach (var part in new Func<SqlReferences, IEnumerable<string>>[]
        {
            references => references.Tables.Select(table => $"{table}"), references => references.Functions, references => references.Variables, references => references.CommonTables,
            references => references.TableFunctions,
        })
        {
            Assert.NotEmpty(part(read));
            Assert.Equal(part(parsed).Order(StringComparer.Ordinal), part(read).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void It_is_of_one_text_and_one_version_of_the_parser()
    {
        var known = KnownReferences.Open(folder, "1");
        known.Add("select 1", SqlReferences.To(("", "one")));
        known.Save();

        Assert.Equal([("", "one")], KnownReferences.Open(folder, "1").Find("select 1")!.Tables);
        Assert.Null(KnownReferences.Open(folder, "1").Find("select 2"));
        Assert.Null(KnownReferences.Open(folder, "2").Find("select 1"));
    }

    [Fact]
    public void What_is_wrong_is_said_each_time()
    {
        Assert.Equal(ProblemsOf("select from where"), ProblemsOf("select from where"));
        Assert.NotEmpty(ProblemsOf("select from where"));
    }

    [Fact]
    public void A_damaged_file_counts_as_none_and_is_replaced()
    {
        Read(Select);
        File.WriteAllText(Assert.Single(Files()), "{\"x\":");

        Assert.NotEmpty(Read(Select).Tables);
        Assert.StartsWith("{", File.ReadAllText(Assert.Single(Files())), StringComparison.Ordinal);
        Assert.EndsWith("}", File.ReadAllText(Assert.Single(Files())), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_folder_that_can_be_written_everything_is_parsed()
    {
        File.WriteAllText(folder, "a file where the folder should be");

        Assert.NotEmpty(Read(Select).Tables);
        Assert.NotEmpty(Read(Select).Tables);
    }

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        else
        {
            File.Delete(folder);
        }
    }

    private string[] Files() => Directory.GetFiles(folder);

    private SqlReferences Read(string text)
    {
        using var parser = new SqlParser(folder);
        var problems = new List<SqlProblem>();
        var read = Assert.Single(parser.Read([("a.sql", text)], problems));
        parser.Keep();
        Assert.Empty(problems);
        return read!;
    }

    private List<string> ProblemsOf(string text)
    {
        using var parser = new SqlParser(folder);
        var problems = new List<SqlProblem>();
        parser.Read([("a.sql", text)], problems);
        parser.Keep();
        return problems.ConvertAll(problem => problem.ToString());
    }
}
