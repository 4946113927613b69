using Cco.Pipeline.Tests.Laws.Companies;
using Cco.Pipeline.Tests.Models;
using Cco.Pipeline.Tests.Sample;

namespace Cco.Pipeline.Tests.Laws;

/// <summary>The revenue marts of some small companies, all built at once: no company's customers touch another's.</summary>
internal sealed class LawWorld : IDisposable
{
    public static readonly IReadOnlyList<string> Marts =
    [
        "fct_customer_month", "fct_subscription_month", "fct_mrr_movement", "fct_revenue_month", "fct_revenue_retention", "fct_cohort_retention",
        "fct_revenue_item", "fct_kpi",
    ];

    public static readonly IReadOnlyList<string> Audits =
    [
        "customers_are_all_there", "revenue_items_are_all_there", "mrr_is_that_of_its_items", "mrr_movements_reconcile", "mrr_opens_where_it_closed",
        "mrr_is_at_the_rates_of_its_month", "subscription_months_add_up", "revenue_segments_add_up", "cohort_rows_never_grow",
        "cohorts_are_those_of_their_months", "expansion_is_that_of_its_movements", "kpis_are_those_of_their_facts",
    ];

    private readonly TemporaryFolder folder = new();
    private readonly ModelWorld models;

    /// <param name="books">The companies.</param>
    /// <param name="targets">What to build of them, with what it reads.</param>
    public LawWorld(Books books, params IReadOnlyList<string> targets)
    {
        Books = books;
        foreach (var (entity, lines) in books.Files())
        {
            File.WriteAllLines(Path.Combine(folder.Path, $"{entity}.csv"), lines);
        }

        File.WriteAllLines(
            Path.Combine(folder.Path, "variables.csv"),
            books.Settings.Variables(books.AsOf).Select(variable => $"{variable.Key},{variable.Value}").Prepend("name,value"));
        models = ModelWorld.Load(folder.Path);
        models.Build(targets);
    }

    public Books Books { get; }

    /// <summary>The rows of a query over the marts, each as its values joined by '|'.</summary>
    public IReadOnlyList<string> Query(string sql) => models.Query(sql);

    /// <summary>What breaks a mart's contract.</summary>
    public string Broken(string mart) => models.Broken(mart);

    public void Dispose()
    {
        models.Dispose();
        folder.Dispose();
    }
}
