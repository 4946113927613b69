using System.CommandLine;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco lineage</c>: what a model or column is made of, and what is made of it.</summary>
internal static class LineageCommand
{
    public static Command Build(CliRoot root)
    {
        var name = new Argument<string>("model or column") { Description = "A model such as fct_kpi, or a column such as mrr_amount or fct_kpi.value." };
        return root.Command("lineage", "Show what a model or column is made of, and what is made of it.", [name], (session, result, _) =>
        {
            var lineage = new Lineage(CatalogReader.Read(session.Get<TransformOptions>()));
            var subject = result.GetValue(name)!;
            var roots = lineage.Find(subject);
            session.Output.Write(
                roots.Select(model => new { model, upstream = lineage.Upstream(model), downstream = lineage.Downstream(model) }),
                console => roots.ToList().ForEach(model => Show(console, lineage, model)));
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static void Show(IAnsiConsole console, Lineage lineage, string model)
    {
        var tree = new Tree($"[bold]{Markup.Escape(model)}[/]");
        Add(tree, "is made of", model, lineage.Inputs);
        Add(tree, "is read by", model, lineage.Readers);
        console.Write(tree);
    }

    private static void Add(Tree tree, string heading, string model, Func<string, IEnumerable<string>> next)
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        var node = tree.AddNode(next(model).Any() ? heading : $"{heading} nothing");
        next(model).ToList().ForEach(other => Add(node, other, next, shown));
    }

    /// <summary>What is reached on several ways is followed once; the other times it ends with '…'.</summary>
    private static void Add(TreeNode parent, string name, Func<string, IEnumerable<string>> next, HashSet<string> shown)
    {
        var others = next(name).ToList();
        if (others.Count > 0 && !shown.Add(name))
        {
            parent.AddNode(Markup.Escape($"{name} …"));
            return;
        }

        var node = parent.AddNode(Markup.Escape(name));
        others.ForEach(other => Add(node, other, next, shown));
    }
}
