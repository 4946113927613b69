namespace Cco.Pipeline.Sample;

/// <summary>One way in which the rows of an entity go wrong, and how often.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Share">Share of the entity's rows.</param>
/// <param name="Cells">The cells that become something else.</param>
internal sealed record Flaw(DirtKind Kind, double Share, params (string Column, string Value)[] Cells)
{
    private const string NoDay = "2025-02-30";
    private const string NoInstant = "2024-13-01T00:00:00Z";
    private const string Stranger = "C-9999999";

    /// <summary>The flaws of each entity that has some. A broken row gets an id of its own: the sound one's and "-x".</summary>
    public static IReadOnlyDictionary<string, Flaw[]> All { get; } = new Dictionary<string, Flaw[]>
    {
        ["customer"] =
        [
            Duplicate(0.004), Stale(0.008, "segment", "unsorted"), Late(0.004),
            new(DirtKind.Blank, 0.01, ("region", "")),
            Broken(DirtKind.WrongType, 0.002, "customer_id", "employee_count", "about fifty"),
            Broken(DirtKind.ImpossibleDate, 0.002, "customer_id", "created_at", NoInstant),
        ],
        ["contact"] =
        [
            Duplicate(0.002), Deleted(0.01), new(DirtKind.Blank, 0.02, ("job_title", "")),
            Broken(DirtKind.WrongType, 0.001, "contact_id", "is_active", "perhaps"),
        ],
        ["subscription_item"] =
        [
            Duplicate(0.002), Stale(0.004, "quantity", "1"), Late(0.003),
            Broken(DirtKind.WrongType, 0.002, "subscription_item_id", "quantity", "ten"),
            Broken(DirtKind.ImpossibleDate, 0.001, "subscription_item_id", "started_at", NoInstant),
            Broken(DirtKind.Missing, 0.001, "subscription_item_id", "currency", ""),
        ],
        ["invoice_line"] =
        [
            Duplicate(0.001), Stale(0.001, "invoice_status", "draft"), Late(0.002),
            new(DirtKind.Blank, 0.002, ("description", "")),
            Broken(DirtKind.WrongType, 0.0005, "invoice_line_id", "amount", "n/a"),
            Broken(DirtKind.ImpossibleDate, 0.0004, "invoice_line_id", "invoice_date", NoDay),
            Broken(DirtKind.Missing, 0.0003, "invoice_line_id", "customer_id", ""),
            new(DirtKind.UnknownCustomer, 0.0004, ("invoice_line_id", "{}-u"), ("invoice_id", "{}-u"), ("customer_id", Stranger),
                ("subscription_id", "{}-u"), ("subscription_item_id", "{}-u")),
        ],
        ["payment"] =
        [
            Duplicate(0.001), Late(0.002), Stale(0.001, "status", "pending"),
            Broken(DirtKind.WrongType, 0.0006, "payment_id", "amount", "1.234.00"),
            Broken(DirtKind.ImpossibleDate, 0.0004, "payment_id", "paid_at", NoInstant),
            new(DirtKind.UnknownCustomer, 0.0004, ("payment_id", "{}-u"), ("refunded_payment_id", ""), ("invoice_id", ""), ("customer_id", Stranger)),
        ],
        ["survey_response"] =
        [
            Duplicate(0.003), Late(0.003), new(DirtKind.Blank, 0.004, ("channel", "")), Deleted(0.003),
            Broken(DirtKind.OffScale, 0.008, "survey_response_id", "score", "11"),
            Broken(DirtKind.WrongType, 0.003, "survey_response_id", "score", "very good"),
            Broken(DirtKind.ImpossibleDate, 0.002, "survey_response_id", "answered_at", NoInstant),
            new(DirtKind.UnknownCustomer, 0.004, ("survey_response_id", "{}-u"), ("survey_invitation_id", ""), ("customer_id", Stranger),
                ("contact_id", ""), ("respondent_email", ""), ("employee_id", ""), ("ticket_id", "")),
        ],
        ["ticket"] =
        [
            Duplicate(0.002), Stale(0.005, "status", "open"), Deleted(0.004), new(DirtKind.Blank, 0.004, ("topic", "")), Late(0.002),
            Broken(DirtKind.WrongType, 0.003, "ticket_id", "handling_minutes", "half an hour"),
            Broken(DirtKind.ImpossibleDate, 0.002, "ticket_id", "created_at", NoInstant),
            new(DirtKind.UnknownCustomer, 0.003, ("ticket_id", "{}-u"), ("customer_id", Stranger), ("contact_id", ""), ("requester_email", "")),
        ],
        ["ticket_event"] = [Duplicate(0.001), Late(0.002), Broken(DirtKind.Missing, 0.0005, "ticket_event_id", "occurred_at", "")],
        ["touchpoint"] =
        [
            Duplicate(0.001), Deleted(0.001), Late(0.001),
            Broken(DirtKind.WrongType, 0.001, "touchpoint_id", "wait_seconds", "long"),
            Broken(DirtKind.Missing, 0.0005, "touchpoint_id", "journey_step", ""),
        ],
        ["usage_day"] = [Duplicate(0.0005), Late(0.001)],
        ["onboarding_milestone"] = [Broken(DirtKind.ImpossibleDate, 0.002, "onboarding_milestone_id", "planned_date", NoDay)],
        ["service_delivery"] = [Broken(DirtKind.WrongType, 0.003, "service_delivery_id", "hours", "8h")],
    };

    /// <summary>Whether the flaw can be shown on this row.</summary>
    public bool Fits(CsvRow row) => Cells.All(cell => row.Has(cell.Column)) && Kind switch
    {
        DirtKind.Stale => row.Cell("updated_at").Length > 0 && row.Cell(Cells[0].Column) != Cells[0].Value,
        DirtKind.Deleted => row.Has("deleted_at") && row.Cell("updated_at").Length > 0,
        DirtKind.Blank => row.Cell(Cells[0].Column).Length > 0,
        _ => true,
    };

    /// <summary>The cells of the row that change, with their new texts.</summary>
    public IReadOnlyDictionary<string, string> Edits(CsvRow row)
    {
        var edits = Cells.ToDictionary(cell => cell.Column, cell => Edited(cell.Value, row.Cell(cell.Column)));
        switch (Kind)
        {
            case DirtKind.Stale:
                edits["updated_at"] = DayBefore(row.Cell("updated_at"));
                break;
            case DirtKind.Deleted:
                edits["deleted_at"] = row.Cell("updated_at");
                break;
        }

        return edits;
    }

    /// <summary>The new text of a cell; one that is made of the old text stays empty where there is none.</summary>
    private static string Edited(string value, string cell) =>
        value.Contains("{}", StringComparison.Ordinal) && cell.Length == 0 ? "" : value.Replace("{}", cell, StringComparison.Ordinal);

    private static Flaw Duplicate(double share) => new(DirtKind.Duplicate, share);

    private static Flaw Late(double share) => new(DirtKind.Late, share);

    private static Flaw Deleted(double share) => new(DirtKind.Deleted, share);

    private static Flaw Stale(double share, string column, string value) => new(DirtKind.Stale, share, (column, value));

    private static Flaw Broken(DirtKind kind, double share, string id, string column, string value) =>
        new(kind, share, (id, "{}-x"), (column, value));

    private static string DayBefore(string instant) => string.Concat(DateOnly.ParseExact(instant.AsSpan(0, 10), "o").AddDays(-1).ToString("o"), instant.AsSpan(10));
}
