namespace Cco.Pipeline.Sample;

/// <summary>Writes terms as they are known at the end of the history, each with the opportunity to renew it.</summary>
internal sealed class ContractWriter(Company company, CustomerLife life)
{
    /// <summary>Days before a term's end on which its renewal is opened.</summary>
    private const int RenewalLead = 120;

    private readonly Prng prng = company.Numbers("renewal", life.Profile.Index);

    public void Write(ContractTerm term)
    {
        if (!company.Calendar.Covers(term.SignedAt))
        {
            return;
        }

        var isKnown = company.Calendar.Covers(term.ClosedAt);
        var currency = term.Subscription.Currency;
        var expiring = term.Expiring ?? term.Subscription.YearlyValue(company.Calendar.End.AddDays(-1));
        var isRenewed = isKnown && term.Fate is not (Fate.Lost or Fate.Replaced);
        company.Files.ContractTerm.Row()
            .Text("contract_term_id", term.Id).Text("contract_id", term.Subscription.ContractId).Text("customer_id", life.Profile.Id)
            .Text("subscription_id", term.Subscription.Id).Text("previous_contract_term_id", term.PreviousId)
            .Text("replaced_by_contract_term_id", term.ReplacedBy).Text("term_type", term.IsPilot ? "pilot" : "standard").Text("outcome", isKnown ? OutcomeOf(term.Fate) : "open")
            .Text("loss_reason", isKnown ? term.LossReason : null).Text("currency", currency).Flag("is_auto_renew", life.Profile.Index % 3 == 0)
            .Number("term_months", term.IsPilot ? null : term.Months).Amount("contract_amount", term.Amount).Amount("expiring_amount", expiring)
            .Amount("renewed_amount", isRenewed ? term.Renewed ?? expiring : null).Instant("signed_at", term.SignedAt)
            .Day("start_date", term.Start).Day("end_date", term.End).Instant("closed_at", isKnown ? term.ClosedAt : null)
            .Instant("updated_at", isKnown ? term.ClosedAt : term.SignedAt).End();
        WriteOpportunity(term, isKnown, expiring);
    }

    private static string OutcomeOf(Fate fate) => fate switch { Fate.Lost => "lost", Fate.Replaced => "replaced", _ => "renewed" };

    private void WriteOpportunity(ContractTerm term, bool isKnown, decimal expiring)
    {
        var opened = term.End.AddDays(-RenewalLead).At(9 * 3600);
        if (!company.Calendar.Covers(opened) || term.Fate == Fate.Replaced || term.IsPilot)
        {
            return;
        }

        var status = !isKnown ? "open" : term.Fate == Fate.Lost ? "lost" : "won";
        var confidence = Math.Clamp(0.75 + (0.2 * life.Attitude(term.EndMonth - 3)) + (0.05 * prng.Bell()), 0.05, 0.98);
        var won = term.Renewed ?? expiring;
        Opportunities.Write(company, new Opportunity($"O-R{term.Id[2..]}", life.Profile, "renewal", status, Instants.Earlier(opened, term.ClosedAt))
        {
            TermId = term.Id,
            Expected = term.End,
            ClosedAt = isKnown ? term.ClosedAt : null,
            Arr = status == "won" ? won : expiring,
            Amount = Money.Round((status == "won" ? won : expiring) * term.Months / 12, term.Subscription.Currency),
            Probability = status switch { "won" => 1, "lost" => 0, _ => Money.Rate(confidence) },
            LossReason = status == "lost" ? term.LossReason : null,
        });
    }
}
