using System.CommandLine;
using Cco.Pipeline.Land;
using Cco.Pipeline.Runs;

namespace Cco.Pipeline.Cli.Commands;

/// <summary><c>cco forget</c>: takes a person or customer out of the lake.</summary>
internal static class ForgetCommand
{
    public static Command Build(CliRoot root)
    {
        var emails = new Option<string[]>("--email") { Description = "The address of a person.", HelpName = "address" };
        var customers = new Option<string[]>("--customer") { Description = "The id of a customer, as its source calls it; the addresses beside it are forgotten, too.", HelpName = "id" };
        var yes = YesOption.Of("Forget them, and make the tables anew.");
        return root.Command(
            "forget",
            "Show what the lake has of a person or customer, or put pseudonyms in their place everywhere and for good (setting Privacy:Secret).",
            [emails, customers, yes],
            async (session, result, cancellationToken) =>
            {
                var forgetting = session.Get<Forgetting>();
                var request = new ForgetRequest(result.GetValue(emails) ?? [], result.GetValue(customers) ?? []);
                if (!result.GetValue(yes))
                {
                    var plan = await forgetting.PlanAsync(request, cancellationToken);
                    session.Output.Write(plan, console =>
                    {
                        plan.Emails.ToList().ForEach(email => console.WriteLine($"E-mail    {email}"));
                        plan.Customers.ToList().ForEach(id => console.WriteLine($"Customer  {id}"));
                        Write(console, plan.Places);
                        console.WriteLine(plan.Places.Count == 0
                            ? "The lake has nothing of them. With --yes they are known if they are delivered later."
                            : "Nothing was changed. --yes forgets them: dropped files that name them, and all earlier published runs, go.");
                    });
                    return ExitCode.Done;
                }

                var erasure = await forgetting.ForgetAsync(request, $"{Environment.UserName} on {Environment.MachineName}", new NoProgress(), cancellationToken);
                session.Output.Write(erasure, console =>
                {
                    Write(console, erasure.Places);
                    console.WriteLine($"Forgotten. The record of it is '{Erasure.Folder}/{erasure.Id}.json' in the lake.");
                });
                return ExitCode.Done;
            });
    }

    private static void Write(IAnsiConsole console, IReadOnlyList<ErasedPlace> places)
    {
        if (places.Count > 0)
        {
            var table = Output.Table("Folder", "Files#", "Records#");
            places.ToList().ForEach(place => Output.Row(table, $"{place.Folder}/", $"{place.Files:N0}", place.Records is > 0 ? $"{place.Records:N0}" : ""));
            console.Write(table);
        }
    }
}
