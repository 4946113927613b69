using Cco.Pipeline.Land;
using Cco.Pipeline.Publish;
using Cco.Pipeline.Transform;

namespace Cco.Pipeline.Runs;

/// <summary>
/// Takes a published number apart: into customers, and a customer's part into movements, items and raw records. It asks the results that
/// the published run built, so it knows every period, not only those that the marts keep contributions of.
/// </summary>
public sealed class KpiExplainer(ILake lake, Transformer transformer, TransformOptions options)
{
    /// <summary>What evidence reads beside the inputs of the contributions.</summary>
    private static readonly string[] Evidential =
    [
        "contract_term", "credit_note", "dim_customer", "dim_kpi", "discount", "fct_kpi", "fct_revenue_item", "int_currency_month", "int_customer_collection",
        "int_customer_identity", "int_invoice_line_segment", "int_item_discount", "int_recurring_item_run", "int_survey_answer", "invoice_line", "payment",
        "service_delivery", "subscription_item", "survey_invitation", "survey_response",
    ];

    /// <summary>Explains a number.</summary>
    /// <exception cref="ArgumentException">There is no such KPI, period, segment or customer; the message names those there are.</exception>
    /// <exception cref="FileNotFoundException">Nothing has been published.</exception>
    /// <exception cref="TransformException">The published run cannot be found again, or something does not add up.</exception>
    public async Task<KpiExplanation> ExplainAsync(KpiQuestion question, CancellationToken cancellationToken)
    {
        var catalog = CatalogReader.Read(options);
        _ = KpiNames.Find(catalog.Kpis, question.Kpi);
        using var published = await OpenAsync(catalog, cancellationToken);
        return Explain(published, question, cancellationToken);
    }

    /// <summary>Explains a number of an open run; one after the other, as many as there are.</summary>
    internal static KpiExplanation Explain(PublishedBuild published, KpiQuestion question, CancellationToken cancellationToken)
    {
        var (manifest, catalog, build) = published;
        var kpi = KpiNames.Find(catalog.Kpis, question.Kpi);
        var numbers = new KpiNumbers(build.Session, kpi, cancellationToken);
        var period = numbers.FindPeriod(question.Period);
        var number = numbers.FindNumber(period, question.Segment);
        var parts = new KpiParts(build.Session, kpi, cancellationToken);
        parts.TakeApart(catalog.Models[Contributions.Mart].Text, period);
        var total = parts.Total(number);
        var count = parts.CustomerCount;
        var customer = question.Customer is { } name ? parts.ChooseCustomer(name) : null;
        var customers = customer is null ? parts.Largest(question.Top) : [customer];
        return new KpiExplanation(
            manifest.RunId,
            manifest.AsOf,
            kpi.Name,
            kpi.Title,
            kpi.Formula,
            kpi.Population,
            kpi.Unit,
            number.Currency,
            period,
            question.Segment,
            number.Value,
            total,
            count,
            customers,
            total.Without([.. customers.Select(one => one.Part)]),
            customer is null ? null : [.. Evidence.Of(kpi.Model).Select(parts.Answer).Where(evidence => evidence.Rows.Count > 0)]);
    }

    /// <summary>Opens the results of the run that was published last.</summary>
    internal async Task<PublishedBuild> OpenAsync(Catalog catalog, CancellationToken cancellationToken)
    {
        var manifest = await Manifest.ReadAsync(lake, cancellationToken)
            ?? throw new FileNotFoundException("Nothing has been published yet: `cco run` publishes.", Manifest.Path.Value);
        var build = await new PublishedBuilds(lake, transformer).OpenAsync(catalog, manifest, plan => Evidential.Where(plan.Steps.ContainsKey), cancellationToken);
        return new PublishedBuild(manifest, catalog, build);
    }
}

/// <summary>The run that published the marts, open for questions.</summary>
internal sealed record PublishedBuild(Manifest Manifest, Catalog Catalog, OpenBuild Build) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Build.Dispose();
}
