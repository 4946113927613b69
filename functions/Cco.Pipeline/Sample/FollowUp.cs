namespace Cco.Pipeline.Sample;

/// <summary>Cases that are opened on bad answers of one customer, to call back and to put things right.</summary>
internal sealed class FollowUp(Company company, CustomerLife life)
{
    private static readonly string[] Causes = ["slow_support", "product_defect", "price", "missing_feature", "onboarding"];
    private static readonly string[] Actions = ["defect_fixed", "credit_given", "training_given", "roadmap_shared"];

    private readonly Prng prng = company.Numbers("follow-up", life.Profile.Index);
    private int count;

    /// <summary>Four in five bad answers get a case. A case that was closed may lead to a second survey.</summary>
    public void Open(string responseId, int person, DateTimeOffset answeredAt, Func<string?>? askAgain)
    {
        var opened = answeredAt.AfterHours(0.3 + prng.Tail(3));
        if (!prng.Chance(0.8) || !company.Calendar.Covers(opened))
        {
            return;
        }

        var contacted = prng.Chance(0.05) ? null : company.Calendar.Known(opened.AfterHours(prng.Tail(26)));
        var closed = contacted is null || prng.Chance(0.15) ? null : company.Calendar.Known(contacted.Value.AfterHours(prng.Tail(80)));
        var reopened = closed is null || !prng.Chance(0.07) ? null : company.Calendar.Known(closed.Value.AddDays(3));
        var isReclosed = reopened is not null && prng.Chance(0.7);
        var finallyClosed = isReclosed ? company.Calendar.Known(reopened!.Value.AddDays(4)) : closed;
        var isExplained = closed is not null && !prng.Chance(0.08);
        var again = closed is not null && closed < answeredAt.AddDays(28) ? askAgain?.Invoke() : null;
        company.Files.FeedbackCase.Row()
            .Text("feedback_case_id", $"FC-{life.Profile.Number}-{++count}").Text("survey_response_id", responseId).Text("resurvey_response_id", again)
            .Text("customer_id", life.Profile.Id).Text("contact_id", Versions.ContactIdOf(life.Profile, person))
            .Text("owner_employee_id", company.Staff.OwnerOf(life.Profile, opened.Day())).Text("root_cause", isExplained ? prng.Pick(Causes) : null)
            .Text("action_taken", isExplained ? prng.Pick(Actions) : null)
            .Number("reopen_count", reopened is null ? 0 : 1).Instant("opened_at", opened).Instant("contacted_at", contacted)
            .Instant("due_at", opened.AddDays(7)).Instant("closed_at", finallyClosed ?? closed).Instant("reopened_at", reopened)
            .Instant("updated_at", reopened ?? finallyClosed ?? contacted ?? opened).End();
    }
}
