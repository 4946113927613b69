namespace Cco.Pipeline.Sample;

/// <summary>The contract of one customer, term by term, and the opportunities around it.</summary>
internal sealed class Contracts(Company company, CustomerLife life)
{
    private static readonly string[] Reasons = ["price", "competitor", "no_budget", "low_usage", "reorganisation"];

    private readonly Prng prng = company.Numbers("contract", life.Profile.Index);
    private readonly List<ContractTerm> terms = [];

    public ContractTerm? Present => terms.Count == 0 ? null : terms[^1];

    /// <summary>Month in which a customer whose contract lapsed signs after all; null: it does not.</summary>
    public int? ReturnsAt { get; private set; }

    /// <summary>A term that begins in a month, or began before the history and has some months left.</summary>
    public ContractTerm Open(Subscription subscription, int month, int monthsLeft, ContractTerm? previous)
    {
        if (life.Profile is { Segment: "enterprise", Entry: Entry.Paid } && life.Profile.Index % 6 == 4 && terms.Count == 0)
        {
            Try(subscription);
        }

        var start = life.DayOf(month + monthsLeft - subscription.Term);
        var term = New(subscription, start, month + monthsLeft, previous?.Id, SignedBefore(start));
        term.Amount = Money.Round(subscription.YearlyValue(life.DayOf(month)) * subscription.Term / 12, subscription.Currency);
        if (previous is not null)
        {
            (previous.Renewed, previous.ClosedAt) = (subscription.YearlyValue(life.DayOf(month)), life.DayOf(month).At(9 * 3600));
        }

        Settle(term);
        return term;
    }

    /// <summary>The present term ends in this month, and the next begins.</summary>
    public ContractTerm Renew(Subscription subscription, int month)
    {
        Close(subscription, month);
        var (ended, at) = (terms[^1], life.DayOf(month).At(0));
        foreach (var item in subscription.Priced.ToList())
        {
            item.Change(at, now => now with
            {
                Quantity = Math.Max(1, decimal.Round(now.Quantity * ended.SeatFactor)),
                UnitAmount = Money.Round((now.UnitAmount ?? 0) * (1 + ended.Uplift), now.Plan.Currency),
            });
        }

        ended.Renewed = subscription.YearlyValue(life.DayOf(month));
        var term = New(subscription, life.DayOf(month), month + subscription.Term, ended.Id, ended.ClosedAt);
        term.Amount = Money.Round(ended.Renewed.Value * subscription.Term / 12, subscription.Currency);
        Settle(term);
        return term;
    }

    /// <summary>Fixes what was up for renewal; to be called while the items still are what they were.</summary>
    public void Close(Subscription subscription, int month)
    {
        if (Present is { } term && subscription.Term > 1)
        {
            term.Expiring = subscription.YearlyValue(life.DayOf(month).AddDays(-1));
        }
    }

    /// <summary>A new term in place of the present one, to the same end: both sides sign again when much is added.</summary>
    public void Replace(Subscription subscription, DateTimeOffset at)
    {
        var old = terms[^1];
        if (old.End <= at.Day().AddDays(40) || old.Start >= at.Day())
        {
            return;
        }

        var term = New(subscription, at.Day(), old.EndMonth, null, at);
        (term.Fate, term.ClosedAt, term.LossReason) = (old.Fate, old.ClosedAt, old.LossReason);
        term.Amount = Money.Round(subscription.YearlyValue(at.Day()) * (old.End.DayNumber - at.Day().DayNumber) / 365, subscription.Currency);
        (old.Fate, old.ClosedAt, old.LossReason, old.ReplacedBy) = (Fate.Replaced, at, null, term.Id);
        old.Expiring = subscription.YearlyValue(at.Day());
    }

    public void Write()
    {
        if (Present is { } last && last.Fate is Fate.Early && company.Calendar.Covers(last.ClosedAt) && last.End >= company.Calendar.End)
        {
            SignAhead(last);
        }

        var writer = new ContractWriter(company, life);
        terms.ForEach(writer.Write);
    }

    private static double Usual(string segment) => segment switch { "enterprise" => 0.06, "mid_market" => 0.09, _ => 0.13 };

    /// <summary>The term that follows one renewed ahead of time, which itself lies ahead.</summary>
    private void SignAhead(ContractTerm last)
    {
        var subscription = last.Subscription;
        last.Expiring = subscription.YearlyValue(company.Calendar.End.AddDays(-1));
        last.Renewed = Money.Round(last.Expiring.Value * (1 + last.Uplift) * last.SeatFactor, subscription.Currency);
        var next = New(subscription, last.End, last.EndMonth + subscription.Term, last.Id, last.ClosedAt);
        next.Amount = Money.Round(last.Renewed.Value * subscription.Term / 12, subscription.Currency);
        (next.Fate, next.ClosedAt) = (Fate.OnTime, DateTimeOffset.MaxValue);
    }

    private ContractTerm New(Subscription subscription, DateOnly start, int endMonth, string? previousId, DateTimeOffset signedAt)
    {
        var term = new ContractTerm($"KT-{life.Profile.Number}-{terms.Count + 1}", subscription, start, life.DayOf(endMonth), endMonth, previousId)
        {
            Months = subscription.Term,
            SignedAt = signedAt,
            Uplift = prng.Weighted(30, 40, 30) switch { 0 => 0, 1 => 0.03m, _ => 0.05m },
            SeatFactor = prng.Weighted(12, 58, 30) switch { 0 => 0.8m, 1 => 1, _ => 1.15m },
        };
        terms.Add(term);
        life.TermEnd = endMonth;
        return term;
    }

    private void Try(Subscription subscription)
    {
        var start = life.Anchor.AddDays(-60);
        var pilot = New(subscription, start, 0, null, SignedBefore(start));
        (pilot.IsPilot, pilot.Fate, pilot.ClosedAt) = (true, Fate.OnTime, life.Profile.StartedAt);
        (pilot.Expiring, pilot.Renewed) = (0, 0);
    }

    private DateTimeOffset SignedBefore(DateOnly start) => start.AddDays(-prng.Between(1, 20)).At(prng.Between(8 * 3600, 17 * 3600));

    private void Settle(ContractTerm term)
    {
        var month = term.EndMonth - 3;
        var lost = Usual(life.Profile.Segment) * life.Mood.Restlessness(month) * Calendar.LeavingIn(term.End) * life.Treatment.LeavingFactor(life, month);
        term.Fate = prng.Chance(Math.Min(lost, 0.6)) ? Fate.Lost : (Fate)prng.Weighted(30, 50, 14, 6);
        var day = term.Fate switch
        {
            Fate.Early => term.End.AddDays(-prng.Between(32, 75)),
            Fate.OnTime => term.End.AddDays(-prng.Between(1, 28)),
            Fate.Late => term.End.AddDays(prng.Between(1, 45)),
            Fate.Lapsed => life.DayOf(term.EndMonth + prng.Between(1, 2)),
            _ => term.End.AddDays(-prng.Between(5, 80)),
        };
        term.ClosedAt = day.At(prng.Between(8 * 3600, 17 * 3600));
        term.LossReason = term.Fate == Fate.Lost ? prng.Pick(Reasons) : null;
        ReturnsAt = term.Fate == Fate.Lapsed ? life.MonthOf(day) : null;
    }
}
